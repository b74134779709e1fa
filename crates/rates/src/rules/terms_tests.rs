#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::{NaiveTime, TimeZone, Timelike};
use motel_kernel::Currency;
use motel_taxes::{Charge, Rounding, TaxDetails, Validity};
use motel_tenancy::{CancellationPolicy as HousePolicy, LateFee, Policies};
use proptest::prelude::*;

use super::*;
use crate::CancellationRule;
use crate::market::testing::property;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn levies(points: u32) -> Levies {
    let tax = TaxDetails {
        code: "tax".to_owned(),
        name: "Tax".to_owned(),
        charge: Charge::Percent(BasisPoints::new(points).unwrap()),
        included: false,
        covers_fees: true,
        on_top_of: Vec::new(),
        validity: Validity::default(),
        max_nights: None,
        exempt_flags: Vec::new(),
        age_bands: Vec::new(),
        rounding: Rounding::PerStay,
    };
    Levies::new(Currency::USD, vec![tax], Vec::new()).unwrap()
}

/// Nights at these prices from a date on, with 12 % on top.
fn price(arrival: NaiveDate, nights: &[i64]) -> StayPrice {
    let room: i64 = nights.iter().sum();
    let tax = usd(room).share(BasisPoints::new(1_200).unwrap()).unwrap();
    let nights = arrival.iter_days().zip(nights);
    StayPrice {
        nights: nights
            .map(|(date, minor)| NightPrice {
                date,
                rate_plan: "standard".to_owned(),
                price: usd(*minor),
                parts: Vec::new(),
            })
            .collect(),
        fees: Vec::new(),
        taxes: Vec::new(),
        promo: None,
        package: None,
        pet_fee: usd(0),
        subtotal: usd(room),
        tax,
        included_tax: usd(0),
        total: usd(room).plus(tax).unwrap(),
    }
}

fn percent(points: u32) -> FeeBasis {
    FeeBasis {
        basis_points: points,
        ..FeeBasis::default()
    }
}

fn rule(from: RuleStart, fee: FeeBasis) -> CancellationRule {
    CancellationRule { from, fee }
}

fn hours(hours_before: u32) -> RuleStart {
    RuleStart::ArrivalHours { hours_before }
}

fn days(days_before: u32) -> RuleStart {
    let at = None;
    RuleStart::ArrivalDays { days_before, at }
}

fn policy(rules: Vec<CancellationRule>) -> CancellationPolicyDetails {
    CancellationPolicyDetails {
        code: "test".to_owned(),
        name: "Test".to_owned(),
        rules,
        no_show: percent(10_000),
    }
}

/// Check-in is at 15:00 in New York. Booked at noon (UTC) of 1 January 2026.
fn terms_of(policy: &CancellationPolicyDetails, arrival: &str, nights: &[i64]) -> Terms {
    let (property, levies) = (property(), levies(1_200));
    let arrival = day(arrival);
    let price = price(arrival, nights);
    let count = u32::try_from(nights.len()).unwrap();
    let request = TermsRequest {
        property: &property,
        levies: &levies,
        stay: StayDates::from_nights(arrival, count).unwrap(),
        party: Party::new(2, 0, 0).unwrap(),
        child_ages: &[],
        booked_at: utc("2026-01-01T12:00:00Z"),
        price: &price,
    };
    terms(policy, &request).unwrap()
}

fn steps(terms: &Terms) -> Vec<(DateTime<Utc>, i64)> {
    let steps = terms.cancellation.iter();
    steps.map(|step| (step.from, step.fee.minor())).collect()
}

#[test]
fn what_stands_in_the_settings_costs_what_it_always_did() {
    let mut property = property();
    let house = |late_fee, no_show_fee| HousePolicy {
        summary: String::new(),
        free_until_hours: 24,
        late_fee,
        no_show_fee,
    };
    property.policies.cancellation = Some(house(LateFee::FirstNight, None));
    let first_night = CancellationPolicyDetails::of_settings(&property);
    let terms = terms_of(&first_night, "2026-12-04", &[14_445, 12_000]);
    // 14,445 and 12 % of it, 1733.4, on top.
    assert_eq!(steps(&terms), [(utc("2026-12-03T20:00:00Z"), 16_178)]);
    assert_eq!(terms.no_show_fee, usd(16_178));

    property.policies.cancellation = Some(house(LateFee::HalfOfTotal, Some(LateFee::None)));
    let half = CancellationPolicyDetails::of_settings(&property);
    let terms = terms_of(&half, "2026-12-04", &[10_001]);
    // 10,001 and 1,200 tax; half of 11,201 is 5,600.5.
    assert_eq!(steps(&terms), [(utc("2026-12-03T20:00:00Z"), 5_601)]);
    assert_eq!(terms.no_show_fee, usd(0));

    property.policies = Policies::default();
    let none = CancellationPolicyDetails::of_settings(&property);
    let terms = terms_of(&none, "2026-12-04", &[10_000]);
    assert_eq!(steps(&terms), [(utc("2026-12-04T20:00:00Z"), 0)]);
}

#[test]
fn an_hour_is_an_hour_and_a_day_a_day_when_the_clocks_change() {
    // In New York the clocks go forward on 14 March 2027 at 2:00 and back on 1 November 2026.
    let both = |arrival| {
        let by_hours = terms_of(
            &policy(vec![rule(hours(24), percent(5_000))]),
            arrival,
            &[100],
        );
        let by_days = terms_of(
            &policy(vec![rule(days(1), percent(5_000))]),
            arrival,
            &[100],
        );
        (steps(&by_hours)[0].0, steps(&by_days)[0].0)
    };
    // Check-in at 15:00 EDT is 19:00 UTC; a day before, at 15:00 EST, 20:00 UTC: only 23 hours.
    let (by_hours, by_days) = both("2027-03-14");
    assert_eq!(by_hours, utc("2027-03-13T19:00:00Z"));
    assert_eq!(by_days, utc("2027-03-13T20:00:00Z"));
    // Check-in at 15:00 EST is 20:00 UTC; a day before, at 15:00 EDT, 19:00 UTC: 25 hours.
    let (by_hours, by_days) = both("2026-11-01");
    assert_eq!(by_hours, utc("2026-10-31T20:00:00Z"));
    assert_eq!(by_days, utc("2026-10-31T19:00:00Z"));
}

#[test]
fn a_time_that_is_skipped_or_shown_twice_is_the_first_moment() {
    let at = |arrival, hour| {
        let at = NaiveTime::from_hms_opt(hour, 30, 0);
        let from = RuleStart::ArrivalDays { days_before: 0, at };
        let terms = terms_of(&policy(vec![rule(from, percent(5_000))]), arrival, &[100]);
        steps(&terms)[0].0
    };
    // 2:30 is skipped: 3:00 EDT. 1:30 is shown twice: the one in EDT.
    assert_eq!(at("2027-03-14", 2), utc("2027-03-14T07:00:00Z"));
    assert_eq!(at("2026-11-01", 1), utc("2026-11-01T05:30:00Z"));
}

#[test]
fn steps_rise_and_one_that_makes_nothing_dearer_is_left_out() {
    let creation = RuleStart::Creation { hours_after: 0 };
    let first_two = FeeBasis {
        basis_points: 10_000,
        first_nights: Some(2),
        fixed_minor: 500,
    };
    let rules = vec![
        rule(days(2), first_two),
        rule(creation, percent(1_000)),
        // Cheaper than what applies by then.
        rule(days(1), percent(500)),
        rule(hours(0), percent(10_000)),
    ];
    let terms = terms_of(&policy(rules), "2026-07-04", &[10_000, 20_000, 40_000]);
    // The whole is 78,400; the first two nights with tax are 33,600.
    assert_eq!(
        steps(&terms),
        [
            (utc("2026-01-01T12:00:00Z"), 7_840),
            (utc("2026-07-02T19:00:00Z"), 34_100),
            (utc("2026-07-04T19:00:00Z"), 78_400),
        ]
    );
    let fee = |now| terms.cancellation_fee(utc(now)).minor();
    assert_eq!(fee("2026-01-01T11:59:59Z"), 0);
    assert_eq!(fee("2026-01-01T12:00:00Z"), 7_840);
    assert_eq!(fee("2026-07-02T18:59:59Z"), 7_840);
    assert_eq!(fee("2026-07-02T19:00:00Z"), 34_100);
    assert_eq!(fee("2027-01-01T00:00:00Z"), 78_400);
}

#[test]
fn a_fee_is_never_more_than_the_stay_nor_less_than_nothing() {
    let fixed = |fixed_minor| FeeBasis {
        fixed_minor,
        ..percent(0)
    };
    let dear = policy(vec![rule(hours(48), fixed(1_000_000))]);
    assert_eq!(steps(&terms_of(&dear, "2026-07-04", &[100]))[0].1, 112);
    let negative = policy(vec![rule(hours(48), fixed(-5))]);
    assert_eq!(steps(&terms_of(&negative, "2026-07-04", &[100]))[0].1, 0);
}

fn any_start() -> impl Strategy<Value = RuleStart> {
    prop_oneof![
        (0_u32..2_000).prop_map(|hours_after| RuleStart::Creation { hours_after }),
        (0_u32..2_000).prop_map(|hours_before| RuleStart::ArrivalHours { hours_before }),
        (0_u32..90, proptest::option::of(0_u32..24)).prop_map(|(days_before, hour)| {
            let at = hour.and_then(|hour| NaiveTime::from_hms_opt(hour, 30, 0));
            RuleStart::ArrivalDays { days_before, at }
        }),
    ]
}

fn any_fee() -> impl Strategy<Value = FeeBasis> {
    (
        0_u32..=10_000,
        proptest::option::of(1_u32..5),
        0_i64..50_000,
    )
        .prop_map(|(basis_points, first_nights, fixed_minor)| FeeBasis {
            basis_points,
            first_nights,
            fixed_minor,
        })
}

proptest! {
    /// At every moment the dearest rule that applies counts, and no step makes it cheaper.
    #[test]
    fn at_every_moment_the_dearest_rule_that_applies_counts(
        rules in proptest::collection::vec((any_start(), any_fee()), 0..6),
        nights in proptest::collection::vec(1_i64..50_000, 1..6),
        // Around both changes of the clocks.
        arrival in prop_oneof![0_i64..20, 130_i64..150],
        minutes in proptest::collection::vec(0_i64..400_000, 1..20),
    ) {
        let arrival = day("2026-10-25") + Duration::days(arrival);
        let arrival = arrival.to_string();
        let rules: Vec<_> = rules.into_iter().map(|(from, fee)| rule(from, fee)).collect();
        let all = terms_of(&policy(rules.clone()), &arrival, &nights);
        let total = price(day(&arrival), &nights).total.minor();
        let single: Vec<_> = rules.iter().map(|one| terms_of(&policy(vec![*one]), &arrival, &nights)).collect();
        for minutes in minutes {
            let now = utc("2026-06-01T00:00:00Z") + Duration::minutes(minutes);
            let dearest = single.iter().map(|terms| terms.cancellation_fee(now).minor()).max().unwrap_or(0);
            prop_assert_eq!(all.cancellation_fee(now).minor(), dearest);
            prop_assert!((0..=total).contains(&dearest));
        }
        prop_assert!(!all.cancellation.is_empty());
        prop_assert!(all.cancellation.windows(2).all(|pair| pair[0].from < pair[1].from && pair[0].fee.minor() < pair[1].fee.minor()));
    }

    /// Whatever the date, a rule by days begins at check-in time on the wall, and one by hours so many real hours before.
    #[test]
    fn days_are_on_the_wall_and_hours_elapse(arrival in 0_i64..800, before in 0_u32..60) {
        let arrival = day("2026-01-01") + Duration::days(arrival);
        let text = arrival.to_string();
        let zone = chrono_tz::America::New_York;
        let by_days = steps(&terms_of(&policy(vec![rule(days(before), percent(5_000))]), &text, &[100]))[0].0;
        let wall = by_days.with_timezone(&zone);
        prop_assert_eq!(wall.date_naive(), arrival - Duration::days(before.into()));
        prop_assert_eq!((wall.hour(), wall.minute()), (15, 0));
        let by_hours = steps(&terms_of(&policy(vec![rule(hours(before), percent(5_000))]), &text, &[100]))[0].0;
        let check_in = zone.from_local_datetime(&arrival.and_hms_opt(15, 0, 0).unwrap()).unwrap();
        prop_assert_eq!(check_in.with_timezone(&Utc) - by_hours, Duration::hours(before.into()));
    }
}

#[test]
fn terms_are_stored_as_they_were_agreed() {
    let terms = terms_of(
        &policy(vec![rule(hours(24), percent(5_000))]),
        "2026-12-04",
        &[100],
    );
    let stored = serde_json::to_value(&terms).unwrap();
    assert_eq!(stored["cancellation"][0]["from"], "2026-12-03T20:00:00Z");
    assert_eq!(stored["cancellation"][0]["fee"]["amount_minor"], 56);
    assert_eq!(serde_json::from_value::<Terms>(stored).unwrap(), terms);
}

#[test]
fn rules_are_written_as_programs_read_them() {
    let json = serde_json::to_value(rule(days(2), percent(5_000))).unwrap();
    assert_eq!(
        json["from"],
        serde_json::json!({ "anchor": "arrival_days", "days_before": 2, "at": null })
    );
    let read: CancellationRule = serde_json::from_value(json).unwrap();
    assert_eq!(read, rule(days(2), percent(5_000)));
}

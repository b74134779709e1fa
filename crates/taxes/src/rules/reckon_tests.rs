#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::{Days, NaiveDate};
use motel_kernel::{BasisPoints, Currency, Party};
use proptest::prelude::*;

use super::*;
use crate::{AgeBand, Charge, FeeDetails, Per, Rounding, TaxDetails, Validity};

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 30).unwrap() + Days::new(offset)
}

fn nights(prices: &[i64]) -> Vec<(NaiveDate, Money)> {
    (0..).map(day).zip(prices.iter().map(|p| usd(*p))).collect()
}

fn stay<'a>(nights: &'a [(NaiveDate, Money)], party: (i64, i64, i64)) -> TaxableStay<'a> {
    TaxableStay {
        nights,
        party: Party::new(party.0, party.1, party.2).unwrap(),
        child_ages: &[],
        flags: &[],
        units: 1,
    }
}

fn percent(code: &str, points: u32, included: bool) -> TaxDetails {
    TaxDetails {
        code: code.to_owned(),
        name: code.to_uppercase(),
        charge: Charge::Percent(BasisPoints::new(points).unwrap()),
        included,
        covers_fees: true,
        on_top_of: Vec::new(),
        validity: Validity::default(),
        max_nights: None,
        exempt_flags: Vec::new(),
        age_bands: Vec::new(),
        rounding: Rounding::PerLine,
    }
}

fn flat(code: &str, minor: i64, per: Per, included: bool) -> TaxDetails {
    TaxDetails {
        charge: Charge::Flat {
            amount: usd(minor),
            per,
        },
        ..percent(code, 0, included)
    }
}

fn on(base: &[&str], tax: TaxDetails) -> TaxDetails {
    let on_top_of = base.iter().map(|code| (*code).to_owned()).collect();
    TaxDetails { on_top_of, ..tax }
}

fn cleaning(minor: i64, taxed: bool) -> FeeDetails {
    FeeDetails {
        code: "cleaning".to_owned(),
        name: "Cleaning".to_owned(),
        charge: Charge::Flat {
            amount: usd(minor),
            per: Per::Stay,
        },
        occasion: FeeOccasion::Always,
        taxed,
        validity: Validity::default(),
        age_bands: Vec::new(),
    }
}

fn pets(minor: i64, per: Per) -> FeeDetails {
    FeeDetails {
        code: "pets".to_owned(),
        charge: Charge::Flat {
            amount: usd(minor),
            per,
        },
        occasion: FeeOccasion::Pets,
        ..cleaning(0, true)
    }
}

fn levies(taxes: Vec<TaxDetails>, fees: Vec<FeeDetails>) -> Levies {
    Levies::new(Currency::USD, taxes, fees).unwrap()
}

/// Code, offset of the night, minor units, whether it is included.
fn shown(reckoned: &Reckoned) -> Vec<(&str, Option<i64>, i64, bool)> {
    let lines = reckoned.taxes.iter();
    lines
        .map(|tax| {
            let offset = tax.date.map(|date| (date - day(0)).num_days());
            (&*tax.code, offset, tax.amount.minor(), tax.included)
        })
        .collect()
}

#[test]
fn a_city_tax_of_five_per_cent_within_105_and_on_top_of_it() {
    let nights = nights(&[10_500]);
    let within = levies(vec![percent("city", 500, true)], vec![]);
    let within = reckon(&within, &stay(&nights, (1, 0, 0))).unwrap();
    assert_eq!(shown(&within), [("city", Some(0), 500, true)]);
    let on_top = levies(vec![percent("city", 500, false)], vec![]);
    let on_top = reckon(&on_top, &stay(&nights, (1, 0, 0))).unwrap();
    assert_eq!(shown(&on_top), [("city", Some(0), 525, false)]);
}

#[test]
fn a_city_tax_on_the_gross_price_compounds_and_one_on_the_net_price_does_not() {
    // 107 gross hold 7 % VAT. A city tax of 5 % is 5.35 of the gross and 5.00 of the net price.
    let nights = nights(&[10_700]);
    let vat = percent("vat", 700, true);
    let of_gross = levies(
        vec![on(&["vat"], percent("city", 500, false)), vat.clone()],
        vec![],
    );
    let of_gross = reckon(&of_gross, &stay(&nights, (1, 0, 0))).unwrap();
    assert_eq!(
        shown(&of_gross),
        [("vat", Some(0), 700, true), ("city", Some(0), 535, false)]
    );
    let of_net = levies(vec![vat, percent("city", 500, false)], vec![]);
    let of_net = reckon(&of_net, &stay(&nights, (1, 0, 0))).unwrap();
    assert_eq!(of_net.tax_on_top().unwrap(), usd(500));
}

#[test]
fn vat_is_taken_of_the_city_tax_where_it_is_on_top_of_it() {
    // 100 net, 3.00 a person and night, 19 % VAT on both: 19 % of 106.
    let nights = nights(&[10_000]);
    let taxes = vec![
        flat("city", 300, Per::PersonNight, false),
        on(&["city"], percent("vat", 1_900, false)),
    ];
    let reckoned = reckon(&levies(taxes, vec![]), &stay(&nights, (2, 0, 0))).unwrap();
    assert_eq!(
        shown(&reckoned),
        [
            ("city", Some(0), 600, false),
            ("vat", Some(0), 2_014, false)
        ]
    );
}

#[test]
fn included_amounts_come_off_before_the_shares() {
    // 110 hold 3.00 city tax and 7 % VAT on the rest: 107 / 1.07 = 100.
    let nights = nights(&[11_000]);
    let taxes = vec![
        flat("city", 300, Per::Night, true),
        percent("vat", 700, true),
    ];
    let reckoned = reckon(&levies(taxes, vec![]), &stay(&nights, (1, 0, 0))).unwrap();
    assert_eq!(
        shown(&reckoned),
        [("city", Some(0), 300, true), ("vat", Some(0), 700, true)]
    );
    // The same with VAT on the city tax: (110 - 3 - 0.21) / 1.07 = 99.80; VAT 7 % of 102.80.
    let taxes = vec![
        flat("city", 300, Per::Night, true),
        on(&["city"], percent("vat", 700, true)),
    ];
    let reckoned = reckon(&levies(taxes, vec![]), &stay(&nights, (1, 0, 0))).unwrap();
    assert_eq!(
        shown(&reckoned),
        [("city", Some(0), 300, true), ("vat", Some(0), 720, true)]
    );
}

#[test]
fn children_pay_the_share_of_their_age_and_an_untold_age_is_nearly_grown_up() {
    let band = |from, until, points| AgeBand {
        from,
        until,
        share: BasisPoints::new(points).unwrap(),
    };
    let city = TaxDetails {
        age_bands: vec![band(0, 6, 0), band(6, 16, 5_000)],
        ..flat("city", 205, Per::PersonNight, false)
    };
    let levies = levies(vec![city], vec![]);
    let nights = nights(&[9_000, 9_000]);
    let told = TaxableStay {
        child_ages: &[3, 12],
        ..stay(&nights, (2, 3, 0))
    };
    let reckoned = reckon(&levies, &told).unwrap();
    // Two adults, nobody, a half and one whole: 3.5 × 2.05 = 7.175, half up per night.
    assert_eq!(
        shown(&reckoned),
        [("city", Some(0), 718, false), ("city", Some(1), 718, false)]
    );
}

#[test]
fn only_the_first_nights_and_nobody_on_business() {
    let city = TaxDetails {
        max_nights: Some(2),
        exempt_flags: vec!["business".to_owned()],
        ..flat("city", 300, Per::PersonNight, false)
    };
    let levies = levies(vec![city], vec![]);
    let nights = nights(&[9_000, 9_000, 9_000]);
    let leisure = reckon(&levies, &stay(&nights, (1, 0, 0))).unwrap();
    assert_eq!(leisure.tax_on_top().unwrap(), usd(600));
    let business = TaxableStay {
        flags: &["business".to_owned()],
        ..stay(&nights, (1, 0, 0))
    };
    assert_eq!(reckon(&levies, &business).unwrap().taxes, []);
}

#[test]
fn each_night_pays_the_tax_of_its_own_date() {
    let until = |tax, until| TaxDetails {
        validity: Validity {
            from: None,
            until: Some(until),
        },
        ..tax
    };
    let from = |tax, from| TaxDetails {
        validity: Validity {
            from: Some(from),
            until: None,
        },
        ..tax
    };
    // New Year is day(2).
    let taxes = vec![
        until(percent("vat", 700, false), day(2)),
        from(percent("vat", 900, false), day(2)),
    ];
    let nights = nights(&[10_000, 10_000, 10_000]);
    let reckoned = reckon(&levies(taxes, vec![]), &stay(&nights, (1, 0, 0))).unwrap();
    assert_eq!(
        shown(&reckoned),
        [
            ("vat", Some(0), 700, false),
            ("vat", Some(1), 700, false),
            ("vat", Some(2), 900, false)
        ]
    );
}

#[test]
fn fees_are_taxed_or_not_and_per_stay_is_on_the_day_of_arrival() {
    let nights = nights(&[10_000, 10_000]);
    let tax = || vec![percent("tax", 1_000, false)];
    let taxed = reckon(
        &levies(tax(), vec![cleaning(5_000, true)]),
        &stay(&nights, (1, 0, 0)),
    )
    .unwrap();
    assert_eq!(taxed.fees.len(), 1);
    assert_eq!(taxed.fees[0].date, None);
    assert_eq!(
        shown(&taxed),
        [
            ("tax", Some(0), 1_500, false),
            ("tax", Some(1), 1_000, false)
        ]
    );
    let untaxed = reckon(
        &levies(tax(), vec![cleaning(5_000, false)]),
        &stay(&nights, (1, 0, 0)),
    )
    .unwrap();
    assert_eq!(untaxed.tax_on_top().unwrap(), usd(2_000));
    let rooms_only = TaxDetails {
        covers_fees: false,
        ..percent("tax", 1_000, false)
    };
    let rooms_only = reckon(
        &levies(vec![rooms_only], vec![cleaning(5_000, true)]),
        &stay(&nights, (1, 0, 0)),
    )
    .unwrap();
    assert_eq!(rooms_only.tax_on_top().unwrap(), usd(2_000));
}

#[test]
fn pets_are_charged_by_the_night_however_many_or_by_the_head() {
    let nights = nights(&[10_000, 10_000, 10_000]);
    let fee = |per, count| {
        let levies = levies(vec![], vec![pets(2_000, per)]);
        let reckoned = reckon(&levies, &stay(&nights, (1, 0, count))).unwrap();
        assert_eq!(reckoned.fee_total().unwrap(), reckoned.pet_fee);
        (reckoned.fees.len(), reckoned.pet_fee.minor())
    };
    assert_eq!(fee(Per::Night, 0), (0, 0));
    assert_eq!(fee(Per::Night, 2), (3, 6_000));
    assert_eq!(fee(Per::PetNight, 2), (3, 12_000));
    assert_eq!(fee(Per::Pet, 2), (1, 4_000));
    assert_eq!(fee(Per::Stay, 2), (1, 2_000));
}

#[test]
fn rounding_per_stay_loses_nothing_and_per_line_rounds_each() {
    // 10 % of 10.04, thrice: 1.004 each. Once: 3.012.
    let nights = nights(&[1_004, 1_004, 1_005]);
    let tax = |rounding| TaxDetails {
        rounding,
        ..percent("tax", 1_000, false)
    };
    let per_line = reckon(
        &levies(vec![tax(Rounding::PerLine)], vec![]),
        &stay(&nights, (1, 0, 0)),
    );
    let amounts = |reckoned: &Reckoned| {
        let taxes = reckoned.taxes.iter();
        taxes.map(|tax| tax.amount.minor()).collect::<Vec<_>>()
    };
    assert_eq!(amounts(&per_line.unwrap()), [100, 100, 101]);
    // 3.013 in all: 3.01, whose odd cent goes to the largest remainder.
    let per_stay = reckon(
        &levies(vec![tax(Rounding::PerStay)], vec![]),
        &stay(&nights, (1, 0, 0)),
    );
    assert_eq!(amounts(&per_stay.unwrap()), [100, 100, 101]);
}

#[test]
fn a_tax_in_another_currency_than_the_nights_is_an_error() {
    let nights = [(day(0), Money::new(1, "EUR".parse().unwrap()))];
    let refused = reckon(&Levies::none(Currency::USD), &stay(&nights, (1, 0, 0)));
    assert!(matches!(refused, Err(MoneyError::MixedCurrencies(..))));
}

prop_compose! {
    fn any_tax(code: &'static str)(
        points in 0_u32..3_000,
        included in any::<bool>(),
        covers_fees in any::<bool>(),
        per_stay in any::<bool>(),
    ) -> TaxDetails {
        let rounding = if per_stay { Rounding::PerStay } else { Rounding::PerLine };
        TaxDetails { covers_fees, rounding, ..percent(code, points, included) }
    }
}

proptest! {
    /// The default of a property: what the first price list had is reckoned to the cent as it was.
    #[test]
    fn one_tax_rounded_per_stay_is_the_share_of_the_whole(
        prices in proptest::collection::vec(0_i64..500_000, 1..40),
        points in 0_u32..3_000,
        pet_fee in 0_i64..5_000,
        dogs in 0_i64..3,
        included in any::<bool>(),
    ) {
        let nights = nights(&prices);
        let tax = TaxDetails { rounding: Rounding::PerStay, ..percent("tax", points, included) };
        let reckoned = reckon(&levies(vec![tax], vec![pets(pet_fee, Per::Night)]), &stay(&nights, (1, 0, dogs))).unwrap();
        let fees = if dogs > 0 { pet_fee * prices.len() as i64 } else { 0 };
        prop_assert_eq!(reckoned.fee_total().unwrap().minor(), fees);
        let subtotal = i128::from(prices.iter().sum::<i64>() + fees);
        let points = i128::from(points);
        let (over, under) = if included { (subtotal * points, 10_000 + points) } else { (subtotal * points, 10_000) };
        let expected = (2 * over + under) / (2 * under);
        let tax = if included { reckoned.tax_within() } else { reckoned.tax_on_top() };
        prop_assert_eq!(i128::from(tax.unwrap().minor()), expected);
    }

    /// Net and included taxes are the price, and the taxes fit that net price.
    #[test]
    fn included_taxes_fit_the_net_price(price in 1_i64..10_000_000, vat in 0_u32..3_000, city in 0_u32..1_500, on_gross in any::<bool>()) {
        let nights = nights(&[price]);
        let base: &[&str] = if on_gross { &["vat"] } else { &[] };
        let taxes = vec![percent("vat", vat, true), on(base, percent("city", city, true))];
        let reckoned = reckon(&levies(taxes, vec![]), &stay(&nights, (1, 0, 0))).unwrap();
        let of = |code| reckoned.taxes.iter().filter(|tax| tax.code == code).map(|tax| tax.amount.minor()).sum::<i64>();
        let net = price - of("vat") - of("city");
        let expected_vat = usd(net).share(BasisPoints::new(vat).unwrap()).unwrap().minor();
        let city_base = if on_gross { net + of("vat") } else { net };
        let expected_city = usd(city_base).share(BasisPoints::new(city).unwrap()).unwrap().minor();
        prop_assert!((of("vat") - expected_vat).abs() <= 1, "{net} {} {expected_vat}", of("vat"));
        prop_assert!((of("city") - expected_city).abs() <= 1, "{net} {} {expected_city}", of("city"));
    }

    /// However many taxes and fees there are: no line is zero or negative, all are within the stay, each tax is within a
    /// cent a line of its exact amount, and reckoning again gives the same.
    #[test]
    fn lines_are_something_dated_within_the_stay(
        prices in proptest::collection::vec(0_i64..500_000, 1..20),
        first in any_tax("a"),
        second in any_tax("b"),
        third in any_tax("c"),
        fee in 0_i64..10_000,
        taxed in any::<bool>(),
    ) {
        let nights = nights(&prices);
        let second = if second.included && !first.included { second } else { on(&["a"], second) };
        let levies = levies(vec![first, second, third], vec![cleaning(fee, taxed)]);
        let stay = stay(&nights, (2, 1, 1));
        let reckoned = reckon(&levies, &stay).unwrap();
        prop_assert_eq!(&reckon(&levies, &stay).unwrap(), &reckoned);
        let last = nights.last().unwrap().0;
        for line in &reckoned.taxes {
            prop_assert!(line.amount.minor() > 0);
            prop_assert!(line.date.is_some_and(|date| day(0) <= date && date <= last));
        }
        let within = reckoned.tax_within().unwrap().minor();
        prop_assert!(within <= prices.iter().sum::<i64>() + fee + 3 * (prices.len() as i64 + 1));
    }

    /// Rounding per stay and per line differ by at most half a unit a line.
    #[test]
    fn rounding_per_stay_and_per_line_are_near(prices in proptest::collection::vec(0_i64..500_000, 1..40), points in 0_u32..3_000, included in any::<bool>()) {
        let nights = nights(&prices);
        let total = |rounding| {
            let tax = TaxDetails { rounding, ..percent("tax", points, included) };
            let reckoned = reckon(&levies(vec![tax], vec![]), &stay(&nights, (1, 0, 0))).unwrap();
            reckoned.taxes.iter().map(|tax| tax.amount.minor()).sum::<i64>()
        };
        let difference = (total(Rounding::PerLine) - total(Rounding::PerStay)).abs();
        prop_assert!(2 * difference <= prices.len() as i64 + 1);
    }
}

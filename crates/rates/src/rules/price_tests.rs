#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::{Days, Weekday};
use motel_kernel::{BasisPoints, Currency, RatePlanId};
use proptest::prelude::*;

use super::*;
use crate::Weekdays;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// A Tuesday.
fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(offset)
}

fn stay(from: u64, nights: u32) -> StayDates {
    StayDates::from_nights(day(from), nights).unwrap()
}

fn party(pets: i64) -> Party {
    Party::new(2, 0, pets).unwrap()
}

fn charges(pet_fee: i64, tax: u32, tax_included: bool) -> Charges {
    Charges {
        pet_fee_per_night: usd(pet_fee),
        tax: BasisPoints::new(tax).unwrap(),
        tax_included,
    }
}

fn rate(group: UnitGroupId, code: &str, nights: Weekdays, amount: i64) -> GroupRate {
    GroupRate {
        unit_group: group,
        rate_plan: RatePlanId::new(),
        plan_code: code.to_owned(),
        nights,
        amount: usd(amount),
        valid_from: day(0),
        valid_until: day(400),
        min_nights: 1,
        max_nights: 30,
    }
}

/// The standard queen of the demo motel: $120, and $144 on Friday and Saturday nights.
fn queen(group: UnitGroupId) -> RateTable {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let week = Weekdays::of([Mon, Tue, Wed, Thu, Sun]).unwrap();
    let weekend = Weekdays::of([Fri, Sat]).unwrap();
    RateTable::new(vec![
        rate(group, "standard", week, 12_000),
        rate(group, "weekend", weekend, 14_400),
    ])
}

#[test]
fn a_long_weekend_with_a_dog() {
    let group = UnitGroupId::new();
    // Thursday to Monday: Thu 120, Fri 144, Sat 144, Sun 120.
    let price = price_stay(
        &queen(group),
        group,
        stay(2, 4),
        party(1),
        &charges(2_000, 1_200, false),
    )
    .unwrap();
    let nights: Vec<_> = price
        .nights
        .iter()
        .map(|night| (night.date, night.rate_plan.as_str(), night.price.minor()))
        .collect();
    assert_eq!(
        nights,
        [
            (day(2), "standard", 12_000),
            (day(3), "weekend", 14_400),
            (day(4), "weekend", 14_400),
            (day(5), "standard", 12_000),
        ]
    );
    assert_eq!(price.room_total().unwrap(), usd(52_800));
    assert_eq!(price.pet_fee, usd(8_000));
    assert_eq!(price.subtotal, usd(60_800));
    assert_eq!(price.tax, usd(7_296));
    assert_eq!(price.total, usd(68_096));
}

#[test]
fn two_dogs_cost_what_one_costs_and_none_costs_nothing() {
    let group = UnitGroupId::new();
    let fee = |pets| {
        let charges = charges(2_000, 1_200, false);
        price_stay(&queen(group), group, stay(0, 3), party(pets), &charges)
            .unwrap()
            .pet_fee
    };
    assert_eq!((fee(0), fee(1), fee(2)), (usd(0), usd(6_000), usd(6_000)));
}

#[test]
fn tax_is_rounded_once_per_stay_and_half_up() {
    let group = UnitGroupId::new();
    let table = RateTable::new(vec![rate(group, "standard", Weekdays::ALL, 1_050)]);
    let tax = |nights| {
        price_stay(
            &table,
            group,
            stay(0, nights),
            party(0),
            &charges(0, 1_000, false),
        )
        .unwrap()
        .tax
    };
    // 10 % of $10.50 is $1.05; of $31.50 $3.15.
    assert_eq!((tax(1), tax(3)), (usd(105), usd(315)));
    let table = RateTable::new(vec![rate(group, "standard", Weekdays::ALL, 5)]);
    let tax = |nights| {
        price_stay(
            &table,
            group,
            stay(0, nights),
            party(0),
            &charges(0, 1_000, false),
        )
        .unwrap()
        .tax
    };
    // Half a cent becomes a cent; three of them are a cent and a half, so two, and not three.
    assert_eq!((tax(1), tax(3)), (usd(1), usd(2)));
}

#[test]
fn a_price_that_holds_its_tax_has_none_on_top() {
    let group = UnitGroupId::new();
    let table = RateTable::new(vec![rate(group, "standard", Weekdays::ALL, 11_200)]);
    let price = price_stay(
        &table,
        group,
        stay(0, 2),
        party(0),
        &charges(0, 1_200, true),
    )
    .unwrap();
    assert_eq!((price.tax, price.included_tax), (usd(0), usd(2_400)));
    assert_eq!((price.subtotal, price.total), (usd(22_400), usd(22_400)));
}

#[test]
fn a_night_without_a_rate_is_not_for_sale_and_not_free() {
    let group = UnitGroupId::new();
    let weekend_only = RateTable::new(vec![rate(
        group,
        "weekend",
        Weekdays::of([Weekday::Fri]).unwrap(),
        100,
    )]);
    // Friday is day 3.
    let refused = price_stay(
        &weekend_only,
        group,
        stay(3, 2),
        party(0),
        &charges(0, 0, false),
    );
    assert_eq!(refused, Err(Unpriced::NoRate { night: day(4) }));
    let expired = price_stay(
        &queen(group),
        group,
        stay(399, 2),
        party(0),
        &charges(0, 0, false),
    );
    assert_eq!(expired, Err(Unpriced::NoRate { night: day(400) }));
    let other = price_stay(
        &queen(group),
        UnitGroupId::new(),
        stay(0, 1),
        party(0),
        &charges(0, 0, false),
    );
    assert_eq!(other, Err(Unpriced::NoRate { night: day(0) }));
}

#[test]
fn the_lowest_rate_that_allows_the_length_wins() {
    let group = UnitGroupId::new();
    let flexible = rate(group, "standard", Weekdays::ALL, 12_000);
    let weekly = GroupRate {
        min_nights: 7,
        ..rate(group, "weekly", Weekdays::ALL, 9_000)
    };
    let table = RateTable::new(vec![flexible, weekly.clone()]);
    let first = |nights| {
        let price = price_stay(
            &table,
            group,
            stay(0, nights),
            party(0),
            &charges(0, 0, false),
        )
        .unwrap();
        price.nights[0].price
    };
    assert_eq!((first(6), first(7)), (usd(12_000), usd(9_000)));

    let only_weekly = RateTable::new(vec![weekly]);
    let price = |nights| {
        price_stay(
            &only_weekly,
            group,
            stay(0, nights),
            party(0),
            &charges(0, 0, false),
        )
    };
    assert_eq!(price(6), Err(Unpriced::MinimumStay { nights: 7 }));
    assert_eq!(price(31), Err(Unpriced::MaximumStay { nights: 30 }));
    assert!(price(30).is_ok());
}

#[test]
fn amounts_of_two_currencies_have_no_price() {
    let group = UnitGroupId::new();
    let euro = GroupRate {
        amount: Money::new(100, "EUR".parse().unwrap()),
        ..rate(group, "standard", Weekdays::ALL, 100)
    };
    let refused = price_stay(
        &RateTable::new(vec![euro]),
        group,
        stay(0, 1),
        party(0),
        &charges(0, 0, false),
    );
    assert!(matches!(
        refused,
        Err(Unpriced::Money(MoneyError::MixedCurrencies(..)))
    ));
}

prop_compose! {
    fn priced()(
        week in 1_i64..10_000_000,
        weekend in 1_i64..10_000_000,
        pet_fee in 0_i64..100_000,
        tax in 0_u32..5_000,
        tax_included in any::<bool>(),
    ) -> (UnitGroupId, RateTable, Charges) {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let group = UnitGroupId::new();
        let table = RateTable::new(vec![
            rate(group, "standard", Weekdays::of([Mon, Tue, Wed, Thu, Sun]).unwrap(), week),
            rate(group, "weekend", Weekdays::of([Fri, Sat]).unwrap(), weekend),
        ]);
        (group, table, charges(pet_fee, tax, tax_included))
    }
}

proptest! {
    #[test]
    fn the_components_are_the_total((group, table, charges) in priced(), from in 0_u64..60, nights in 1_u32..=30, pets in 0_i64..3) {
        let price = price_stay(&table, group, stay(from, nights), party(pets), &charges).unwrap();
        prop_assert_eq!(price.nights.len(), nights as usize);
        let room: i64 = price.nights.iter().map(|night| night.price.minor()).sum();
        prop_assert_eq!(price.room_total().unwrap().minor(), room);
        prop_assert_eq!(price.subtotal.minor(), room + price.pet_fee.minor());
        prop_assert_eq!(price.total.minor(), price.subtotal.minor() + price.tax.minor());
        prop_assert!(price.tax.is_zero() || price.included_tax.is_zero());
        prop_assert!(price.included_tax.minor() <= price.subtotal.minor());
    }

    #[test]
    fn one_more_night_adds_its_price_and_never_makes_it_cheaper((group, table, charges) in priced(), from in 0_u64..60, nights in 1_u32..30, pets in 0_i64..3) {
        let shorter = price_stay(&table, group, stay(from, nights), party(pets), &charges).unwrap();
        let longer = price_stay(&table, group, stay(from, nights + 1), party(pets), &charges).unwrap();
        let (last, before) = longer.nights.split_last().unwrap();
        prop_assert_eq!(before, shorter.nights.as_slice());
        let pet_fee = if pets > 0 { charges.pet_fee_per_night.minor() } else { 0 };
        prop_assert_eq!(longer.subtotal.minor(), shorter.subtotal.minor() + last.price.minor() + pet_fee);
        prop_assert!(longer.total.minor() > shorter.total.minor());
    }

    #[test]
    fn splitting_a_stay_changes_its_total_by_a_rounding_at_most((group, table, charges) in priced(), from in 0_u64..60, first in 1_u32..15, second in 1_u32..15, pets in 0_i64..3) {
        let total = |from, nights| price_stay(&table, group, stay(from, nights), party(pets), &charges).unwrap().total.minor();
        let split = total(from, first) + total(from + u64::from(first), second);
        prop_assert!((total(from, first + second) - split).abs() <= 1);
    }

    #[test]
    fn a_price_survives_being_stored((group, table, charges) in priced(), from in 0_u64..60, nights in 1_u32..=30) {
        let price = price_stay(&table, group, stay(from, nights), party(1), &charges).unwrap();
        let stored = serde_json::to_string(&price).unwrap();
        prop_assert_eq!(serde_json::from_str::<StayPrice>(&stored).unwrap(), price);
    }
}

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::{Days, NaiveDate};
use motel_kernel::{BasisPoints, Currency, Party, PropertyId, RatePlanId, StayDates, UnitGroupId};
use motel_taxes::{Charge, FeeDetails, FeeOccasion, Levies, Per, Rounding, TaxDetails, Validity};

use super::*;
use crate::{
    BasePrices, Change, ChildBand, Derivation, LengthDiscount, NightRange, OccupancyPrices,
    PricingParts, RatePlanDetails, Restrictions, Season, SeasonDetails, SeasonEffect, WeekCalendar,
    Weekdays,
};

mod discounts;
mod properties;
mod restricted;

pub(super) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// A Tuesday.
pub(super) fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(offset)
}

pub(super) fn range(from: u64, until: u64) -> NightRange {
    NightRange::new(day(from), day(until), Weekdays::ALL).unwrap()
}

/// A tax in basis points, and a fee per night with a pet.
pub(super) fn levies(tax: u32, included: bool, pet_fee: i64) -> Levies {
    let tax = TaxDetails {
        code: "tax".to_owned(),
        name: "Tax".to_owned(),
        charge: Charge::Percent(BasisPoints::new(tax).unwrap()),
        included,
        covers_fees: true,
        on_top_of: Vec::new(),
        validity: Validity::default(),
        max_nights: None,
        exempt_flags: Vec::new(),
        age_bands: Vec::new(),
        rounding: Rounding::PerStay,
    };
    let pets = FeeDetails {
        code: "pets".to_owned(),
        name: "Pet fee".to_owned(),
        charge: Charge::Flat {
            amount: usd(pet_fee),
            per: Per::Night,
        },
        occasion: FeeOccasion::Pets,
        taxed: true,
        validity: Validity::default(),
        age_bands: Vec::new(),
    };
    Levies::new(Currency::USD, vec![tax], vec![pets]).unwrap()
}

/// A property with one group, whose plans are made one after the other.
#[derive(Debug)]
pub(super) struct House {
    pub(super) group: UnitGroupId,
    pub(super) property: PropertyId,
    pub(super) parts: PricingParts,
    pub(super) levies: Levies,
}

impl House {
    /// The plan `standard`: $120 a night for 400 nights, a fifth more on Friday and Saturday nights.
    pub(super) fn open() -> Self {
        let mut house = Self {
            group: UnitGroupId::new(),
            property: PropertyId::new(),
            parts: PricingParts::default(),
            levies: Levies::none(Currency::USD),
        };
        let standard = house.plan("standard", |details| {
            details.weekday_changes = [0, 0, 0, 0, 2_000, 2_000, 0];
        });
        house.base(standard, 12_000);
        house
    }

    pub(super) fn plan(
        &mut self,
        code: &str,
        describe: impl FnOnce(&mut RatePlanDetails),
    ) -> RatePlanId {
        let mut details = RatePlanDetails::new(code, code);
        describe(&mut details);
        let plan = RatePlan {
            id: RatePlanId::new(),
            property_id: self.property,
            details,
            version: 1,
        };
        self.parts.plans.push(plan);
        self.parts.plans.last().unwrap().id
    }

    pub(super) fn base(&mut self, rate_plan: RatePlanId, amount: i64) {
        let mut calendar = WeekCalendar::default();
        calendar.edit(range(0, 400), |_| Some(amount));
        self.parts.prices.push(BasePrices {
            rate_plan,
            unit_group: self.group,
            calendar,
        });
    }

    pub(super) fn derived(&mut self, code: &str, parent: RatePlanId, change: Change) -> RatePlanId {
        self.plan(code, |details| {
            details.derivation = Some(Derivation {
                parent,
                change,
                of_total: false,
            });
        })
    }

    pub(super) fn season(
        &mut self,
        code: &str,
        priority: i16,
        nights: NightRange,
        effect: SeasonEffect,
    ) -> &mut SeasonDetails {
        self.parts.seasons.push(Season {
            id: motel_kernel::SeasonId::new(),
            property_id: self.property,
            details: SeasonDetails {
                code: code.to_owned(),
                name: code.to_owned(),
                priority,
                nights,
                unit_group: None,
                rate_plan: None,
                effect,
            },
            version: 1,
        });
        &mut self.parts.seasons.last_mut().unwrap().details
    }

    pub(super) fn standard(&self) -> RatePlanId {
        self.parts.plans[0].id
    }

    pub(super) fn table(&self) -> PricingTable {
        PricingTable::new(self.levies.clone(), self.parts.clone()).unwrap()
    }

    /// Two adults, booked on the first day.
    pub(super) fn ask(&self, plan: RatePlanId, from: u64, nights: u32) -> PriceRequest<'static> {
        PriceRequest {
            unit_group: self.group,
            rate_plan: plan,
            stay: StayDates::from_nights(day(from), nights).unwrap(),
            party: Party::new(2, 0, 0).unwrap(),
            child_ages: &[],
            promo: None,
            booked_on: day(0),
            agreed: &[],
        }
    }

    pub(super) fn nights(&self, request: &PriceRequest<'_>) -> Vec<i64> {
        let nights = price_nights(&self.table(), request).unwrap();
        nights.iter().map(|night| night.price.minor()).collect()
    }

    pub(super) fn refused(&self, request: &PriceRequest<'_>) -> Vec<Reason> {
        match price_stay(&self.table(), request) {
            Err(Unpriced::Refused(reasons)) => reasons,
            other => panic!("{other:?} is no refusal"),
        }
    }
}

fn parts(night: &NightPrice) -> Vec<(PartKind, Option<&str>, i64)> {
    let parts = night.parts.iter();
    parts
        .map(|part| (part.kind, part.of.as_deref(), part.amount.minor()))
        .collect()
}

#[test]
fn a_long_weekend_with_a_dog() {
    let mut house = House::open();
    house.levies = levies(1_200, false, 2_000);
    // Thursday to Monday.
    let request = PriceRequest {
        party: Party::new(2, 0, 2).unwrap(),
        ..house.ask(house.standard(), 2, 4)
    };
    let price = price_stay(&house.table(), &request).unwrap();
    let nights: Vec<_> = price
        .nights
        .iter()
        .map(|night| (night.date, night.price.minor()))
        .collect();
    assert_eq!(
        nights,
        [
            (day(2), 12_000),
            (day(3), 14_400),
            (day(4), 14_400),
            (day(5), 12_000)
        ]
    );
    assert_eq!(
        parts(&price.nights[1]),
        [
            (PartKind::Base, None, 12_000),
            (PartKind::Weekday, None, 2_400)
        ]
    );
    assert_eq!(
        (price.room_total().unwrap(), price.pet_fee),
        (usd(52_800), usd(8_000))
    );
    assert_eq!(
        (price.subtotal, price.tax, price.total),
        (usd(60_800), usd(7_296), usd(68_096))
    );
    assert_eq!((price.fees.len(), price.taxes.len()), (4, 4), "by night");
}

#[test]
fn the_season_of_highest_priority_counts_alone() {
    let mut house = House::open();
    let summer = SeasonEffect::Change(Change::percent(5_000));
    house.season("high", 1, range(10, 20), summer);
    house.season("fair", 2, range(12, 14), SeasonEffect::Price(30_000));
    let standard = house.standard();
    // Nights 9 to 14 are Thursday to Tuesday: the weekday's fifth comes upon the season's price.
    assert_eq!(
        house.nights(&house.ask(standard, 9, 6)),
        [12_000, 21_600, 21_600, 30_000, 30_000, 18_000]
    );
    let table = house.table();
    let night = &price_nights(&table, &house.ask(standard, 12, 1)).unwrap()[0];
    assert_eq!(
        parts(night),
        [
            (PartKind::Base, None, 12_000),
            (PartKind::Season, Some("fair"), 18_000)
        ]
    );
    // A season of other groups bears on nothing here, and one for some weekdays on those.
    house
        .season("spa", 9, range(0, 400), SeasonEffect::Price(1))
        .unit_group = Some(UnitGroupId::new());
    let mondays = NightRange::new(
        day(0),
        day(400),
        Weekdays::of([chrono::Weekday::Mon]).unwrap(),
    )
    .unwrap();
    house.season(
        "monday",
        3,
        mondays,
        SeasonEffect::Change(Change::amount(-2_000)),
    );
    assert_eq!(house.nights(&house.ask(standard, 5, 2)), [12_000, 10_000]);
}

#[test]
fn derived_plans_follow_their_parent_by_share_then_amount_down_the_chain() {
    let mut house = House::open();
    let standard = house.standard();
    let saver = house.derived(
        "saver",
        standard,
        Change {
            basis_points: -1_000,
            amount_minor: -500,
        },
    );
    let bare = house.derived("bare", saver, Change::percent(-1_000));
    assert_eq!(house.nights(&house.ask(saver, 2, 2)), [10_300, 12_460]);
    // $103.00 less a tenth; $124.60 less a tenth.
    assert_eq!(house.nights(&house.ask(bare, 2, 2)), [9_270, 11_214]);
    let table = house.table();
    let friday = &price_nights(&table, &house.ask(bare, 3, 1)).unwrap()[0];
    assert_eq!(friday.rate_plan, "bare");
    assert_eq!(
        parts(friday),
        [
            (PartKind::Base, None, 12_000),
            (PartKind::Weekday, None, 2_400),
            (PartKind::Derivation, Some("saver"), -1_940),
            (PartKind::Derivation, Some("bare"), -1_246),
        ]
    );
    // A season for the derived plan comes after the derivation and leaves the parent alone.
    house
        .season("deal", 5, range(0, 9), SeasonEffect::Price(5_000))
        .rate_plan = Some(saver);
    assert_eq!(house.nights(&house.ask(saver, 1, 1)), [5_000]);
    assert_eq!(house.nights(&house.ask(bare, 1, 1)), [4_500]);
    assert_eq!(house.nights(&house.ask(standard, 1, 1)), [12_000]);
}

#[test]
fn plans_that_go_round_in_circles_make_no_table() {
    let mut house = House::open();
    let one = house.derived("one", house.standard(), Change::default());
    let two = house.derived("two", one, Change::default());
    house.parts.plans[1].details.derivation = Some(Derivation {
        parent: two,
        change: Change::default(),
        of_total: false,
    });
    assert!(matches!(
        PricingTable::new(house.levies, house.parts),
        Err(crate::BrokenDerivation::Cycle { .. })
    ));
}

#[test]
fn only_the_end_is_rounded_and_to_the_step_of_the_plan() {
    let mut house = House::open();
    let odd = house.plan("odd", |_| ());
    house.base(odd, 10_001);
    // 10,001 × 1.05 × 1.05 = 11,026.1025; rounded after each step it would be 11,026 as well, after × 1.15 × 1.15 not.
    let once = house.derived("once", odd, Change::percent(1_500));
    let twice = house.derived("twice", once, Change::percent(1_500));
    assert_eq!(house.nights(&house.ask(once, 0, 1)), [11_501]);
    assert_eq!(house.nights(&house.ask(twice, 0, 1)), [13_226]);
    let dollars = house.plan("dollars", |details| {
        details.rounding_minor = 100;
        details.derivation = Some(Derivation {
            parent: twice,
            change: Change::default(),
            of_total: false,
        });
    });
    let table = house.table();
    let night = &price_nights(&table, &house.ask(dollars, 0, 1)).unwrap()[0];
    assert_eq!(night.price, usd(13_200));
    assert_eq!(
        parts(night).last().unwrap(),
        &(PartKind::Rounding, None, -26)
    );
}

#[test]
fn a_night_without_a_price_is_not_for_sale_and_never_free() {
    let mut house = House::open();
    let standard = house.standard();
    let reasons = house.refused(&house.ask(standard, 398, 4));
    assert_eq!(reasons, [Reason::NoRate { night: day(400) }]);
    let elsewhere = PriceRequest {
        unit_group: UnitGroupId::new(),
        ..house.ask(standard, 0, 1)
    };
    assert_eq!(
        house.refused(&elsewhere),
        [Reason::NoRate { night: day(0) }]
    );
    // A derivation that leaves nothing is a mistake.
    let free = house.derived("free", standard, Change::percent(-10_000));
    let below = house.derived("below", standard, Change::amount(-12_000));
    assert_eq!(
        house.refused(&house.ask(free, 0, 1)),
        [Reason::NoRate { night: day(0) }]
    );
    // Friday still costs $24 under it, Tuesday nothing.
    assert_eq!(house.nights(&house.ask(below, 3, 1)), [2_400]);
    assert_eq!(
        house.refused(&house.ask(below, 3, 3)),
        [Reason::NoRate { night: day(5) }]
    );
}

#[test]
fn a_plan_off_sale_is_refused_but_still_a_parent() {
    let mut house = House::open();
    let standard = house.standard();
    let saver = house.derived("saver", standard, Change::percent(-1_000));
    house.parts.plans[0].details.active = false;
    assert_eq!(
        house.refused(&house.ask(standard, 0, 1)),
        [Reason::PlanNotOnSale]
    );
    assert_eq!(
        house.refused(&house.ask(RatePlanId::new(), 0, 1)),
        [Reason::PlanNotOnSale]
    );
    assert_eq!(house.nights(&house.ask(saver, 0, 1)), [10_800]);
    let table = house.table();
    assert_eq!(
        table.plans().map(|plan| plan.id).collect::<Vec<_>>(),
        [saver]
    );
    assert_eq!(table.plan_by_code("standard"), None);
}

#[test]
fn a_night_beyond_any_price_is_not_for_sale() {
    let mut house = House::open();
    let mut last = house.standard();
    house.parts.prices[0]
        .calendar
        .edit(range(0, 400), |_| Some(100_000_000_000));
    assert_eq!(house.nights(&house.ask(last, 0, 1)), [100_000_000_000]);
    for code in ["one", "two", "three", "four", "five"] {
        last = house.derived(code, last, Change::percent(100_000));
        let refused = house.refused(&house.ask(last, 0, 1));
        assert_eq!(refused, [Reason::NoRate { night: day(0) }], "{code}");
    }
}

//! Guests, lengths of stay, promo codes and nights agreed already.

use super::*;
use crate::{DateWindow, PromoCode, PromoCodeDetails, PromoDiscount};

fn family() -> OccupancyPrices {
    OccupancyPrices {
        included_adults: 2,
        single_use: Some(Change::percent(-2_000)),
        extra_adult_minor: 3_000,
        children: vec![
            ChildBand {
                until_age: 4,
                amount_minor: 0,
            },
            ChildBand {
                until_age: 13,
                amount_minor: 1_000,
            },
        ],
    }
}

fn guests<'a>(
    request: PriceRequest<'a>,
    adults: i64,
    children: i64,
    child_ages: &'a [u8],
) -> PriceRequest<'a> {
    PriceRequest {
        party: Party::new(adults, children, 0).unwrap(),
        child_ages,
        ..request
    }
}

#[test]
fn guests_cost_what_the_plan_says_and_a_derived_plan_what_its_parent_says() {
    let mut house = House::open();
    let standard = house.standard();
    house.parts.plans[0].details.occupancy = Some(family());
    let saver = house.derived("saver", standard, Change::percent(-1_000));
    let night = |plan, adults, children, ages| {
        house.nights(&guests(house.ask(plan, 0, 1), adults, children, ages))
    };
    assert_eq!(night(standard, 1, 0, &[]), [9_600]);
    assert_eq!(night(standard, 3, 2, &[3, 12]), [16_000]);
    assert_eq!(
        night(standard, 2, 1, &[]),
        [13_000],
        "an unknown age is the dearest band"
    );
    // The surcharge comes upon the derived price as it is: $108 and $30.
    assert_eq!(night(saver, 3, 0, &[]), [13_800]);
}

#[test]
fn a_plan_may_change_the_price_for_all_guests_instead() {
    let mut house = House::open();
    let standard = house.standard();
    house.parts.plans[0].details.occupancy = Some(family());
    let of_total = house.plan("of_total", |details| {
        let change = Change::percent(-1_000);
        details.derivation = Some(Derivation {
            parent: standard,
            change,
            of_total: true,
        });
    });
    // ($120 + $30) less a tenth.
    let request = guests(house.ask(of_total, 0, 1), 3, 0, &[]);
    assert_eq!(house.nights(&request), [13_500]);
    let night = &price_nights(&house.table(), &request).unwrap()[0];
    let kinds: Vec<_> = night.parts.iter().map(|part| part.kind).collect();
    assert_eq!(
        kinds,
        [PartKind::Base, PartKind::Occupancy, PartKind::Derivation]
    );
}

#[test]
fn the_length_discount_that_begins_last_is_taken_off_every_night() {
    let mut house = House::open();
    let standard = house.standard();
    house.parts.plans[0].details.length_discounts = vec![
        LengthDiscount {
            from_nights: 7,
            basis_points: 1_500,
        },
        LengthDiscount {
            from_nights: 3,
            basis_points: 500,
        },
    ];
    assert_eq!(house.nights(&house.ask(standard, 0, 2)), [12_000; 2]);
    assert_eq!(house.nights(&house.ask(standard, 0, 3)), [11_400; 3]);
    assert_eq!(house.nights(&house.ask(standard, 0, 7))[0], 10_200);
}

fn promo(house: &mut House, discount: PromoDiscount) -> &mut PromoCode {
    house.parts.promos.push(PromoCode {
        id: motel_kernel::PromoCodeId::new(),
        property_id: house.property,
        details: PromoCodeDetails {
            code: "WINTER".to_owned(),
            name: "Winter".to_owned(),
            active: true,
            discount,
            booking: DateWindow::default(),
            stay: DateWindow::default(),
            rate_plans: Vec::new(),
            max_uses: None,
        },
        uses: 0,
        version: 1,
    });
    house.parts.promos.last_mut().unwrap()
}

fn with_code(request: PriceRequest<'_>) -> PriceRequest<'_> {
    PriceRequest {
        promo: Some(" winter "),
        ..request
    }
}

#[test]
fn a_promo_code_takes_off_a_share_or_an_amount_and_never_more_than_there_is() {
    let mut house = House::open();
    let standard = house.standard();
    promo(&mut house, PromoDiscount::Percent(2_500));
    let price = price_stay(&house.table(), &with_code(house.ask(standard, 0, 1))).unwrap();
    assert_eq!(
        (price.total, price.promo.as_deref()),
        (usd(9_000), Some("WINTER"))
    );
    let untouched = price_stay(&house.table(), &house.ask(standard, 0, 1)).unwrap();
    assert_eq!((untouched.total, untouched.promo), (usd(12_000), None));
    house.parts.promos[0].details.discount = PromoDiscount::PerNight(13_000);
    assert_eq!(
        house.nights(&with_code(house.ask(standard, 2, 2))),
        [0, 1_400]
    );
}

#[test]
fn everything_against_a_promo_code_is_told() {
    let mut house = House::open();
    let standard = house.standard();
    let request = with_code(house.ask(standard, 5, 2));
    assert_eq!(house.refused(&request), [Reason::PromoUnknown]);
    let code = promo(&mut house, PromoDiscount::Percent(1_000));
    code.details.booking.from = Some(day(1));
    code.details.stay.until = Some(day(6));
    code.details.rate_plans = vec![RatePlanId::new()];
    code.details.max_uses = Some(3);
    code.uses = 3;
    assert_eq!(
        house.refused(&request),
        [
            Reason::PromoNotNow {
                from: Some(day(1)),
                until: None
            },
            Reason::PromoOtherDates {
                from: None,
                until: Some(day(6))
            },
            Reason::PromoOtherPlan,
            Reason::PromoUsedUp,
        ]
    );
    house.parts.promos[0].details.active = false;
    assert_eq!(house.refused(&request), [Reason::PromoUnknown]);
    // The last night it is for, the day it begins, the plan it is for, the last use.
    let code = &mut house.parts.promos[0];
    code.details.active = true;
    code.details.booking.from = Some(day(0));
    code.details.stay.until = Some(day(7));
    code.details.rate_plans = vec![standard];
    code.uses = 2;
    assert_eq!(house.nights(&request), [10_800, 10_800]);
}

#[test]
fn nights_agreed_keep_their_price_and_only_the_others_are_priced() {
    let mut house = House::open();
    house.levies = levies(1_000, false, 0);
    let standard = house.standard();
    promo(&mut house, PromoDiscount::Percent(5_000));
    let agreed = price_stay(&house.table(), &with_code(house.ask(standard, 0, 2))).unwrap();
    assert_eq!(agreed.subtotal, usd(12_000));
    // Prices go up, the code ends, the nights are closed: two nights stay as they are, one more costs what it costs now.
    house.parts.prices[0]
        .calendar
        .edit(range(0, 400), |_| Some(20_000));
    house.parts.promos[0].details.active = false;
    house.parts.restrictions = vec![Restrictions {
        kind: crate::RestrictionKind::Closed,
        scope: crate::RestrictionScope::default(),
        calendar: {
            let mut closed = WeekCalendar::default();
            closed.edit(range(0, 2), |_| Some(1));
            closed
        },
    }];
    let longer = PriceRequest {
        agreed: &agreed.nights,
        ..with_code(house.ask(standard, 0, 3))
    };
    let price = price_stay(&house.table(), &longer).unwrap();
    assert_eq!(price.nights[..2], agreed.nights[..]);
    assert_eq!(price.nights[2].price, usd(20_000));
    assert_eq!(
        (price.tax, price.promo.as_deref()),
        (usd(3_200), Some("WINTER"))
    );
    let earlier = PriceRequest {
        agreed: &agreed.nights,
        ..with_code(house.ask(standard, 1, 1))
    };
    assert_eq!(house.nights(&earlier), [6_000]);
}

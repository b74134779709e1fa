#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use motel_kernel::{BasisPoints, Currency, PropertyId};
use motel_rates::DateWindow;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::CouponDetails;

fn day(of_december: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, of_december).unwrap()
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn coupon(worth: CouponWorth) -> Coupon {
    Coupon {
        id: Uuid::nil().into(),
        property: PropertyId::from(Uuid::nil()),
        details: CouponDetails {
            code: "WINTER".to_owned(),
            name: "Winter".to_owned(),
            currency: Currency::USD,
            worth,
            valid: DateWindow::default(),
            stay: DateWindow::default(),
            min_spend_minor: 0,
            room_types: Vec::new(),
            rate_plans: Vec::new(),
            first_booking_only: false,
            max_uses: None,
            max_uses_per_guest: None,
            max_total_minor: None,
        },
        ended_at: None,
        uses: 0,
        taken: usd(0),
        version: 1,
    }
}

fn circumstances(owed: i64) -> Circumstances {
    Circumstances {
        today: day(1),
        owed: usd(owed),
        spend: usd(owed),
        stands: true,
        stays: vec![Stay {
            dates: StayDates::from_nights(day(4), 2).unwrap(),
            room_type: "king".to_owned(),
            rate_plan: "flexible".to_owned(),
        }],
        other_bookings: 0,
        uses_by_guest: 0,
    }
}

fn share(points: u32, most_minor: Option<i64>) -> CouponWorth {
    let share = BasisPoints::new(points).unwrap();
    CouponWorth::Share { share, most_minor }
}

#[test]
fn an_amount_or_a_share_of_what_is_owed_and_no_more() {
    let off = |it: CouponWorth, owed| worth(&coupon(it), &circumstances(owed)).unwrap().minor();
    assert_eq!(off(CouponWorth::Amount(2_000), 30_000), 2_000);
    assert_eq!(off(CouponWorth::Amount(2_000), 1_500), 1_500);
    assert_eq!(off(share(1_000, None), 30_005), 3_001);
    assert_eq!(off(share(1_000, Some(2_500)), 30_000), 2_500);
    assert_eq!(off(share(10_000, None), 30_000), 30_000);
}

#[test]
fn what_is_left_in_all_is_the_most() {
    let mut it = coupon(CouponWorth::Amount(2_000));
    it.details.max_total_minor = Some(5_000);
    it.taken = usd(4_200);
    assert_eq!(worth(&it, &circumstances(9_000)), Ok(usd(800)));
    it.taken = usd(5_000);
    assert_eq!(
        worth(&it, &circumstances(9_000)),
        Err(Unusable::Spent.into())
    );
}

#[test]
fn each_restriction_has_its_own_word() {
    let window = |from, until| DateWindow {
        from: Some(day(from)),
        until: Some(day(until)),
    };
    type Change = (fn(&mut Coupon, DateWindow), DateWindow, NothingOff);
    let changes: Vec<Change> = vec![
        (
            |it, w| it.details.valid = w,
            window(2, 3),
            Unusable::NotYet.into(),
        ),
        (
            |it, _| it.details.valid.until = Some(day(1)),
            window(2, 3),
            Unusable::Expired.into(),
        ),
        (
            |it, _| it.ended_at = Some(chrono::DateTime::UNIX_EPOCH),
            window(2, 3),
            Unusable::Void.into(),
        ),
        (
            |it, _| (it.details.max_uses, it.uses) = (Some(3), 3),
            window(2, 3),
            Unusable::Spent.into(),
        ),
        (
            |it, _| it.details.currency = "EUR".parse().unwrap(),
            window(2, 3),
            Unusable::WrongCurrency.into(),
        ),
        (
            |it, _| it.details.min_spend_minor = 9_001,
            window(2, 3),
            CouponRefusal::MinimumSpend(usd(9_001)).into(),
        ),
        (
            |it, w| it.details.stay = w,
            window(5, 9),
            CouponRefusal::OtherNights.into(),
        ),
        (
            |it, w| it.details.stay = w,
            window(4, 5),
            CouponRefusal::OtherNights.into(),
        ),
        (
            |it, _| it.details.room_types = vec!["queen".into()],
            window(2, 3),
            CouponRefusal::OtherRooms.into(),
        ),
        (
            |it, _| it.details.rate_plans = vec!["saver".into()],
            window(2, 3),
            CouponRefusal::OtherRates.into(),
        ),
    ];
    for (change, window, expected) in changes {
        let mut it = coupon(CouponWorth::Amount(100));
        change(&mut it, window);
        assert_eq!(worth(&it, &circumstances(9_000)), Err(expected));
    }
    let mut it = coupon(CouponWorth::Amount(100));
    it.details.first_booking_only = true;
    it.details.max_uses_per_guest = Some(2);
    it.details.stay = window(4, 6);
    it.details.room_types = vec!["king".into()];
    assert!(worth(&it, &circumstances(9_000)).is_ok());
    let known = Circumstances {
        other_bookings: 1,
        ..circumstances(9_000)
    };
    assert_eq!(
        worth(&it, &known),
        Err(CouponRefusal::NotFirstBooking.into())
    );
    let again = Circumstances {
        uses_by_guest: 2,
        ..circumstances(9_000)
    };
    assert_eq!(worth(&it, &again), Err(CouponRefusal::UsedByGuest.into()));
    let over = Circumstances {
        stands: false,
        ..circumstances(9_000)
    };
    assert_eq!(worth(&it, &over), Err(CouponRefusal::NotStanding.into()));
}

proptest! {
    #[test]
    fn never_more_than_is_owed_or_left(
        points in 1_u32..=10_000, amount in proptest::option::of(1_i64..1_000_000), most in proptest::option::of(1_i64..100_000),
        total in proptest::option::of(1_i64..500_000), taken in 0_i64..500_000, owed in 1_i64..2_000_000
    ) {
        let mut it = coupon(amount.map_or_else(|| share(points, most), CouponWorth::Amount));
        it.details.max_total_minor = total;
        it.taken = usd(taken);
        match worth(&it, &circumstances(owed)) {
            Ok(off) => {
                prop_assert!(off.minor() > 0 && off.minor() <= owed);
                prop_assert!(total.is_none_or(|total| taken + off.minor() <= total));
                prop_assert!(amount.is_some() || most.is_none_or(|most| off.minor() <= most));
            }
            Err(why) => prop_assert_eq!(why, NothingOff::Unusable(Unusable::Spent)),
        }
    }
}

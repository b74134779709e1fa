//! Codes for many, and whom they are not for.

use motel_rates::DateWindow;
use motel_vouchers::{CouponRefusal, CouponWorth, Unusable, VoucherError, commands, queries};

use crate::motel::{Motel, asked, day, now, said, usd};

fn refused(answer: Result<impl std::fmt::Debug, VoucherError>) -> CouponRefusal {
    match answer {
        Err(VoucherError::NotForThis(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn unusable(answer: Result<impl std::fmt::Debug, VoucherError>) -> Unusable {
    match answer {
        Err(VoucherError::Unusable(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_off_once_a_booking_and_costs_the_house_that_much() {
    let motel = Motel::open().await;
    motel.coupon(said("TEN", CouponWorth::Amount(1_000))).await;
    motel.coupon(said("OTHER", CouponWorth::Amount(500))).await;
    let booking = motel.book(3).await;
    let first = motel.redeem(&booking, &asked(" ten ")).await.unwrap();
    assert_eq!(
        (first.amount, first.title.as_str()),
        (usd(1_000), "Coupon TEN")
    );
    assert_eq!(motel.redeem(&booking, &asked("TEN")).await.unwrap(), first);
    assert_eq!(
        refused(motel.redeem(&booking, &asked("OTHER")).await),
        CouponRefusal::AnotherCoupon
    );
    assert_eq!(
        motel.balance(&booking).await,
        booking.total().minor() - 1_000
    );
    assert_eq!(motel.ledger("coupons:TEN").await, 1_000);

    motel.take_off(first.id).await.unwrap();
    assert_eq!(
        (motel.balance(&booking).await, motel.ledger("coupons").await),
        (booking.total().minor(), 0)
    );
    assert!(matches!(
        motel.take_off(first.id).await,
        Err(VoucherError::TakenOff)
    ));
    motel.redeem(&booking, &asked("OTHER")).await.unwrap();
    assert_eq!(
        unusable(motel.redeem(&booking, &asked("NONE")).await),
        Unusable::Unknown
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn its_restrictions_are_read_from_the_booking() {
    let motel = Motel::open().await;
    let off = || CouponWorth::Amount(100);
    let mut nights = said("NIGHTS", off());
    nights.stay = DateWindow {
        from: Some(day(4)),
        until: None,
    };
    let mut rooms = said("ROOMS", off());
    rooms.room_types = vec!["king_suite".to_owned()];
    let mut rates = said("RATES", off());
    rates.rate_plans = vec!["no_such_plan".to_owned()];
    let mut spend = said("SPEND", off());
    spend.min_spend_minor = 10_000_000;
    let mut over = said("OVER", off());
    over.valid.until = Some(day(0));
    let mut first = said("FIRST", off());
    first.first_booking_only = true;
    let mut twice = said("TWICE", off());
    twice.max_uses_per_guest = Some(1);
    let mut fits = said("FITS", off());
    fits.room_types = vec!["standard_queen".to_owned()];
    for details in [nights, rooms, rates, spend, over, first, twice, fits] {
        motel.coupon(details).await;
    }
    let booking = motel.book(3).await;
    let asks = async |code| motel.redeem(&booking, &asked(code)).await;
    assert_eq!(refused(asks("NIGHTS").await), CouponRefusal::OtherNights);
    assert_eq!(refused(asks("ROOMS").await), CouponRefusal::OtherRooms);
    assert_eq!(refused(asks("RATES").await), CouponRefusal::OtherRates);
    assert_eq!(
        refused(asks("SPEND").await),
        CouponRefusal::MinimumSpend(usd(10_000_000))
    );
    assert_eq!(unusable(asks("OVER").await), Unusable::Expired);
    let used = asks("FIRST").await.unwrap();
    motel.take_off(used.id).await.unwrap();
    let used = asks("FITS").await.unwrap();
    motel.take_off(used.id).await.unwrap();
    asks("TWICE").await.unwrap();

    let again = motel.book(9).await;
    assert_eq!(
        refused(motel.redeem(&again, &asked("TWICE")).await),
        CouponRefusal::UsedByGuest
    );
    assert_eq!(
        refused(motel.redeem(&again, &asked("FIRST")).await),
        CouponRefusal::NotFirstBooking
    );
    let somebody = motel.book_as(9, "bea@example.com").await;
    motel.redeem(&somebody, &asked("TWICE")).await.unwrap();
    // A cancelled booking takes none.
    motel.cancel(&again, now()).await;
    let cancelled = motel.redeem(&again, &asked("FITS")).await;
    assert!(cancelled.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_used_is_ended_and_not_changed() {
    let motel = Motel::open().await;
    let coupon = motel.coupon(said("TEN", CouponWorth::Amount(1_000))).await;
    let place = motel.property.id;
    let mut tx = motel.tx().await;
    let taken = commands::create_coupon(&mut tx, place, &said("TEN", CouponWorth::Amount(1))).await;
    assert!(
        matches!(taken, Err(VoucherError::CodeTaken(_))),
        "{taken:?}"
    );
    drop(tx);
    let mut tx = motel.tx().await;
    let stale = commands::change_coupon(&mut tx, place, coupon.id, &coupon.details, Some(7)).await;
    assert!(matches!(stale, Err(VoucherError::Stale)));
    let more = said("TEN", CouponWorth::Amount(2_000));
    let changed = commands::change_coupon(&mut tx, place, coupon.id, &more, Some(1))
        .await
        .unwrap();
    assert_eq!((changed.version, changed.details), (2, more.clone()));
    tx.commit().await.unwrap();

    let booking = motel.book(3).await;
    motel.redeem(&booking, &asked("TEN")).await.unwrap();
    let mut tx = motel.tx().await;
    let used = commands::change_coupon(&mut tx, place, coupon.id, &more, None).await;
    assert!(matches!(used, Err(VoucherError::CouponUsed)), "{used:?}");
    let ended = commands::end_coupon(&mut tx, place, coupon.id, Some(2), now())
        .await
        .unwrap();
    assert_eq!((ended.version, ended.uses, ended.taken), (3, 1, usd(2_000)));
    tx.commit().await.unwrap();
    let next = motel.book(9).await;
    assert_eq!(
        unusable(motel.redeem(&next, &asked("TEN")).await),
        Unusable::Void
    );

    let mut tx = motel.test.db().tenant(motel.other).await.unwrap();
    let theirs = motel_tenancy::queries::default_property(&mut tx)
        .await
        .unwrap();
    for property in [place, theirs.id] {
        let found = queries::coupon(&mut tx, property, coupon.id).await;
        assert!(matches!(found, Err(VoucherError::NotFound(_))), "{found:?}");
    }
}

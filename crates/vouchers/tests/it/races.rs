//! Many at once.

use futures::future::join_all;
use motel_bookings::Booking;
use motel_vouchers::commands::RedeemRequest;
use motel_vouchers::{CouponWorth, Unusable, VoucherError};

use crate::motel::{Motel, asked, said, usd};

/// A hundred ask at once, each on one of the bookings. Answers what each of them that was served was given.
async fn hundred(motel: &Motel, bookings: &[Booking], request: &RedeemRequest) -> Vec<i64> {
    let asking = (0..100).map(|nth| {
        let (motel, request) = (motel.clone(), request.clone());
        let booking = bookings[nth % bookings.len()].clone();
        tokio::spawn(async move { motel.redeem(&booking, &request).await })
    });
    let mut served = Vec::new();
    for answer in join_all(asking).await {
        match answer.unwrap() {
            Ok(used) => served.push(used.amount.minor()),
            Err(VoucherError::Unusable(Unusable::Spent)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    served
}

async fn bookings(motel: &Motel, count: usize) -> Vec<Booking> {
    let mut made = Vec::new();
    for nth in 0..count {
        let email = format!("guest{nth}@example.com");
        let from = 3 + 3 * u64::try_from(nth).unwrap();
        made.push(motel.book_as(from, &email).await);
    }
    made
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_at_once_never_take_more_than_is_on_the_card() {
    let motel = Motel::open().await;
    let bookings = bookings(&motel, 10).await;
    let (card, code) = motel.sell(25_050).await;
    let mut request = asked(&code.in_groups());
    request.most = Some(usd(1_000));
    let served = hundred(&motel, &bookings, &request).await;
    assert_eq!(served.len(), 26);
    assert_eq!(served.iter().sum::<i64>(), 25_050);
    assert_eq!(
        (motel.left(card.id).await, motel.ledger("gift_cards").await),
        (0, 0)
    );
    let mut paid = 0;
    for booking in &bookings {
        paid += booking.total().minor() - motel.balance(booking).await;
    }
    assert_eq!(paid, 25_050);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_with_ten_uses_gives_ten() {
    let motel = Motel::open().await;
    let bookings = bookings(&motel, 14).await;
    let mut details = said("TEN", CouponWorth::Amount(1_000));
    details.max_uses = Some(10);
    motel.coupon(details).await;
    hundred(&motel, &bookings, &asked("TEN")).await;
    let mut with = 0;
    for booking in &bookings {
        with += motel.uses(booking).await.len();
    }
    assert_eq!(with, 10);
    assert_eq!(motel.ledger("coupons:TEN").await, 10_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cap_in_money_holds_to_the_cent() {
    let motel = Motel::open().await;
    let bookings = bookings(&motel, 6).await;
    let mut details = said("CAP", CouponWorth::Amount(1_000));
    details.max_total_minor = Some(3_333);
    motel.coupon(details).await;
    hundred(&motel, &bookings, &asked("CAP")).await;
    assert_eq!(motel.ledger("coupons:CAP").await, 3_333);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_sent_many_times_at_once_pays_once() {
    let motel = Motel::open().await;
    let booking = motel.book(3).await;
    let (card, code) = motel.sell(9_000).await;
    let mut request = asked(&code.in_groups());
    request.most = Some(usd(2_000));
    request.key = Some("once".to_owned());
    let served = hundred(&motel, &[booking], &request).await;
    assert_eq!(served, vec![2_000; 100]);
    assert_eq!(motel.left(card.id).await, 7_000);
}

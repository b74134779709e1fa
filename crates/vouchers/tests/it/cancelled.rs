//! What was paid with goes back to where it came from when a booking is cancelled.

use chrono::Duration;
use motel_billing::commands::{HandKind, HandPosting, post_by_hand};
use motel_bookings::By;
use motel_kernel::FolioId;
use motel_vouchers::{CouponWorth, GiftCardState};

use crate::motel::{Motel, asked, day, now, said, usd};

async fn pay_cash(motel: &Motel, folio: FolioId, minor: i64) {
    let cash = HandPosting {
        kind: HandKind::Payment("cash".to_owned()),
        amount: usd(minor),
        description: "Cash".to_owned(),
        service_date: None,
    };
    let mut tx = motel.tx().await;
    post_by_hand(&mut tx, folio, cash, By::system())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn free_of_charge_all_goes_back_and_only_the_cash_is_owed() {
    let motel = Motel::open().await;
    let (card, code) = motel.sell(10_000).await;
    let coupon = motel.coupon(said("TEN", CouponWorth::Amount(1_000))).await;
    let booking = motel.book(9).await;
    motel.redeem(&booking, &asked("TEN")).await.unwrap();
    let used = motel
        .redeem(&booking, &asked(&code.in_groups()))
        .await
        .unwrap();
    let rest = motel.balance(&booking).await;
    assert_eq!(rest, booking.total().minor() - 11_000);
    pay_cash(&motel, used.folio, rest).await;

    let cancelled = motel.cancel(&booking, now()).await;
    assert!(cancelled.cancellation().unwrap().fee.is_zero());
    assert_eq!(motel.balance(&booking).await, -rest);
    assert_eq!(motel.left(card.id).await, 10_000);
    let used: Vec<_> = motel
        .uses(&booking)
        .await
        .iter()
        .map(|it| it.standing().unwrap().minor())
        .collect();
    assert_eq!(used, [0, 0]);
    assert_eq!(motel.ledger("coupons:TEN").await, 0);
    // However often the news arrives.
    motel.settle(&cancelled, now()).await;
    assert_eq!(motel.left(card.id).await, 10_000);
    let next = motel.book(15).await;
    assert_eq!(
        motel.redeem(&next, &asked("ten")).await.unwrap().amount,
        usd(1_000)
    );
    assert_eq!(coupon.uses, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fee_is_kept_and_the_rest_goes_back_onto_the_card() {
    let motel = Motel::open().await;
    let (card, code) = motel.sell(1_000_000).await;
    let booking = motel.book(3).await;
    let used = motel
        .redeem(&booking, &asked(&code.in_groups()))
        .await
        .unwrap();
    let late = booking.free_until().unwrap() + Duration::minutes(1);
    let cancelled = motel.cancel(&booking, late).await;
    let fee = cancelled.cancellation().unwrap().fee.minor();
    assert!(fee > 0);
    assert_eq!(motel.balance(&booking).await, 0);
    assert_eq!(motel.left(card.id).await, 1_000_000 - fee);
    assert_eq!(motel.ledger("gift_cards").await, fee - 1_000_000);
    // What is left of the payment can still be taken off by hand, and then the fee is owed.
    motel.take_off(used.id).await.unwrap();
    assert_eq!(
        (motel.left(card.id).await, motel.balance(&booking).await),
        (1_000_000, fee)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_back_can_be_spent_though_the_card_expired_meanwhile() {
    let motel = Motel::open().await;
    let (card, code) = motel.sell_until(5_000, Some(day(2))).await;
    let booking = motel.book(20).await;
    motel
        .redeem(&booking, &asked(&code.in_groups()))
        .await
        .unwrap();
    let end = card.expires_at.unwrap();
    assert!(motel.expire(card.id, end).await);
    let later = end + Duration::days(3);
    motel.cancel(&booking, later).await;
    let again = motel.card(card.id).await;
    assert_eq!(
        (again.balance, again.state(later)),
        (usd(5_000), GiftCardState::Active)
    );
    assert_eq!(again.expires_at, Some(later + Duration::days(30)));
    assert!(motel.expire(card.id, later + Duration::days(30)).await);
    assert_eq!(motel.left(card.id).await, 0);
}

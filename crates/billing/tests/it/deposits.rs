//! What guests pay beforehand: a part of the price at once, the rest later.

use chrono::{DateTime, Duration, Utc};
use motel_billing::commands::{Taken, put_deposit_policy};
use motel_billing::{BillingError, Deposit, Due, PaymentLink, Sum, commands, queries};
use motel_bookings::Booking;
use motel_kernel::BasisPoints;
use motel_payments::{EventKind, GatewayName};

use crate::motel::{Motel, event, now, usd};

/// Two nights from the fourth; the rest is due two days before, at midnight in New York.
const REST_DUE: &str = "2026-12-02T05:00:00Z";

pub(crate) fn a_third(rest_due_days: u16) -> Deposit {
    Deposit::Share {
        share: BasisPoints::new(3_333).unwrap(),
        rest_due_days,
    }
}

impl Motel {
    pub(crate) async fn ask_for_deposits(&self, deposit: Deposit) {
        let mut tx = self.tx().await;
        put_deposit_policy(&mut tx, self.property.id, deposit)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn due(&self, booking: &Booking, at: DateTime<Utc>) -> Due {
        let mut tx = self.tx().await;
        let booking = motel_bookings::queries::find(&mut tx, booking.id).await;
        queries::due(&mut tx, &booking.unwrap(), at).await.unwrap()
    }

    pub(crate) async fn ask(
        &self,
        booking: &Booking,
        sum: Sum,
        at: DateTime<Utc>,
    ) -> Result<PaymentLink, BillingError> {
        let mut tx = self.tx().await;
        let link =
            commands::prepare_payment_link(&mut tx, booking, sum, GatewayName::Stripe, at).await?;
        tx.commit().await.unwrap();
        Ok(link)
    }

    pub(crate) async fn is_paid(&self, link: &PaymentLink) {
        let mut told = event(&format!("evt_{}", link.id), EventKind::Paid, link);
        told.gateway_reference = format!("cs_{}", link.id);
        assert_eq!(self.take(&told).await, Taken::Posted);
    }
}

fn rest_due() -> DateTime<Utc> {
    REST_DUE.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deposit_is_asked_for_first_and_then_the_rest() {
    let motel = Motel::open().await;
    motel.ask_for_deposits(a_third(2)).await;
    let booking = motel.book().await;
    let total = booking.total();
    let deposit = total.share(BasisPoints::new(3_333).unwrap()).unwrap();

    let before = motel.due(&booking, now()).await;
    assert_eq!(
        (before.now, before.whole()),
        (deposit, total),
        "no folio is open yet"
    );
    let asked = motel.ask(&booking, Sum::Due, now()).await.unwrap();
    assert_eq!(asked.amount, deposit);
    assert_eq!(
        motel.ask(&booking, Sum::Due, now()).await.unwrap().id,
        asked.id
    );
    motel.keep(&booking).await;
    assert_eq!(
        motel.ask(&booking, Sum::Due, now()).await.unwrap().id,
        asked.id
    );

    motel.is_paid(&asked).await;
    let after = motel.due(&booking, now()).await;
    assert_eq!(after.now, usd(0));
    assert_eq!(after.rest, total.minus(deposit).unwrap());
    assert_eq!(after.rest_due_at, Some(rest_due()));
    let late = motel.due(&booking, rest_due()).await;
    assert_eq!((late.now, late.rest_due_at), (after.rest, None));

    let rest = motel.ask(&booking, Sum::Due, now()).await.unwrap();
    assert_eq!(rest.amount, after.rest);
    motel.is_paid(&rest).await;
    assert_eq!(motel.balance(&booking).await, 0);
    let nothing = motel.ask(&booking, Sum::Due, now()).await;
    assert!(matches!(nothing, Err(BillingError::NothingDue)));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_to_pays_everything_and_the_link_for_the_deposit_is_withdrawn() {
    let motel = Motel::open().await;
    motel.ask_for_deposits(a_third(2)).await;
    let booking = motel.book().await;
    let deposit = motel.ask(&booking, Sum::Due, now()).await.unwrap();
    let whole = motel.ask(&booking, Sum::Whole, now()).await.unwrap();
    assert_eq!(whole.amount, booking.total());
    motel.is_paid(&whole).await;
    assert_eq!(motel.balance(&booking).await, 0);
    // The page of the first one may still be open at the gateway; what is paid there is taken and owed back.
    let told = event("evt_late", EventKind::Expired, &deposit);
    motel.take(&told).await;
    assert_eq!(motel.balance(&booking).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_night_with_its_fees_and_taxes_can_be_the_deposit() {
    let motel = Motel::open().await;
    motel
        .ask_for_deposits(Deposit::FirstNight { rest_due_days: 0 })
        .await;
    let booking = motel.book().await;
    let stay = booking.first();
    let first: i64 = stay
        .price
        .postings()
        .iter()
        .filter(|line| line.date == stay.dates.arrival())
        .map(|line| line.amount.minor())
        .sum();
    let asked = motel.ask(&booking, Sum::Due, now()).await.unwrap();
    assert_eq!(asked.amount, usd(first));
    assert!(first < booking.total().minor());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_booked_keeps_what_they_agreed_to() {
    let motel = Motel::open().await;
    motel.ask_for_deposits(a_third(2)).await;
    let before = motel.book().await;
    motel.keep(&before).await;
    let agreed = motel.due(&before, now()).await;
    motel.ask_for_deposits(Deposit::Whole).await;
    assert_eq!(motel.due(&before, now()).await, agreed);
    let after = motel.book_nights(10, 2, 0).await;
    motel.keep(&after).await;
    let due = motel.due(&after, now()).await;
    assert_eq!((due.now, due.rest_due_at), (after.total(), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_books_after_the_day_owes_all_at_once_and_so_does_who_cancels() {
    let motel = Motel::open().await;
    motel.ask_for_deposits(a_third(30)).await;
    let late = motel.book().await;
    assert_eq!(motel.due(&late, now()).await.now, late.total());

    motel.ask_for_deposits(a_third(0)).await;
    let booking = motel.book_nights(10, 2, 0).await;
    let deposit = motel.ask(&booking, Sum::Due, now()).await.unwrap();
    assert!(deposit.amount.minor() < booking.total().minor());
    let cancelled = motel.cancel(&booking, now() + Duration::days(10)).await;
    motel.keep(&cancelled).await;
    let due = motel.due(&cancelled, now() + Duration::days(10)).await;
    assert_eq!(
        (due.now.minor(), due.rest_due_at),
        (motel.balance(&cancelled).await, None)
    );
    let link = motel
        .ask(&cancelled, Sum::Due, now() + Duration::days(10))
        .await;
    assert_ne!(
        link.unwrap().id,
        deposit.id,
        "what was asked for is no longer owed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_longer_stay_leaves_the_deposit_as_it_was_agreed() {
    let motel = Motel::open().await;
    motel.ask_for_deposits(a_third(0)).await;
    let booking = motel.book().await;
    let asked = motel.ask(&booking, Sum::Due, now()).await.unwrap();
    let folio = motel.keep(&booking).await;
    let mut tx = motel.tx().await;
    let minibar = commands::HandPosting {
        kind: commands::HandKind::Extra("minibar".to_owned()),
        description: "Minibar".to_owned(),
        amount: usd(1_200),
        service_date: None,
    };
    let by = motel_bookings::By::system();
    let posted = commands::post_by_hand(&mut tx, folio.id, minibar, by).await;
    posted.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        motel.ask(&booking, Sum::Due, now()).await.unwrap().id,
        asked.id
    );
    assert_eq!(
        motel.ask(&booking, Sum::Whole, now()).await.unwrap().amount,
        usd(booking.total().minor() + 1_200)
    );
}

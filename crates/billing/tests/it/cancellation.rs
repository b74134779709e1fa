use chrono::Duration;
use diesel_async::SimpleAsyncConnection;
use motel_billing::{BillingError, LinkStatus, PostingKind, Sum, commands, queries};
use motel_bookings::By;
use motel_kernel::Actor;
use motel_payments::{EventKind, GatewayName};

use crate::motel::{Motel, day, event, now, usd};

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_in_time_owes_back_all_that_was_paid() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    motel.take(&event("evt_1", EventKind::Paid, &link)).await;

    let cancelled = motel.cancel(&booking, now()).await;
    let folio = motel.keep(&cancelled).await;

    let mut tx = motel.tx().await;
    assert_eq!(
        queries::refund_due(&mut tx, &folio).await.unwrap(),
        booking.total()
    );
    drop(tx);
    for _ in 0..3 {
        motel.keep(&cancelled).await;
    }
    assert_eq!(motel.balance(&booking).await, -booking.total().minor());
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_late_keeps_the_fee_of_the_policy() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    motel.take(&event("evt_1", EventKind::Paid, &link)).await;

    let late = booking.free_until().unwrap() + Duration::minutes(1);
    let cancelled = motel.cancel(&booking, late).await;
    motel.keep(&cancelled).await;

    // The first night, $168, and its tax.
    let fee = cancelled.cancellation().unwrap().fee;
    assert_eq!(fee, usd(18_816));
    let owed_back = booking.total().minor() - fee.minor();
    assert_eq!(motel.balance(&booking).await, -owed_back);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_late_cancellation_leaves_the_fee_to_pay() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let before = motel.link(&booking).await;
    let late = booking.free_until().unwrap() + Duration::minutes(1);
    let cancelled = motel.cancel(&booking, late).await;
    motel.keep(&cancelled).await;

    let mut tx = motel.tx().await;
    let closed = queries::payment_link(&mut tx, before.id).await.unwrap();
    assert_eq!(closed.unwrap().status, LinkStatus::Cancelled);
    drop(tx);
    assert_eq!(motel.link(&cancelled).await.amount, usd(18_816));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_news_may_come_in_any_order() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let cancelled = motel.cancel(&booking, now()).await;
    // The handler of the confirmation runs last, and with a booking it had read before.
    motel.keep(&cancelled).await;
    motel.keep(&booking).await;
    assert_eq!(motel.balance(&booking).await, 0);

    let mut tx = motel.tx().await;
    let asked =
        commands::prepare_payment_link(&mut tx, &booking, Sum::Due, GatewayName::Stripe, now())
            .await;
    assert!(matches!(asked, Err(BillingError::NothingDue)), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_comes_in_after_the_cancellation_is_owed_back() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let cancelled = motel.cancel(&booking, now()).await;
    let folio = motel.keep(&cancelled).await;

    motel.take(&event("evt_1", EventKind::Paid, &link)).await;

    let mut tx = motel.tx().await;
    assert_eq!(
        queries::refund_due(&mut tx, &folio).await.unwrap(),
        booking.total()
    );
    let lines = queries::postings(&mut tx, &folio).await.unwrap();
    let payments = lines
        .iter()
        .filter(|line| line.kind == PostingKind::Payment);
    assert_eq!(payments.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_before_is_not_taken_back_again() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    motel.charge(&booking, day(3)).await;
    let folio = motel.keep(&booking).await;
    let mut tx = motel.tx().await;
    let night = queries::postings(&mut tx, &folio).await.unwrap().remove(0);
    commands::reverse(&mut tx, night.id, Actor::System, "a gift")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let charged = motel.account(&booking).await.posted;

    let cancelled = motel.cancel(&booking, now()).await;
    motel.keep(&cancelled).await;
    // What else was charged of that night stays, and the night stays a gift.
    assert_eq!(motel.account(&booking).await.balance, charged);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folio_from_before_there_were_audits_is_settled_when_its_booking_is_cancelled() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let folio = motel.keep(&booking).await;
    let mut admin = motel.test.admin().await;
    let lines = [
        ("charge", "room:2026-12-04", 16_800),
        ("charge", "room:2026-12-05", 16_800),
        ("fee", "pets", 4_000),
        ("tax", "tax", 4_512),
    ];
    for (kind, source, minor) in lines {
        let (posting, tenant) = (uuid::Uuid::now_v7(), motel.tenant);
        let insert = format!(
            "BEGIN;
             INSERT INTO billing.entries (tenant_id, id, property_id, business_date, actor)
             VALUES ('{tenant}', '{posting}', '{property}', '2026-12-01', 'system');
             INSERT INTO billing.postings (tenant_id, id, entry_id, folio_id, kind, description, amount_minor, currency, source)
             VALUES ('{tenant}', '{posting}', '{posting}', '{folio}', '{kind}', 'x', {minor}, 'USD', '{source}');
             INSERT INTO billing.entry_lines (tenant_id, entry_id, line, account, detail, folio_id, posting_id, amount_minor, currency)
             VALUES ('{tenant}', '{posting}', 1, 'guest_ledger', '', '{folio}', '{posting}', {minor}, 'USD'),
                    ('{tenant}', '{posting}', 2, 'revenue', 'room', NULL, '{posting}', -{minor}, 'USD');
             COMMIT",
            property = motel.property.id,
            folio = folio.id,
        );
        admin.batch_execute(&insert).await.unwrap();
    }
    assert_eq!(motel.balance(&booking).await, booking.total().minor());

    let cancelled = motel.cancel(&booking, now()).await;
    motel.keep(&cancelled).await;
    let account = motel.account(&booking).await;
    assert_eq!((account.posted, account.balance), (usd(0), usd(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_while_a_first_link_is_made_neither_fails_nor_charges() {
    let motel = Motel::open().await;
    for round in 0..30 {
        let booking = motel.book_nights(1 + round, 1, 0).await;
        let cancelling = async {
            let mut tx = motel.tx().await;
            let property = &motel.property;
            let cancelled = motel_bookings::commands::cancel(
                &mut tx,
                property,
                booking.id,
                &By::guest(),
                now(),
            )
            .await;
            commands::keep_folio(&mut tx, &cancelled.unwrap())
                .await
                .unwrap();
            tx.commit().await.unwrap();
        };
        let asking = async {
            let mut tx = motel.tx().await;
            let asked = commands::prepare_payment_link(
                &mut tx,
                &booking,
                Sum::Due,
                GatewayName::Stripe,
                now(),
            )
            .await;
            let fine = matches!(asked, Ok(_) | Err(BillingError::NothingDue));
            assert!(fine, "{asked:?}");
            tx.commit().await.unwrap();
        };
        futures::future::join(cancelling, asking).await;
        assert_eq!(motel.balance(&booking).await, 0);
        let mut tx = motel.tx().await;
        let folio = queries::folio(&mut tx, booking.id).await.unwrap().unwrap();
        assert_eq!(queries::open_link(&mut tx, &folio).await.unwrap(), None);
    }
}

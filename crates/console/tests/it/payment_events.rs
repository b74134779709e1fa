//! A clerk sees what gateways told, tries again what failed, and withdraws a link.

use diesel_async::SimpleAsyncConnection;
use motel_billing::{LinkStatus, PaymentLink, Sum, commands, queries};
use motel_bookings::Booking;
use motel_payments::{EventKind, GatewayEvent, GatewayName};

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER, now};

const PAGE: &str = "/console/payment-events";

impl Motel {
    async fn link_for(&self, booking: &Booking) -> PaymentLink {
        let mut tx = self.tx().await;
        let stripe = GatewayName::Stripe;
        let link = commands::prepare_payment_link(&mut tx, booking, Sum::Due, stripe, now()).await;
        tx.commit().await.unwrap();
        link.unwrap()
    }

    /// Stripe tells of a payment; nothing was made of it yet.
    async fn told(&self, link: &PaymentLink) {
        let event = GatewayEvent {
            event_id: "evt_1".to_owned(),
            kind: EventKind::Paid,
            gateway_reference: "cs_1".to_owned(),
            reference: link.id,
            refund: None,
            amount: link.amount,
        };
        let received = commands::ReceivedEvent {
            gateway: GatewayName::Stripe,
            event: &event,
            body: b"{}",
            received_at: now(),
        };
        let mut tx = self.tx().await;
        commands::keep_payment_event(&mut tx, received)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn execute(&self, statement: &str) {
        let mut admin = self.test.admin().await;
        admin.batch_execute(statement).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_shown_first_and_tried_again() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let empty = clerk.get(PAGE).await;
    assert!(
        empty.shows("No gateway has told anything yet."),
        "{}",
        empty.html
    );
    let link = motel.link_for(&booking).await;
    motel.told(&link).await;
    let waiting = clerk.get(PAGE).await;
    assert!(waiting.shows("Waiting") && !waiting.shows("Failed"));

    motel
        .execute(
            "CREATE FUNCTION billing.broken() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
             CREATE TRIGGER broken BEFORE INSERT ON billing.postings FOR EACH ROW EXECUTE FUNCTION billing.broken()",
        )
        .await;
    let mut tx = motel.tx().await;
    let all = queries::payment_events(&mut tx, queries::EventFilter::default(), None, 10).await;
    drop(tx);
    let replay = format!("{PAGE}/{}/replay", all.unwrap()[0].id);
    let failed = clerk.post(&replay).await;
    assert_eq!(
        (failed.status, failed.location),
        (303, format!("{PAGE}?news=failed_again"))
    );
    let page = clerk.get(PAGE).await;
    for text in [
        "Failed",
        "the disk is full",
        "Attempt 1",
        booking.code.as_str(),
        &replay,
    ] {
        assert!(page.shows(text), "{text}: {}", page.html);
    }
    motel
        .execute("DROP TRIGGER broken ON billing.postings")
        .await;

    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    assert_eq!(stranger.post(&replay).await.status, 404);
    assert!(stranger.get(PAGE).await.shows("No gateway has told"));
    let taken = clerk.post(&replay).await;
    assert_eq!(taken.location, format!("{PAGE}?news=replayed"));
    let page = clerk.get(PAGE).await;
    assert!(
        page.shows("Posted.") && !page.shows(&replay),
        "{}",
        page.html
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_link_is_withdrawn_for_a_reason() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let link = motel.link_for(&booking).await;
    let page = format!("/console/bookings/{}", booking.code);
    let revoke = format!("{page}/payments/{}/revoke", link.id);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    assert!(clerk.get(&page).await.shows("Withdraw the link"));
    assert_eq!(clerk.submit(&revoke, &[("reason", " ")]).await.status, 422);
    let why = [("reason", "sent to the wrong address")];
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    assert_eq!(stranger.submit(&revoke, &why).await.status, 404);
    let revoked = clerk.submit(&revoke, &why).await;
    assert_eq!(revoked.location, format!("{page}?news=revoked"));
    let after = clerk.get(&revoked.location).await;
    assert!(after.shows("is withdrawn. A new one") && !after.shows("Withdraw the link"));
    let mut tx = motel.tx().await;
    let known = queries::payment_link(&mut tx, link.id).await.unwrap();
    assert_eq!(known.unwrap().status, LinkStatus::Cancelled);
}

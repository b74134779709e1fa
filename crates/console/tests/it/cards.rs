//! A clerk sees the card that guests left, and removes it; and withdraws a charge of it.

use motel_billing::commands::{self, ReceivedEvent, Wanted};
use motel_billing::{CARD_CONSENT, PaymentLink, Sum, queries};
use motel_bookings::{Booking, By};
use motel_kernel::{Currency, Money};
use motel_payments::{CardReference, EventKind, GatewayEvent, GatewayName, SavedCard};

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER, now};

impl Motel {
    /// Guests who pay a part at Stripe, and leave their card for the rest.
    async fn leave_a_card(&self, booking: &Booking) -> PaymentLink {
        let wanted = Wanted {
            sum: Sum::Whole,
            gateway: GatewayName::Stripe,
            consent: Some(CARD_CONSENT.version),
        };
        let mut tx = self.tx().await;
        let link = commands::prepare_link(&mut tx, booking, wanted, now())
            .await
            .unwrap();
        let event = GatewayEvent {
            event_id: "evt_1".to_owned(),
            kind: EventKind::Paid,
            gateway_reference: "cs_1".to_owned(),
            reference: link.id,
            refund: None,
            amount: Money::new(1_000, Currency::USD),
        };
        let received = ReceivedEvent {
            gateway: GatewayName::Stripe,
            event: &event,
            body: b"{}",
            received_at: now(),
        };
        commands::take_gateway_event(&mut tx, received)
            .await
            .unwrap();
        let card = SavedCard {
            reference: CardReference {
                customer: "cus_1".to_owned(),
                method: "pm_1".to_owned(),
            },
            brand: "visa".to_owned(),
            last_four: "4242".to_owned(),
            expires_year: 2030,
            expires_month: 8,
        };
        commands::keep_card(&mut tx, &link, card, now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        link
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_that_was_left_is_shown_and_removed() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let left = motel.leave_a_card(&booking).await;
    let page = format!("/console/bookings/{}", booking.code);
    let remove = format!("{page}/cards/{}/remove", left.id);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let seen = clerk.get(&page).await;
    for text in [
        "Visa ending in 4242, good until 08/2030",
        "Remove this card",
        &remove,
    ] {
        assert!(seen.shows(text), "{text}: {}", seen.html);
    }

    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    assert_eq!(stranger.post(&remove).await.status, 404);
    let other = motel.book("Bea Lund", 8, 1).await;
    let elsewhere = format!("/console/bookings/{}/cards/{}/remove", other.code, left.id);
    assert_eq!(clerk.post(&elsewhere).await.status, 404);
    assert_eq!(
        clerk.post(&format!("{page}/cards/x/remove")).await.status,
        404
    );

    let removed = clerk.post(&remove).await;
    assert_eq!(removed.location, format!("{page}?news=card_removed"));
    let after = clerk.get(&removed.location).await;
    assert!(after.shows("The card is removed.") && !after.shows("ending in 4242"));
    let mut tx = motel.tx().await;
    let cards = queries::cards(&mut tx, booking.id).await.unwrap();
    assert!(cards.iter().all(|card| !card.is_kept()), "{cards:?}");
    // Once more changes nothing.
    assert_eq!(clerk.post(&remove).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_of_a_kept_card_is_withdrawn_in_its_own_words() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    motel.leave_a_card(&booking).await;
    let mut tx = motel.tx().await;
    let by = By::system().because("a test");
    let charge = commands::request_charge(&mut tx, &booking, None, by, now()).await;
    let charge = charge.unwrap();
    tx.commit().await.unwrap();

    let page = format!("/console/bookings/{}", booking.code);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let seen = clerk.get(&page).await;
    for text in [
        "stripe, kept card",
        "The card is being charged",
        "Withdraw the charge",
    ] {
        assert!(seen.shows(text), "{text}: {}", seen.html);
    }
    assert!(!seen.shows("Withdraw the link"), "{}", seen.html);
    let revoke = format!("{page}/payments/{}/revoke", charge.id);
    let revoked = clerk.submit(&revoke, &[("reason", "they pay cash")]).await;
    assert_eq!(revoked.location, format!("{page}?news=charge_revoked"));
    let after = clerk.get(&revoked.location).await;
    assert!(after.shows("The charge is withdrawn."), "{}", after.html);
    assert!(!after.shows("Withdraw the charge"), "{}", after.html);
}

//! A guest who leaves a card for what is left to pay, and has it removed.

use motel_billing::commands::{ReceivedEvent, keep_card, put_deposit_policy, take_gateway_event};
use motel_billing::{CARD_CONSENT, Deposit, PaymentLink, queries};
use motel_kernel::BasisPoints;
use motel_payments::{CardReference, EventKind, GatewayEvent, GatewayName, SavedCard};

use crate::booking::book;
use crate::guest::Guest;
use crate::motel::{Motel, now};

impl Motel {
    async fn ask_for_deposits(&self) {
        let mut tx = self.tx().await;
        let third = Deposit::Share {
            share: BasisPoints::new(3_333).unwrap(),
            rest_due_days: 2,
        };
        put_deposit_policy(&mut tx, self.property, third)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn links(&self) -> Vec<PaymentLink> {
        let booking = self.bookings().await.remove(0);
        let mut tx = self.tx().await;
        let payments = queries::payments(&mut tx, booking.id).await.unwrap();
        payments.into_iter().map(|payment| payment.link).collect()
    }

    /// The gateway tells that a link was paid, and which card was left.
    async fn is_paid_by_card(&self, link: &PaymentLink) {
        let event = GatewayEvent {
            event_id: "evt_1".to_owned(),
            kind: EventKind::Paid,
            gateway_reference: "cs_1".to_owned(),
            reference: link.id,
            refund: None,
            amount: link.amount,
        };
        let received = ReceivedEvent {
            gateway: GatewayName::Stripe,
            event: &event,
            body: b"{}",
            received_at: now(),
        };
        let card = SavedCard {
            reference: CardReference {
                customer: "cus_1".to_owned(),
                method: "pm_1".to_owned(),
            },
            brand: "visa".to_owned(),
            last_four: "4242".to_owned(),
            expires_year: 2028,
            expires_month: 8,
        };
        let mut tx = self.tx().await;
        take_gateway_event(&mut tx, received).await.unwrap();
        keep_card(&mut tx, link, card, now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_kept_when_the_box_is_ticked_and_can_be_removed() {
    let motel = Motel::open().await;
    motel.ask_for_deposits().await;
    let mut guest = Guest::of(&motel);
    let (code, seen) = book(&mut guest).await;
    assert!(seen.shows(CARD_CONSENT.label), "{}", seen.html);
    assert_eq!(seen.html.matches("name=\"keep_card\"").count(), 1);
    let boxed = "name=\"keep_card\" value=\"yes\" aria-describedby=\"keep-card-text\">";
    assert!(seen.shows(boxed), "off by itself");
    assert_eq!(seen.html.matches("id=\"keep-card-text\"").count(), 1);

    let pay = format!("/booking/{code}/pay");
    guest.post(&pay, &[]).await;
    guest.post(&pay, &[("keep_card", "yes")]).await;
    let links = motel.links().await;
    let agreed: Vec<Option<&str>> = links
        .iter()
        .map(|link| link.consent().map(|consent| consent.version.as_str()))
        .collect();
    assert_eq!(agreed, [None, Some(CARD_CONSENT.version)]);

    motel.is_paid_by_card(&links[1]).await;
    let page = format!("/booking/{code}");
    let seen = guest.get(&page).await;
    assert!(seen.shows("ending in 4242"), "{}", seen.html);
    assert!(!seen.shows("keep_card"), "only the rest is left");
    let removed = guest.post(&format!("{page}/card/remove"), &[]).await;
    assert_eq!((removed.status, &removed.location), (303, &page));
    assert!(!guest.get(&page).await.shows("ending in 4242"));

    let mut stranger = Guest::of(&motel);
    let turned_away = stranger.post(&format!("{page}/card/remove"), &[]).await;
    assert!(turned_away.location.starts_with("/my-booking"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_box_is_offered_when_nothing_is_left_to_pay() {
    let motel = Motel::open().await;
    let (_, seen) = book(&mut Guest::of(&motel)).await;
    assert!(!seen.shows("keep_card"), "{}", seen.html);
}

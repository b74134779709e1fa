//! A clerk takes money at the desk, and gives back what came through a gateway.

use motel_billing::{PaymentLink, Sum, commands, queries};
use motel_bookings::Booking;
use motel_payments::{EventKind, GatewayEvent, GatewayName};

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER, now};

impl Motel {
    /// The booking, paid at Stripe.
    async fn pay(&self, booking: &Booking) -> PaymentLink {
        let stripe = GatewayName::Stripe;
        let mut tx = self.tx().await;
        let link = commands::prepare_payment_link(&mut tx, booking, Sum::Due, stripe, now()).await;
        let link = link.unwrap();
        let event = GatewayEvent {
            event_id: "evt_1".to_owned(),
            kind: EventKind::Paid,
            gateway_reference: "cs_1".to_owned(),
            reference: link.id,
            refund: None,
            amount: link.amount,
        };
        let received = commands::ReceivedEvent {
            gateway: stripe,
            event: &event,
            body: b"{}",
            received_at: now(),
        };
        commands::take_gateway_event(&mut tx, received)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        link
    }

    async fn balance(&self, booking: &Booking) -> i64 {
        let mut tx = self.tx().await;
        queries::account(&mut tx, booking)
            .await
            .unwrap()
            .balance
            .minor()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_taken_at_the_desk_is_posted_under_its_way() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let total = booking.total();
    let page = format!("/console/bookings/{}", booking.code);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let before = clerk.get(&page).await;
    let owed = format!("value=\"{}\"", total.to_decimal_string());
    assert!(
        before.shows(&owed),
        "what is owed is filled in: {}",
        before.html
    );
    assert!(before.shows("Nobody has opened a payment page"));

    let payments = format!("{page}/payments");
    let paid = clerk
        .submit(&payments, &[("amount", "100.00"), ("way", "cash")])
        .await;
    assert_eq!(
        (paid.status, paid.location),
        (303, format!("{page}?news=paid"))
    );
    assert_eq!(motel.balance(&booking).await, total.minor() - 10_000);
    let after = clerk.get(&format!("{page}?news=paid")).await;
    for text in ["The payment is posted.", "Cash", "-$100.00"] {
        assert!(after.shows(text), "{text}: {}", after.html);
    }

    for fields in [
        [("amount", "-5"), ("way", "cash")],
        [("amount", "5.005"), ("way", "cash")],
        [("amount", "5"), ("way", "promises")],
    ] {
        assert_eq!(
            clerk.submit(&payments, &fields).await.status,
            422,
            "{fields:?}"
        );
    }
    assert_eq!(motel.balance(&booking).await, total.minor() - 10_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_payment_is_given_back_and_never_more_than_is_left() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let link = motel.pay(&booking).await;
    let page = format!("/console/bookings/{}", booking.code);
    let refunds = format!("{page}/payments/{}/refunds", link.id);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let before = clerk.get(&page).await;
    let left = format!("Give back up to {}", link.amount);
    assert!(before.shows(&left), "{}", before.html);

    let some = [("amount", "10"), ("reason", "no hot water")];
    let given = clerk.submit(&refunds, &some).await;
    assert_eq!(
        (given.status, given.location),
        (303, format!("{page}?news=refunded"))
    );
    let after = clerk.get(&page).await;
    assert!(
        after.shows("$10.00 is on its way back (no hot water)"),
        "{}",
        after.html
    );

    let all = link.amount.to_decimal_string();
    let too_much = clerk
        .submit(&refunds, &[("amount", &all), ("reason", "all of it")])
        .await;
    assert_eq!(too_much.location, format!("{page}?news=above_paid"));
    assert!(
        clerk
            .get(&too_much.location)
            .await
            .shows("Nothing was given back.")
    );
    let nameless = clerk
        .submit(&refunds, &[("amount", "10"), ("reason", " ")])
        .await;
    assert_eq!(nameless.status, 422);
    let mut tx = motel.tx().await;
    let payment = queries::payment(&mut tx, link.id).await.unwrap().unwrap();
    assert_eq!(payment.refunds.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_strangers_nor_the_clerks_of_another_house_touch_the_money() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let link = motel.pay(&booking).await;
    let page = format!("/console/bookings/{}", booking.code);
    let paths = [
        (
            format!("{page}/payments"),
            [("amount", "10"), ("way", "cash")],
        ),
        (
            format!("{page}/payments/{}/refunds", link.id),
            [("amount", "10"), ("reason", "so")],
        ),
    ];
    let mut nobody = Clerk::at_the_door(&motel).await;
    let mut other = Clerk::signed_in(&motel, STRANGER).await;
    for (path, fields) in &paths {
        let sent_away = nobody.submit(path, fields).await;
        assert_ne!(
            sent_away.location,
            format!("{page}?news=paid"),
            "{sent_away:?}"
        );
        assert!(matches!(sent_away.status, 303 | 401), "{sent_away:?}");
        assert_eq!(other.submit(path, fields).await.status, 404, "{path}");
    }
    assert_eq!(motel.balance(&booking).await, 0);

    let second = motel.book("Bea Lima", 9, 1).await;
    let mixed = format!(
        "/console/bookings/{}/payments/{}/refunds",
        second.code, link.id
    );
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let fields = [("amount", "10"), ("reason", "of another booking")];
    assert_eq!(clerk.submit(&mixed, &fields).await.status, 404);
}

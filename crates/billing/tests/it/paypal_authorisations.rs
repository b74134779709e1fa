//! Money that is set aside at PayPal, whose page only asks.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use motel_billing::commands::{self, Aside};
use motel_billing::{Authorisation, BillingError, IntentState, PaymentDesk, jobs, queries};
use motel_bookings::{Booking, By};
use motel_kernel::PaymentLinkId;
use motel_payments::{GatewayName, Gateways};

use crate::fake_paypal::FakePayPal;
use crate::http::Served;
use crate::motel::{now, usd};

/// A booking whose guests were sent to an order at PayPal.
struct Sent {
    served: Served,
    paypal: FakePayPal,
    desk: PaymentDesk,
    booking: Booking,
    id: PaymentLinkId,
    order: String,
}

fn by() -> By {
    By::system().because("a test")
}

impl Sent {
    async fn open() -> Self {
        let paypal = FakePayPal::open();
        let gateways = Gateways::new(Arc::new(paypal.client()));
        let served = Served::with(|_| gateways.clone()).await;
        let desk = PaymentDesk::new(served.motel.test.db().clone(), gateways, &served.base);
        let booking = served.motel.book().await;
        let mut tx = served.motel.tx().await;
        let page = Aside::Page(GatewayName::PayPal);
        let asked =
            commands::request_authorisation(&mut tx, &booking, usd(20_000), page, by(), now())
                .await;
        tx.commit().await.unwrap();
        let id = asked.unwrap().payment.link.id;
        let url = desk.open_authorisation_page(id, now()).await.unwrap();
        Self {
            order: url.split_once("token=").unwrap().1.to_owned(),
            served,
            paypal,
            desk,
            booking,
            id,
        }
    }

    /// The guest agrees, and comes back to where PayPal was told to send them.
    async fn agree(&self) {
        self.paypal.approve(&self.order);
        let url = format!("{}/payments/returns/{}", self.served.base, self.id);
        let answer = self.served.client.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 303);
    }

    async fn found(&self) -> Authorisation {
        let mut tx = self.served.motel.tx().await;
        let found = queries::authorisation(&mut tx, self.id).await;
        found.unwrap().unwrap()
    }

    async fn state(&self) -> IntentState {
        self.found().await.payment.state
    }

    async fn capture(&self, minor: i64) {
        let mut tx = self.served.motel.tx().await;
        commands::want_capture(&mut tx, self.id, Some(usd(minor)), by(), now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn follow(&self) {
        let worker = self.served.worker();
        let clock = self.served.clock.clone();
        let worker = jobs::register_desk(worker, self.desk.clone(), clock);
        worker.run_until_idle().await.unwrap();
    }

    /// PayPal tells of what belongs to the order.
    async fn tell(&self, kind: &str, event: &str, part: &str) {
        let order = self.paypal.order(&self.order);
        let resource = &order["purchase_units"][0]["payments"][part][0];
        let body = FakePayPal::event(kind, event, resource);
        let url = format!("{}/payments/webhooks/paypal", self.served.base);
        let mut request = self.served.client.post(url).body(body.clone());
        for (name, value) in FakePayPal::sign(&body) {
            request = request.header(name, value);
        }
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_guest_agreed_to_is_set_aside_and_a_part_taken_once() {
    let sent = Sent::open().await;
    sent.agree().await;
    let aside = sent.found().await;
    assert_eq!(aside.payment.state, IntentState::Authorised);
    let until: DateTime<Utc> = "2026-12-30T15:00:04Z".parse().unwrap();
    assert_eq!(aside.set_aside.unwrap().until, until);
    // Coming back once more, and hearing of it, changes nothing.
    sent.agree().await;
    sent.tell("PAYMENT.AUTHORIZATION.CREATED", "WH-1", "authorizations")
        .await;
    assert_eq!(sent.state().await, IntentState::Authorised);
    assert_eq!(sent.paypal.requests("POST", "/authorize").len(), 1);

    sent.capture(7_500).await;
    sent.paypal.lose_the_answer("/capture");
    let lost = sent
        .desk
        .settle_authorisation(sent.served.motel.tenant, sent.id, now())
        .await;
    assert!(matches!(lost, Err(BillingError::Gateway(_))), "{lost:?}");
    assert_eq!(sent.state().await, IntentState::Capturing);
    // PayPal tells of it, and the job asks: it is posted once.
    sent.tell("PAYMENT.CAPTURE.COMPLETED", "WH-2", "captures")
        .await;
    sent.follow().await;
    let taken = sent.found().await.payment;
    assert_eq!(
        (taken.state, taken.paid),
        (IntentState::Succeeded, usd(7_500))
    );
    let owed = sent.booking.total().minor() - 7_500;
    assert_eq!(sent.served.motel.balance(&sent.booking).await, owed);
    assert_eq!(sent.paypal.requests("POST", "/capture").len(), 1);

    let refund = sent.served.motel.request_refund(sent.id, None).await;
    assert_eq!(refund.unwrap().amount, usd(7_500));
    sent.follow().await;
    assert_eq!(sent.state().await, IntentState::Refunded);
    assert_eq!(sent.served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_let_go_at_paypal_itself_is_noted() {
    let sent = Sent::open().await;
    sent.agree().await;
    sent.paypal.order_mut(&sent.order, |order| {
        let aside = &mut order["purchase_units"][0]["payments"]["authorizations"][0];
        aside["status"] = "VOIDED".into();
    });
    sent.tell("PAYMENT.AUTHORIZATION.VOIDED", "WH-1", "authorizations")
        .await;
    assert_eq!(sent.state().await, IntentState::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_paypal_forgot_or_denied_is_set_aside_no_more() {
    for is_forgotten in [true, false] {
        let sent = Sent::open().await;
        sent.agree().await;
        match is_forgotten {
            true => sent.paypal.forget(&sent.order),
            false => sent.paypal.order_mut(&sent.order, |order| {
                let aside = &mut order["purchase_units"][0]["payments"]["authorizations"][0];
                aside["status"] = "DENIED".into();
            }),
        }
        let tenant = sent.served.motel.tenant;
        let asked = sent.desk.settle_authorisation(tenant, sent.id, now()).await;
        asked.unwrap();
        assert_eq!(sent.state().await, IntentState::Cancelled);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_capture_leaves_the_money_aside_and_can_be_wanted_again() {
    let sent = Sent::open().await;
    sent.agree().await;
    sent.paypal.decline(&sent.order);
    sent.capture(7_500).await;
    sent.follow().await;
    let refused = sent.found().await;
    assert_eq!(refused.payment.state, IntentState::Authorised);
    assert_eq!(refused.wish, None);
    let why = refused.payment.failure.unwrap();
    assert!(why.contains("CAPTURE_DECLINED"), "{why}");

    sent.paypal.accept(&sent.order);
    sent.capture(7_500).await;
    sent.follow().await;
    assert_eq!(sent.state().await, IntentState::Succeeded);
    let owed = sent.booking.total().minor() - 7_500;
    assert_eq!(sent.served.motel.balance(&sent.booking).await, owed);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_is_not_set_aside_though_the_guest_agrees() {
    let sent = Sent::open().await;
    let mut tx = sent.served.motel.tx().await;
    commands::want_void(&mut tx, sent.id, by(), now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    sent.follow().await;
    sent.agree().await;
    assert_eq!(sent.paypal.requests("POST", "/authorize").len(), 0);
    let state = sent.state().await;
    assert!(!state.is_set_aside(), "{state}");
}

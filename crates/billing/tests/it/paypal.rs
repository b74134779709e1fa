//! A guest who pays by PayPal, over real HTTP, with a PayPal that keeps orders.

use std::sync::Arc;

use futures::future::join_all;
use motel_billing::{PaymentDesk, PostingKind, RefundState, queries};
use motel_bookings::Booking;
use motel_kernel::{Clock, PaymentLinkId};
use motel_payments::Gateways;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::fake_paypal::FakePayPal;
use crate::http::Served;

/// A booking with an order at PayPal.
struct Order {
    served: Served,
    paypal: FakePayPal,
    desk: PaymentDesk,
    booking: Booking,
    link: PaymentLinkId,
    id: String,
}

impl Order {
    async fn open() -> Self {
        let paypal = FakePayPal::open();
        let gateways = Gateways::new(Arc::new(paypal.client()));
        let served = Served::with(|_| gateways.clone()).await;
        let desk = PaymentDesk::new(served.motel.test.db().clone(), gateways, &served.base);
        let booking = served.motel.book().await;
        let made = served.link(booking.code.as_str()).await;
        assert_eq!(made.status(), StatusCode::CREATED);
        let made: Value = made.json().await.unwrap();
        let id = made["payment_url"].as_str().unwrap();
        Self {
            id: id.split_once("token=").unwrap().1.to_owned(),
            link: made["link_id"].as_str().unwrap().parse().unwrap(),
            served,
            paypal,
            desk,
            booking,
        }
    }

    /// The guest is sent back by PayPal to where it was told to send them.
    async fn come_back(&self) -> String {
        let asked = self
            .paypal
            .requests("POST", "/orders")
            .pop()
            .unwrap()
            .json();
        let context = &asked["payment_source"]["paypal"]["experience_context"];
        let url = context["return_url"].as_str().unwrap();
        let url = format!("{url}?token={}&PayerID=7E7MGXCWTTKK2", self.id);
        let answer = self.served.client.get(url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    fn part(&self, pointer: &str) -> Value {
        let order = self.paypal.order(&self.id);
        order.pointer(pointer).unwrap().clone()
    }

    fn capture(&self) -> Value {
        self.part("/purchase_units/0/payments/captures/0")
    }

    async fn tell(&self, kind: &str, id: &str, resource: &Value) -> StatusCode {
        let body = FakePayPal::event(kind, id, resource);
        self.send(&FakePayPal::sign(&body), body).await
    }

    async fn send(&self, headers: &[(&'static str, String)], body: Vec<u8>) -> StatusCode {
        let url = format!("{}/payments/webhooks/paypal", self.served.base);
        let mut request = self.served.client.post(url).body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        request.send().await.unwrap().status()
    }

    async fn reconcile(&self) {
        let mut admin = self.served.motel.test.admin().await;
        for table in ["payment_intents", "refunds"] {
            let due = diesel::sql_query(format!("UPDATE billing.{table} SET ask_at = now()"));
            diesel_async::RunQueryDsl::execute(due, &mut admin)
                .await
                .unwrap();
        }
        self.desk.reconcile(self.served.clock.now()).await.unwrap();
    }

    async fn balance(&self) -> i64 {
        self.served.motel.balance(&self.booking).await
    }

    async fn lines(&self, kind: PostingKind) -> usize {
        let account = self.served.motel.account(&self.booking).await;
        account
            .postings
            .iter()
            .filter(|line| line.kind == kind)
            .count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_agrees_comes_back_and_has_paid_once_however_often_it_is_told() {
    let order = Order::open().await;
    assert_eq!(order.served.state().await, "requires_action");
    // Coming back proves nothing.
    order.come_back().await;
    assert_eq!(order.balance().await, 42_112);
    order.paypal.approve(&order.id);
    let page = order.come_back().await;
    assert_eq!(
        page,
        format!("{}/booking/{}", order.served.base, order.booking.code)
    );
    assert_eq!(order.balance().await, 0);
    assert_eq!(order.served.state().await, "succeeded");
    let asked = order.paypal.requests("POST", "/capture").pop().unwrap();
    let key = &asked.headers["paypal-request-id"];
    assert_eq!(*key, format!("capture-{}", order.link));

    let capture = order.capture();
    let told = (0..20).map(|nth| {
        let id = format!("WH-{}", nth % 3);
        let capture = &capture;
        let order = &order;
        async move { order.tell("PAYMENT.CAPTURE.COMPLETED", &id, capture).await }
    });
    assert!(
        join_all(told)
            .await
            .iter()
            .all(|status| *status == StatusCode::OK)
    );
    order.come_back().await;
    order.reconcile().await;
    assert_eq!(order.lines(PostingKind::Payment).await, 1);
    assert_eq!(order.balance().await, 0);
    assert_eq!(order.served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_that_paypal_tells_of_is_taken_also_after_a_decline() {
    let order = Order::open().await;
    order.paypal.approve(&order.id);
    order.paypal.decline(&order.id);
    order.come_back().await;
    assert_eq!(order.balance().await, 42_112);
    assert_eq!(order.served.state().await, "requires_action");
    order.paypal.accept(&order.id);
    let resource = order.paypal.order(&order.id);
    for _ in 0..2 {
        let status = order
            .tell("CHECKOUT.ORDER.APPROVED", "WH-A", &resource)
            .await;
        assert_eq!(status, StatusCode::OK);
    }
    assert_eq!(order.balance().await, 0);
    assert_eq!(order.lines(PostingKind::Payment).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_was_taken_while_the_line_was_dead_is_found() {
    let order = Order::open().await;
    order.paypal.approve(&order.id);
    order.paypal.lose_the_answer("/capture");
    order.come_back().await;
    assert_eq!(order.balance().await, 42_112);
    assert_eq!(order.capture()["status"], "COMPLETED");
    order.reconcile().await;
    assert_eq!(order.balance().await, 0);
    // And the webhook comes late.
    order
        .tell("PAYMENT.CAPTURE.COMPLETED", "WH-1", &order.capture())
        .await;
    assert_eq!(order.lines(PostingKind::Payment).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_owed_is_not_taken() {
    let order = Order::open().await;
    order.paypal.approve(&order.id);
    let cancelled = order
        .served
        .motel
        .cancel(&order.booking, crate::motel::now())
        .await;
    order.served.motel.keep(&cancelled).await;
    order.come_back().await;
    order.reconcile().await;
    assert!(order.paypal.requests("POST", "/capture").is_empty());
    assert_eq!(order.balance().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_sent_found_and_told_and_counts_once() {
    let order = Order::open().await;
    order.paypal.approve(&order.id);
    order.come_back().await;
    let motel = &order.served.motel;
    let refund = motel
        .request_refund(order.link, Some(10_000))
        .await
        .unwrap();
    order.paypal.lose_the_answer("/refund");
    let sent = order
        .desk
        .send_refund(motel.tenant, refund.id, order.served.clock.now())
        .await;
    assert!(sent.is_err());
    let theirs = order.part("/purchase_units/0/payments/refunds/0");
    // PayPal tells of it before we ask.
    for id in ["WH-R1", "WH-R1", "WH-R2"] {
        let status = order.tell("PAYMENT.CAPTURE.REFUNDED", id, &theirs).await;
        assert_eq!(status, StatusCode::OK);
    }
    order.reconcile().await;
    let mut tx = motel.tx().await;
    let known = queries::refund(&mut tx, refund.id).await.unwrap().unwrap();
    drop(tx);
    assert_eq!(known.state, RefundState::Succeeded);
    assert_eq!(known.gateway_reference.as_deref(), theirs["id"].as_str());
    assert_eq!(order.balance().await, 10_000);
    assert_eq!(order.lines(PostingKind::Refund).await, 1);
    assert_eq!(motel.payment(order.link).await.refunds.len(), 1);
    // Another one, of which nobody tells.
    motel.request_refund(order.link, None).await.unwrap();
    order.paypal.lose_the_answer("/refund");
    order.reconcile().await;
    order.reconcile().await;
    assert_eq!(order.served.state().await, "refunded");
    let all = order.part("/purchase_units/0/payments/refunds");
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_told_before_its_payment_ends_in_the_same_books() {
    let order = Order::open().await;
    order.paypal.approve(&order.id);
    // Taken at PayPal, and nobody told us.
    order.paypal.lose_the_answer("/capture");
    order.come_back().await;
    let capture = order.capture();
    let refund = json!({
        "id": "1JU08902781691411", "status": "COMPLETED", "amount": {"currency_code": "USD", "value": "5.00"},
        "links": [{"href": format!("https://api.paypal.com/v2/payments/captures/{}", capture["id"].as_str().unwrap()), "rel": "up", "method": "GET"}],
    });
    assert_eq!(
        order
            .tell("PAYMENT.CAPTURE.REFUNDED", "WH-2", &refund)
            .await,
        StatusCode::OK
    );
    assert_eq!(
        order
            .tell("PAYMENT.CAPTURE.COMPLETED", "WH-1", &capture)
            .await,
        StatusCode::OK
    );
    assert_eq!(order.balance().await, 500);
    assert_eq!(order.served.state().await, "succeeded");
    // Reversed by PayPal: gone for good.
    let mut reversed = refund.clone();
    reversed["id"] = json!("9JU08902781691499");
    assert_eq!(
        order
            .tell("PAYMENT.CAPTURE.REVERSED", "WH-3", &reversed)
            .await,
        StatusCode::OK
    );
    assert_eq!(order.balance().await, 1_000);
    assert_eq!(order.served.state().await, "disputed");
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_events_and_links_of_nobody_change_nothing() {
    let order = Order::open().await;
    order.paypal.approve(&order.id);
    let body = FakePayPal::event(
        "PAYMENT.CAPTURE.COMPLETED",
        "WH-1",
        &json!({
            "id": "CAP1", "status": "COMPLETED", "custom_id": order.link,
            "amount": {"currency_code": "USD", "value": "421.12"},
            "supplementary_data": {"related_ids": {"order_id": order.id}},
        }),
    );
    let genuine = FakePayPal::sign(&body);
    let mut forged = genuine.clone();
    forged[3].1 = "AAAA".to_owned();
    assert_eq!(
        order.send(&forged, body.clone()).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        order.send(&genuine[..4], body.clone()).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(order.send(&[], body.clone()).await, StatusCode::FORBIDDEN);
    order.paypal.lose_the_answer("/verify-webhook-signature");
    let unsure = order.send(&genuine, body).await;
    assert_eq!(unsure, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(order.balance().await, 42_112);
    let kept = "SELECT count(*) FROM billing.gateway_events";
    assert_eq!(order.served.motel.number(kept).await, 0);
    for nobody in ["x".to_owned(), PaymentLinkId::new().to_string()] {
        let answer = order
            .served
            .get(&format!("/payments/returns/{nobody}"))
            .await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
}

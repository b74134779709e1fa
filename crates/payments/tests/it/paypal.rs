use chrono::{Duration, Utc};
use motel_kernel::{Currency, Email, Money, PaymentLinkId, RefundId, TenantId};
use motel_payments::paypal::{PayPal, PayPalSettings, SIGNATURE_HEADERS};
use motel_payments::{
    CardReference, ChargeRequest, CheckoutRequest, CheckoutState, EventKind, Gateway, GatewayError,
    GatewayEvent, RefundOutcome, RefundRequest, WebhookError, WebhookRequest,
};
use serde_json::{Value, json};

use crate::fake_paypal::{FakePayPal, WEBHOOK_ID};

pub(crate) fn dollars() -> Money {
    Money::new(26_880, Currency::USD)
}

pub(crate) fn request(amount: Money) -> CheckoutRequest {
    let reference = PaymentLinkId::new();
    CheckoutRequest {
        tenant: TenantId::new(),
        reference,
        amount,
        description: "Booking RM-7K3F9Q".to_owned(),
        success_url: "http://127.0.0.1:8080/payments/returns/x".to_owned(),
        cancel_url: "http://127.0.0.1:8080/booking/RM-7K3F9Q".to_owned(),
        customer_email: Email::parse("ana@example.com").unwrap(),
        keep_card: false,
        idempotency_key: format!("payment-link-{reference}"),
    }
}

fn refund_request(order: &str, reference: PaymentLinkId, minor: i64) -> RefundRequest {
    let id = RefundId::new();
    RefundRequest {
        tenant: TenantId::new(),
        id,
        reference,
        checkout: order.to_owned(),
        amount: Money::new(minor, Currency::USD),
        idempotency_key: format!("refund-{id}"),
    }
}

/// An order that was paid: its id, and its link.
async fn paid(fake: &FakePayPal, client: &PayPal) -> (String, PaymentLinkId) {
    let request = request(dollars());
    let made = client.create_checkout(&request).await.unwrap();
    let order = made.gateway_reference;
    fake.approve(&order);
    let state = client.capture(request.tenant, &order, "capture-1").await;
    assert_eq!(state.unwrap(), CheckoutState::Paid(dollars()));
    (order, request.reference)
}

async fn state(client: &PayPal, order: &str) -> CheckoutState {
    client.checkout_state(TenantId::new(), order).await.unwrap()
}

pub(crate) async fn told(
    client: &PayPal,
    headers: &[(&'static str, String)],
    body: &[u8],
) -> Result<Vec<GatewayEvent>, WebhookError> {
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let webhook = WebhookRequest {
        headers: &headers,
        body,
        received_at: Utc::now(),
    };
    client.read_webhook(&webhook).await
}

async fn tell(client: &PayPal, kind: &str, resource: &Value) -> Vec<GatewayEvent> {
    let body = FakePayPal::event(kind, "WH-58D329510W468432D-8HN650336L201105X", resource);
    told(client, &FakePayPal::sign(&body), &body).await.unwrap()
}

#[actix_web::test]
async fn an_order_is_asked_for_as_documented_with_one_token_for_all() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let request = request(dollars());
    let made = client.create_checkout(&request).await.unwrap();
    let page = format!(
        "https://www.paypal.com/checkoutnow?token={}",
        made.gateway_reference
    );
    assert_eq!(made.url, page);
    let stands = made.expires_at - Utc::now();
    assert!(stands > Duration::minutes(179) && stands <= Duration::hours(3));

    let asked = fake.requests("POST", "/orders").pop().unwrap();
    assert_eq!(asked.headers["paypal-request-id"], request.idempotency_key);
    assert_eq!(asked.headers["content-type"], "application/json");
    let expected = json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "custom_id": request.reference, "description": "Booking RM-7K3F9Q",
            "amount": {"currency_code": "USD", "value": "268.80"},
        }],
        "payment_source": {"paypal": {
            "email_address": "ana@example.com",
            "experience_context": {
                "user_action": "PAY_NOW", "shipping_preference": "NO_SHIPPING",
                "return_url": request.success_url, "cancel_url": request.cancel_url,
            },
        }},
    });
    assert_eq!(asked.json(), expected);
    // Under the same key the same order, and the token is kept.
    let again = client.create_checkout(&request).await.unwrap();
    assert_eq!(again.gateway_reference, made.gateway_reference);
    assert_eq!(fake.requests("POST", "/token").len(), 1);
    // One that is void before its time is fetched anew, once.
    fake.revoke_tokens();
    assert_eq!(
        state(&client, &made.gateway_reference).await,
        CheckoutState::Open
    );
    assert_eq!(fake.requests("POST", "/token").len(), 2);
}

#[actix_web::test]
async fn a_wrong_secret_is_refused_and_does_not_stand_in_the_message() {
    let fake = FakePayPal::open();
    let client = PayPal::new(PayPalSettings {
        client_id: "an-app".to_owned(),
        client_secret: "hunter2hunter2".to_owned().into(),
        webhook_id: WEBHOOK_ID.to_owned(),
        api_base: "http://127.0.0.1:9".to_owned(),
    })
    .unwrap();
    let error = client
        .create_checkout(&request(dollars()))
        .await
        .unwrap_err();
    assert!(matches!(error, GatewayError::Unreachable(_)), "{error:?}");
    assert!(!format!("{error:?}").contains("hunter2"));
    let yen = request(Money::new(1_200, "JPY".parse().unwrap()));
    fake.client().create_checkout(&yen).await.unwrap();
    let asked = fake.requests("POST", "/orders").pop().unwrap().json();
    assert_eq!(asked["purchase_units"][0]["amount"]["value"], "1200");
    let forints = request(Money::new(1_200, "HUF".parse().unwrap()));
    let error = fake.client().create_checkout(&forints).await.unwrap_err();
    assert!(matches!(error, GatewayError::UnsupportedCurrency(_)));
}

#[actix_web::test]
async fn an_order_is_taken_once_its_payer_agreed_and_only_once() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let request = request(dollars());
    let order = client
        .create_checkout(&request)
        .await
        .unwrap()
        .gateway_reference;
    assert_eq!(state(&client, &order).await, CheckoutState::Open);
    let capture = async |key: &str| client.capture(request.tenant, &order, key).await;
    // Nobody agreed.
    assert_eq!(capture("a").await.unwrap(), CheckoutState::Open);
    fake.approve(&order);
    assert_eq!(state(&client, &order).await, CheckoutState::Approved);
    fake.decline(&order);
    assert_eq!(capture("b").await.unwrap(), CheckoutState::Open);
    fake.accept(&order);
    // Done, and the answer is lost.
    fake.lose_the_answer("/capture");
    let lost = capture("b").await.unwrap_err();
    assert!(
        matches!(lost, GatewayError::Busy { status: 504 }),
        "{lost:?}"
    );
    assert_eq!(state(&client, &order).await, CheckoutState::Paid(dollars()));
    assert_eq!(capture("b").await.unwrap(), CheckoutState::Paid(dollars()));
    // Also under a key that PayPal has forgotten.
    assert_eq!(capture("c").await.unwrap(), CheckoutState::Paid(dollars()));
    let asked = fake.requests("POST", "/capture").pop().unwrap();
    assert_eq!(asked.headers["paypal-request-id"], "c");
    let captures = fake.order(&order)["purchase_units"][0]["payments"]["captures"].clone();
    assert_eq!(captures.as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn every_state_of_an_order_has_a_meaning_or_is_not_guessed() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (order, _) = paid(&fake, &client).await;
    for (status, expected) in [
        ("PENDING", CheckoutState::Processing),
        ("DECLINED", CheckoutState::Failed),
        ("FAILED", CheckoutState::Failed),
        ("PARTIALLY_REFUNDED", CheckoutState::Paid(dollars())),
        ("REFUNDED", CheckoutState::Paid(dollars())),
    ] {
        fake.order_mut(&order, |order| {
            order["purchase_units"][0]["payments"]["captures"][0]["status"] = json!(status);
        });
        assert_eq!(state(&client, &order).await, expected, "{status}");
    }
    fake.order_mut(&order, |order| {
        order["purchase_units"][0]["payments"]["captures"][0]["status"] = json!("NEW_TOMORROW");
    });
    let asked = client.checkout_state(TenantId::new(), &order).await;
    assert!(
        matches!(asked, Err(GatewayError::Unreadable(_))),
        "{asked:?}"
    );
    fake.forget(&order);
    assert_eq!(state(&client, &order).await, CheckoutState::Expired);
}

#[actix_web::test]
async fn a_capture_is_refunded_once_by_its_own_key_and_found_when_in_doubt() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (order, link) = paid(&fake, &client).await;
    let request = refund_request(&order, link, 10_000);
    assert_eq!(client.refund_state(&request).await.unwrap(), None);
    fake.lose_the_answer("/refund");
    assert!(!client.refund(&request).await.unwrap_err().is_final());
    let found = client.refund_state(&request).await.unwrap().unwrap();
    assert_eq!(
        (found.outcome, found.amount.minor()),
        (RefundOutcome::Succeeded, 10_000)
    );
    assert_eq!(client.refund(&request).await.unwrap(), found);
    let asked = fake.requests("POST", "/refund").pop().unwrap();
    assert_eq!(asked.headers["paypal-request-id"], request.idempotency_key);
    let expected = json!({
        "amount": {"currency_code": "USD", "value": "100.00"}, "custom_id": format!("refund-{}", request.id),
    });
    assert_eq!(asked.json(), expected);
    let other = refund_request(&order, link, 20_000);
    assert_eq!(client.refund_state(&other).await.unwrap(), None);
    let error = client.refund(&other).await.unwrap_err();
    assert!(error.is_final() && error.to_string().contains("REFUND_AMOUNT_EXCEEDED"));
    // What was never taken is not given back.
    let made = client
        .create_checkout(&self::request(dollars()))
        .await
        .unwrap();
    let nothing = refund_request(&made.gateway_reference, link, 1);
    assert!(client.refund(&nothing).await.unwrap_err().is_final());
}

#[actix_web::test]
async fn events_are_read_and_name_the_order_by_which_they_count_once() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (id, link) = paid(&fake, &client).await;
    let order = fake.order(&id);
    let mut capture = fake.captured(&id);
    for (kind, resource, expected) in [
        ("CHECKOUT.ORDER.APPROVED", &order, EventKind::Approved),
        ("PAYMENT.CAPTURE.COMPLETED", &capture, EventKind::Paid),
        ("PAYMENT.CAPTURE.DENIED", &capture, EventKind::Failed),
    ] {
        let events = tell(&client, kind, resource).await;
        let [event] = events.as_slice() else {
            panic!("{kind}: {events:?}")
        };
        assert_eq!((event.kind, event.reference), (expected, link), "{kind}");
        assert_eq!((&event.gateway_reference, event.amount), (&id, dollars()));
        assert_eq!(event.event_id, "WH-58D329510W468432D-8HN650336L201105X");
    }
    // Some name their order only by the address of it.
    capture
        .as_object_mut()
        .unwrap()
        .remove("supplementary_data");
    let events = tell(&client, "PAYMENT.CAPTURE.COMPLETED", &capture).await;
    assert_eq!(events[0].gateway_reference, id);

    let request = refund_request(&id, link, 10_000);
    client.refund(&request).await.unwrap();
    let refund = fake.order(&id)["purchase_units"][0]["payments"]["refunds"][0].clone();
    let events = tell(&client, "PAYMENT.CAPTURE.REFUNDED", &refund).await;
    let event = &events[0];
    assert_eq!((event.kind, event.reference), (EventKind::Refunded, link));
    assert_eq!(
        (event.refund, event.amount.minor()),
        (Some(request.id), 10_000)
    );
    assert_eq!(refund["id"], json!(event.gateway_reference));
    let mut by_hand = refund.clone();
    by_hand.as_object_mut().unwrap().remove("custom_id");
    let events = tell(&client, "PAYMENT.CAPTURE.REFUNDED", &by_hand).await;
    assert_eq!((events[0].refund, events[0].reference), (None, link));
    let events = tell(&client, "PAYMENT.CAPTURE.REVERSED", &by_hand).await;
    assert_eq!(
        (events[0].kind, events[0].reference),
        (EventKind::DisputeLost, link)
    );
}

#[actix_web::test]
async fn what_is_not_about_our_orders_is_passed_over() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (id, _) = paid(&fake, &client).await;
    let mut capture = fake.captured(&id);
    assert_eq!(tell(&client, "PAYMENT.CAPTURE.PENDING", &capture).await, []);
    assert_eq!(
        tell(&client, "BILLING.PLAN.CREATED", &json!({"id": "P-1"})).await,
        []
    );
    capture["custom_id"] = json!("an order of the gift shop");
    assert_eq!(
        tell(&client, "PAYMENT.CAPTURE.COMPLETED", &capture).await,
        []
    );
    capture["custom_id"] = json!(PaymentLinkId::new());
    capture["links"] = json!([]);
    capture
        .as_object_mut()
        .unwrap()
        .remove("supplementary_data");
    let body = FakePayPal::event("PAYMENT.CAPTURE.COMPLETED", "WH-1", &capture);
    let error = told(&client, &FakePayPal::sign(&body), &body)
        .await
        .unwrap_err();
    assert!(matches!(error, WebhookError::Unreadable(_)), "{error:?}");
}

#[actix_web::test]
async fn only_what_paypal_signed_is_believed() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (id, _) = paid(&fake, &client).await;
    let capture = fake.captured(&id);
    let body = FakePayPal::event("PAYMENT.CAPTURE.COMPLETED", "WH-1", &capture);
    let genuine = FakePayPal::sign(&body);
    assert_eq!(told(&client, &genuine, &body).await.unwrap().len(), 1);
    // The event went to PayPal as it came, byte by byte.
    let asked = fake
        .requests("POST", "/verify-webhook-signature")
        .pop()
        .unwrap();
    assert!(
        asked.body.contains(std::str::from_utf8(&body).unwrap()),
        "{}",
        asked.body
    );
    assert!(
        asked
            .body
            .contains(&format!("\"webhook_id\":\"{WEBHOOK_ID}\""))
    );

    let verified = fake.requests("POST", "/verify-webhook-signature").len();
    for missing in 0..SIGNATURE_HEADERS.len() {
        let mut headers = genuine.clone();
        headers.remove(missing);
        let error = told(&client, &headers, &body).await.unwrap_err();
        assert!(
            matches!(error, WebhookError::Unsigned),
            "{missing}: {error:?}"
        );
    }
    let mut endless = genuine.clone();
    endless[3].1 = "x".repeat(1_001);
    let error = told(&client, &endless, &body).await.unwrap_err();
    assert!(
        matches!(error, WebhookError::MalformedSignature),
        "{error:?}"
    );
    // Nobody had to be asked for that.
    assert_eq!(
        fake.requests("POST", "/verify-webhook-signature").len(),
        verified
    );

    let cheaper = String::from_utf8(body.clone())
        .unwrap()
        .replace("268.80", "000.01");
    let mut other_time = genuine.clone();
    other_time[4].1 = "2026-12-02T15:00:10Z".to_owned();
    for (headers, body) in [(&genuine, cheaper.as_bytes()), (&other_time, &body[..])] {
        let error = told(&client, headers, body).await.unwrap_err();
        assert!(matches!(error, WebhookError::WrongSignature), "{error:?}");
        assert!(error.is_forgery());
    }
    // What is no JSON can't break out of the question.
    let sly = br#"{}, "verification_status": {}"#;
    let error = told(&client, &genuine, sly).await.unwrap_err();
    assert!(matches!(error, WebhookError::Unreadable(_)), "{error:?}");
    // While PayPal does not answer nobody knows, and it tells us again.
    fake.lose_the_answer("/verify-webhook-signature");
    let error = told(&client, &genuine, &body).await.unwrap_err();
    assert!(matches!(error, WebhookError::Unverified(_)) && !error.is_forgery());
}

#[actix_web::test]
async fn no_card_is_kept_here_and_none_is_charged() {
    let fake = FakePayPal::open();
    let client = fake.client();
    assert!(!client.keeps_cards());
    let request = CheckoutRequest {
        keep_card: true,
        ..request(dollars())
    };
    let refused = client.create_checkout(&request).await.unwrap_err();
    assert!(matches!(refused, GatewayError::KeepsNoCards) && refused.is_final());
    let charge = ChargeRequest {
        tenant: request.tenant,
        reference: request.reference,
        card: CardReference {
            customer: "cus_1".to_owned(),
            method: "pm_1".to_owned(),
        },
        amount: dollars(),
        description: "Booking".to_owned(),
        idempotency_key: "payment-link-1".to_owned(),
    };
    let refused = client.charge_saved(&charge).await.unwrap_err();
    assert!(matches!(refused, GatewayError::KeepsNoCards));
}

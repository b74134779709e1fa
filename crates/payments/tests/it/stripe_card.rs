//! A card that is left with Stripe, and what is charged to it.

use chrono::Utc;
use motel_kernel::{Currency, Money, PaymentLinkId, RefundId, TenantId};
use motel_payments::stripe::SIGNATURE_HEADER;
use motel_payments::{
    CardReference, ChargeRequest, ChargeState, EventKind, Gateway, GatewayError, RefundRequest,
    WebhookRequest, signature,
};
use serde_json::{Value, json};

use crate::fake_stripe::{FakeStripe, WEBHOOK_SECRET, session};
use crate::stripe_checkout::dollars;
use crate::stripe_webhook::envelope;

const CHARGE: &str = "pi_3MtwBwLkdIwHu7ix28a3tqPa";

pub(crate) fn request() -> ChargeRequest {
    let reference = PaymentLinkId::new();
    ChargeRequest {
        tenant: TenantId::new(),
        reference,
        card: CardReference {
            customer: "cus_NffrFeUfNV2Hib".to_owned(),
            method: "pm_1MtwBwLkdIwHu7ix".to_owned(),
        },
        amount: Money::new(28_076, Currency::USD),
        description: "Booking RM-7K3F9Q".to_owned(),
        idempotency_key: format!("payment-link-{reference}"),
    }
}

/// A payment as published, charged to a kept card.
fn charge(reference: PaymentLinkId, status: &str) -> Value {
    json!({
        "id": CHARGE,
        "object": "payment_intent",
        "amount": 28076,
        "amount_capturable": 0,
        "amount_received": if status == "succeeded" { 28076 } else { 0 },
        "capture_method": "automatic",
        "confirmation_method": "automatic",
        "created": 1_795_255_200,
        "currency": "usd",
        "customer": "cus_NffrFeUfNV2Hib",
        "last_payment_error": null,
        "latest_charge": "ch_3MtwBwLkdIwHu7ix",
        "livemode": false,
        "metadata": {"payment_link_id": reference, "kept_card": "true"},
        "payment_method": "pm_1MtwBwLkdIwHu7ix",
        "payment_method_types": ["card"],
        "setup_future_usage": null,
        "status": status,
    })
}

pub(crate) fn card_error(code: &str) -> Value {
    json!({"error": {
        "code": code,
        "decline_code": "generic_decline",
        "message": "Your card was declined.",
        "payment_intent": {"id": CHARGE, "object": "payment_intent", "status": "requires_payment_method"},
        "type": "card_error",
    }})
}

fn paid() -> ChargeState {
    ChargeState::Paid {
        gateway_reference: CHARGE.to_owned(),
        amount: Money::new(28_076, Currency::USD),
    }
}

#[actix_web::test]
async fn a_page_keeps_the_card_only_when_its_payer_agreed() {
    for keep_card in [false, true] {
        let request = motel_payments::CheckoutRequest {
            keep_card,
            ..dollars()
        };
        let fake = FakeStripe::answering(200, session(&request.reference.to_string()));
        fake.client().create_checkout(&request).await.unwrap();
        let asked = fake.requests().pop().unwrap();
        let field = |name: &str| {
            let mut fields = asked.form.iter();
            let found = fields.find(|(key, _)| key == name);
            found.map(|(_, value)| value.as_str())
        };
        let usage = field("payment_intent_data[setup_future_usage]");
        let kept = (usage, field("customer_creation"));
        match keep_card {
            true => assert_eq!(kept, (Some("off_session"), Some("always"))),
            false => assert_eq!(kept, (None, None)),
        }
    }
}

#[actix_web::test]
async fn what_was_left_is_read_with_the_session() {
    let mut left = session("01a1fe01-5f03-71ef-a6b9-573a1400ad94");
    left["customer"] = json!("cus_NffrFeUfNV2Hib");
    left["payment_intent"] = json!({
        "id": CHARGE, "object": "payment_intent", "setup_future_usage": "off_session",
        "payment_method": {
            "id": "pm_1MtwBwLkdIwHu7ix", "object": "payment_method", "type": "card",
            "card": {"brand": "visa", "exp_month": 8, "exp_year": 2028, "funding": "credit", "last4": "4242"},
        },
    });
    let fake = FakeStripe::answering(200, left.clone());
    let read = fake.client().saved_card(TenantId::new(), "cs_1").await;
    let card = read.unwrap().unwrap();
    assert_eq!(card.reference, request().card);
    assert_eq!(
        (card.brand.as_str(), card.last_four.as_str()),
        ("visa", "4242")
    );
    assert_eq!((card.expires_year, card.expires_month), (2028, 8));
    let asked = fake.requests().pop().unwrap();
    assert_eq!(asked.path, "/v1/checkout/sessions/cs_1");
    assert_eq!(asked.query, "expand%5B%5D=payment_intent.payment_method");

    let nothing: [(&str, Value); 4] = [
        ("/customer", json!(null)),
        ("/payment_intent", json!(null)),
        ("/payment_intent/setup_future_usage", json!(null)),
        ("/payment_intent/payment_method/card", json!(null)),
    ];
    for (at, value) in nothing {
        let mut without = left.clone();
        *without.pointer_mut(at).unwrap() = value;
        let fake = FakeStripe::answering(200, without);
        let read = fake.client().saved_card(TenantId::new(), "cs_1").await;
        assert_eq!(read.unwrap(), None, "{at}");
    }
    let mut odd = left;
    *odd.pointer_mut("/payment_intent/payment_method/card/last4")
        .unwrap() = json!("4242424242424242");
    let fake = FakeStripe::answering(200, odd);
    let read = fake.client().saved_card(TenantId::new(), "cs_1").await;
    assert!(
        matches!(read, Err(GatewayError::Unreadable(_))),
        "never a card number"
    );
}

#[actix_web::test]
async fn a_kept_card_is_charged_as_documented_and_by_its_own_key() {
    let request = request();
    let fake = FakeStripe::answering(200, charge(request.reference, "succeeded"));
    assert_eq!(fake.client().charge_saved(&request).await.unwrap(), paid());
    let asked = fake.requests().pop().unwrap();
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("POST", "/v1/payment_intents")
    );
    assert_eq!(asked.header("idempotency-key"), request.idempotency_key);
    let link = request.reference.to_string();
    for (field, value) in [
        ("amount", "28076"),
        ("currency", "usd"),
        ("customer", "cus_NffrFeUfNV2Hib"),
        ("payment_method", "pm_1MtwBwLkdIwHu7ix"),
        ("payment_method_types[0]", "card"),
        ("confirm", "true"),
        ("off_session", "true"),
        ("metadata[payment_link_id]", link.as_str()),
        ("metadata[kept_card]", "true"),
    ] {
        assert_eq!(asked.field(field), value, "{field}");
    }
}

#[actix_web::test]
async fn a_refused_card_is_an_answer_and_a_refused_request_is_none() {
    for (code, expected) in [
        ("authentication_required", ChargeState::PayerNeeded),
        (
            "card_declined",
            ChargeState::Declined {
                code: "card_declined".to_owned(),
            },
        ),
        (
            "expired_card",
            ChargeState::Declined {
                code: "expired_card".to_owned(),
            },
        ),
    ] {
        let fake = FakeStripe::answering(402, card_error(code));
        let answer = fake.client().charge_saved(&request()).await;
        assert_eq!(answer.unwrap(), expected);
    }
    let fake = FakeStripe::answering(400, card_error("resource_missing"));
    let answer = fake.client().charge_saved(&request()).await.unwrap_err();
    assert!(answer.is_final(), "{answer:?}");
    let fake = FakeStripe::answering(500, card_error("api_error"));
    let answer = fake.client().charge_saved(&request()).await.unwrap_err();
    assert!(!answer.is_final(), "nobody knows: {answer:?}");
}

#[actix_web::test]
async fn a_charge_nobody_heard_of_is_found_among_those_of_its_customer() {
    let request = request();
    for (status, code, expected) in [
        ("succeeded", None, paid()),
        ("processing", None, ChargeState::Processing),
        ("requires_action", None, ChargeState::PayerNeeded),
        (
            "requires_payment_method",
            Some("authentication_required"),
            ChargeState::PayerNeeded,
        ),
        (
            "requires_payment_method",
            Some("card_declined"),
            ChargeState::Declined {
                code: "card_declined".to_owned(),
            },
        ),
        (
            "canceled",
            None,
            ChargeState::Declined {
                code: "canceled".to_owned(),
            },
        ),
    ] {
        let mut ours = charge(request.reference, status);
        if let Some(code) = code {
            ours["last_payment_error"] = json!({"code": code, "type": "card_error"});
        }
        // The payment on the page where the card was left is no charge, whatever it names.
        let mut page = charge(request.reference, "succeeded");
        page["metadata"] = json!({"payment_link_id": request.reference});
        let others = json!({"object": "list", "has_more": false,
            "data": [charge(PaymentLinkId::new(), "succeeded"), page, ours]});
        let fake = FakeStripe::answering(200, others);
        let found = fake.client().charge_state(&request).await.unwrap();
        assert_eq!(found, Some(expected), "{status}");
        let asked = fake.requests().pop().unwrap();
        assert_eq!(asked.query, "customer=cus_NffrFeUfNV2Hib&limit=100");
    }
    let fake = FakeStripe::answering(200, json!({"object": "list", "data": []}));
    assert_eq!(fake.client().charge_state(&request).await.unwrap(), None);
}

#[actix_web::test]
async fn stripe_tells_of_a_charge_by_its_own_name_and_of_a_page_by_its_session() {
    let reference = PaymentLinkId::new();
    let mut page = charge(reference, "succeeded");
    page["metadata"] = json!({"payment_link_id": reference});
    for (object, counts) in [(charge(reference, "succeeded"), true), (page, false)] {
        let (body, now) = (envelope("payment_intent.succeeded", object), Utc::now());
        let signed = signature::sign(&WEBHOOK_SECRET.to_owned().into(), &body, now);
        let webhook = WebhookRequest {
            headers: &[(SIGNATURE_HEADER, &signed)],
            body: &body,
            received_at: now,
        };
        let fake = FakeStripe::answering(200, json!({}));
        let told = fake.client().read_webhook(&webhook).await.unwrap();
        assert_eq!(told.len(), usize::from(counts));
        for event in told {
            assert_eq!((event.kind, event.reference), (EventKind::Paid, reference));
            assert_eq!(event.gateway_reference, CHARGE);
            assert_eq!(event.amount, Money::new(28_076, Currency::USD));
        }
    }
}

#[actix_web::test]
async fn a_charge_is_refunded_without_a_session() {
    let id = RefundId::new();
    let refund = RefundRequest {
        tenant: TenantId::new(),
        id,
        reference: PaymentLinkId::new(),
        checkout: CHARGE.to_owned(),
        amount: Money::new(1_000, Currency::USD),
        idempotency_key: format!("refund-{id}"),
    };
    let answer = json!({"id": "re_1", "object": "refund", "amount": 1000, "currency": "usd",
        "status": "succeeded", "payment_intent": CHARGE});
    let fake = FakeStripe::answering(200, answer);
    fake.client().refund(&refund).await.unwrap();
    let asked = fake.requests();
    assert_eq!(asked.len(), 1, "no session is looked for");
    assert_eq!(asked[0].field("payment_intent"), CHARGE);
}

#[actix_web::test]
async fn a_card_is_let_go_of_once_and_for_all() {
    let card = request().card;
    let detached = json!({"id": card.method, "object": "payment_method", "customer": null});
    for (status, answer) in [
        (200, detached),
        (
            400,
            json!({"error": {"type": "invalid_request_error", "message": "not attached to a customer"}}),
        ),
    ] {
        let fake = FakeStripe::answering(status, answer);
        fake.client()
            .forget_card(TenantId::new(), &card)
            .await
            .unwrap();
        let asked = fake.requests().pop().unwrap();
        assert_eq!(asked.path, "/v1/payment_methods/pm_1MtwBwLkdIwHu7ix/detach");
        assert_eq!(asked.method, "POST");
    }
}

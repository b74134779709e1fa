use chrono::Utc;
use motel_kernel::{Currency, Money, PaymentLinkId, RefundId, TenantId};
use motel_payments::stripe::SIGNATURE_HEADER;
use motel_payments::{
    EventKind, Gateway, GatewayError, GatewayEvent, RefundOutcome, RefundRequest, WebhookError,
    WebhookRequest, signature,
};
use serde_json::{Value, json};

use crate::fake_stripe::{FakeStripe, WEBHOOK_SECRET, session};
use crate::stripe_webhook::envelope;

const PAYMENT: &str = "pi_1GszsK2eZvKYlo2CfhZyoZLp";
const SESSION: &str = "/v1/checkout/sessions/cs_test_a11";

fn request() -> RefundRequest {
    let id = RefundId::new();
    RefundRequest {
        tenant: TenantId::new(),
        id,
        reference: PaymentLinkId::new(),
        checkout: "cs_test_a11".to_owned(),
        amount: Money::new(1_000, Currency::USD),
        idempotency_key: format!("refund-{id}"),
    }
}

fn paid_session(request: &RefundRequest) -> Value {
    let mut session = session(&request.reference.to_string());
    session["payment_intent"] = json!(PAYMENT);
    session["payment_status"] = json!("paid");
    session["status"] = json!("complete");
    session
}

/// A refund as published.
fn refund(request: Option<&RefundRequest>, status: &str) -> Value {
    let metadata = request.map_or(
        json!({}),
        |request| json!({ "refund_id": request.id, "payment_link_id": request.reference }),
    );
    json!({
        "id": "re_1Nispe2eZvKYlo2Cd31jOCgZ",
        "object": "refund",
        "amount": 1000,
        "balance_transaction": "txn_1Nispe2eZvKYlo2CYezqFhEx",
        "charge": "ch_1NirD82eZvKYlo2CIvbtLWuY",
        "created": 1_692_942_318,
        "currency": "usd",
        "destination_details": {"card": {"reference": "123456789012", "type": "refund"}, "type": "card"},
        "metadata": metadata,
        "payment_intent": PAYMENT,
        "reason": null,
        "receipt_number": null,
        "source_transfer_reversal": null,
        "status": status,
        "transfer_reversal": null,
    })
}

fn payment_intent(link: PaymentLinkId) -> Value {
    json!({
        "id": PAYMENT, "object": "payment_intent", "amount": 2000, "currency": "usd",
        "metadata": {"payment_link_id": link}, "status": "succeeded",
    })
}

fn missing() -> Value {
    json!({"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such payment"}})
}

async fn told(
    fake: &FakeStripe,
    kind: &str,
    object: Value,
) -> Result<Vec<GatewayEvent>, WebhookError> {
    let (body, now) = (envelope(kind, object), Utc::now());
    let signed = signature::sign(&WEBHOOK_SECRET.to_owned().into(), &body, now);
    let webhook = WebhookRequest {
        headers: &[(SIGNATURE_HEADER, &signed)],
        body: &body,
        received_at: now,
    };
    fake.client().read_webhook(&webhook).await
}

#[actix_web::test]
async fn a_refund_is_asked_for_as_documented_and_by_its_own_key() {
    let request = request();
    for (status, outcome) in [
        ("succeeded", RefundOutcome::Succeeded),
        ("pending", RefundOutcome::Processing),
        ("requires_action", RefundOutcome::Processing),
        ("failed", RefundOutcome::Failed),
        ("canceled", RefundOutcome::Failed),
    ] {
        let answers = vec![("GET", SESSION, paid_session(&request))];
        let fake = FakeStripe::serving(200, refund(Some(&request), status), answers);
        let made = fake.client().refund(&request).await.unwrap();
        assert_eq!(made.outcome, outcome, "{status}");
        assert_eq!(made.amount, request.amount);
        assert_eq!(made.gateway_reference, "re_1Nispe2eZvKYlo2Cd31jOCgZ");
        let asked = fake.requests().pop().unwrap();
        assert_eq!(
            (asked.method.as_str(), asked.path.as_str()),
            ("POST", "/v1/refunds")
        );
        assert_eq!(asked.header("idempotency-key"), request.idempotency_key);
        assert_eq!(asked.header("authorization"), "Bearer sk_test_123");
        let (id, link) = (request.id.to_string(), request.reference.to_string());
        for (field, value) in [
            ("payment_intent", PAYMENT),
            ("amount", "1000"),
            ("metadata[refund_id]", id.as_str()),
            ("metadata[payment_link_id]", link.as_str()),
        ] {
            assert_eq!(asked.field(field), value, "{field}");
        }
    }
}

#[actix_web::test]
async fn a_refund_in_doubt_is_looked_for_and_another_one_is_not_taken_for_it() {
    let (ours, other) = (request(), request());
    let list = json!({"object": "list", "url": "/v1/refunds", "has_more": false, "data": [
        refund(Some(&other), "failed"), refund(Some(&ours), "succeeded"), refund(None, "pending"),
    ]});
    let answers = vec![
        ("GET", SESSION, paid_session(&ours)),
        ("GET", "/v1/refunds", list),
    ];
    let fake = FakeStripe::serving(404, missing(), answers);
    let found = fake.client().refund_state(&ours).await.unwrap().unwrap();
    assert_eq!(found.outcome, RefundOutcome::Succeeded);
    let asked = fake.requests().pop().unwrap();
    assert_eq!(asked.query, format!("payment_intent={PAYMENT}&limit=100"));
    assert_eq!(fake.client().refund_state(&request()).await.unwrap(), None);
}

#[actix_web::test]
async fn more_than_is_left_is_refused_for_good_and_trouble_is_not() {
    let request = request();
    let paid = || vec![("GET", SESSION, paid_session(&request))];
    let refusal = json!({"error": {
        "type": "invalid_request_error", "code": "charge_already_refunded",
        "message": "Charge ch_1 has already been refunded.",
    }});
    let fake = FakeStripe::serving(400, refusal, paid());
    let error = fake.client().refund(&request).await.unwrap_err();
    assert!(error.is_final() && error.to_string().contains("charge_already_refunded"));
    let fake = FakeStripe::serving(500, json!({"error": {"type": "api_error"}}), paid());
    let error = fake.client().refund(&request).await.unwrap_err();
    assert!(matches!(error, GatewayError::Busy { .. }), "{error:?}");
}

#[actix_web::test]
async fn every_word_about_a_refund_leads_to_its_link() {
    let request = request();
    let fake = FakeStripe::answering(404, missing());
    for (name, status, kind) in [
        ("refund.created", "pending", EventKind::RefundProcessing),
        ("refund.updated", "succeeded", EventKind::Refunded),
        ("charge.refund.updated", "succeeded", EventKind::Refunded),
        ("refund.failed", "failed", EventKind::RefundFailed),
    ] {
        let events = told(&fake, name, refund(Some(&request), status))
            .await
            .unwrap();
        let [event] = events.as_slice() else {
            panic!("{name}: {events:?}")
        };
        assert_eq!(event.kind, kind, "{name}");
        assert_eq!(event.refund, Some(request.id));
        assert_eq!(event.reference, request.reference);
        assert_eq!(event.gateway_reference, "re_1Nispe2eZvKYlo2Cd31jOCgZ");
    }
    assert!(fake.requests().is_empty(), "they say it all themselves");
    // Made at Stripe itself: the payment says whose it is.
    let path = "/v1/payment_intents/pi_1GszsK2eZvKYlo2CfhZyoZLp";
    let known = vec![("GET", path, payment_intent(request.reference))];
    let fake = FakeStripe::serving(404, missing(), known);
    let events = told(&fake, "refund.created", refund(None, "succeeded")).await;
    let event = events.unwrap().pop().unwrap();
    assert_eq!((event.refund, event.reference), (None, request.reference));
    // And a payment of something else on the same account is of no concern.
    let fake = FakeStripe::answering(404, missing());
    let events = told(&fake, "refund.created", refund(None, "succeeded")).await;
    assert_eq!(events.unwrap(), []);
}

#[actix_web::test]
async fn a_refunded_charge_names_no_refund_so_they_are_asked_for() {
    let request = request();
    let path = "/v1/payment_intents/pi_1GszsK2eZvKYlo2CfhZyoZLp";
    let list = json!({"object": "list", "data": [
        refund(Some(&request), "succeeded"),
        {"id": "re_2", "amount": 5, "currency": "usd", "status": "pending", "payment_intent": PAYMENT, "metadata": null},
    ]});
    let answers = vec![
        ("GET", path, payment_intent(request.reference)),
        ("GET", "/v1/refunds", list),
    ];
    let charge = json!({
        "id": "ch_1NirD82eZvKYlo2CIvbtLWuY", "object": "charge", "amount": 2000, "amount_refunded": 1005,
        "currency": "usd", "payment_intent": PAYMENT, "refunded": false,
    });
    let fake = FakeStripe::serving(404, missing(), answers);
    let events = told(&fake, "charge.refunded", charge.clone())
        .await
        .unwrap();
    let told_of: Vec<_> = events
        .iter()
        .map(|event| (event.kind, event.refund, event.amount.minor()))
        .collect();
    let expected = [
        (EventKind::Refunded, Some(request.id), 1_000),
        (EventKind::RefundProcessing, None, 5),
    ];
    assert_eq!(told_of, expected);
    assert_ne!(events[0].event_id, events[1].event_id);
    // While Stripe does not answer, nothing is known, and it tells us again.
    let fake = FakeStripe::answering(503, json!({}));
    let error = told(&fake, "charge.refunded", charge).await.unwrap_err();
    assert!(matches!(error, WebhookError::Unverified(_)) && !error.is_forgery());
}

/// What Stripe keeps of a payment that set money aside, once some of it was taken or all of it let go, with its refunds.
fn settled(link: PaymentLinkId, (amount, taken): (i64, i64), refunds: &[Value]) -> FakeStripe {
    let mut payment = payment_intent(link);
    payment["metadata"]["authorisation"] = json!("true");
    payment["amount"] = json!(amount);
    payment["amount_received"] = json!(taken);
    let path = "/v1/payment_intents/pi_1GszsK2eZvKYlo2CfhZyoZLp";
    let list = json!({"object": "list", "data": refunds, "has_more": false});
    let answers = vec![("GET", path, payment), ("GET", "/v1/refunds", list)];
    FakeStripe::serving(404, missing(), answers)
}

#[actix_web::test]
async fn what_stripe_lets_go_of_what_was_set_aside_is_no_refund() {
    let link = PaymentLinkId::new();
    let let_go = refund(None, "succeeded");
    let charge = json!({
        "id": "ch_1NirD82eZvKYlo2CIvbtLWuY", "object": "charge", "amount": 3000, "amount_captured": 2000,
        "amount_refunded": 1000, "currency": "usd", "payment_intent": PAYMENT, "refunded": false,
    });
    // A part was taken; nothing was.
    for sums in [(3_000, 2_000), (1_000, 0)] {
        let fake = settled(link, sums, std::slice::from_ref(&let_go));
        for name in ["refund.created", "refund.updated", "charge.refund.updated"] {
            let events = told(&fake, name, let_go.clone()).await;
            assert_eq!(events.unwrap(), [], "{name} {sums:?}");
        }
        let events = told(&fake, "charge.refunded", charge.clone()).await;
        assert_eq!(events.unwrap(), [], "{sums:?}");
    }
    // Another amount was given back at Stripe itself, and the same amount was.
    for minor in [500, 1_000] {
        let mut back = refund(None, "succeeded");
        back["id"] = json!("re_2");
        back["amount"] = json!(minor);
        let fake = settled(link, (3_000, 2_000), &[back.clone(), let_go.clone()]);
        for (name, object) in [
            ("refund.created", back),
            ("charge.refunded", charge.clone()),
        ] {
            let events = told(&fake, name, object).await.unwrap();
            let [event] = events.as_slice() else {
                panic!("{name} {minor}: {events:?}")
            };
            assert_eq!((event.kind, event.reference), (EventKind::Refunded, link));
            assert_eq!(event.gateway_reference, "re_2");
            assert_eq!(event.amount.minor(), minor);
        }
    }
}

#[actix_web::test]
async fn a_dispute_is_traced_to_its_link_and_an_inquiry_takes_no_money() {
    let link = PaymentLinkId::new();
    let dispute = |status: &str| {
        json!({
            "id": "du_1MtJUT2eZvKYlo2CNaw2HvEv", "object": "dispute", "amount": 1000, "balance_transactions": [],
            "charge": "ch_1AZtxr2eZvKYlo2CJDX8whov", "created": 1_680_651_737, "currency": "usd", "evidence": {},
            "is_charge_refundable": false, "livemode": false, "metadata": {}, "payment_intent": PAYMENT,
            "reason": "general", "status": status,
        })
    };
    let path = "/v1/payment_intents/pi_1GszsK2eZvKYlo2CfhZyoZLp";
    for (name, status, expected) in [
        ("created", "needs_response", Some(EventKind::Disputed)),
        ("created", "warning_needs_response", None),
        (
            "funds_withdrawn",
            "needs_response",
            Some(EventKind::Disputed),
        ),
        ("updated", "under_review", None),
        ("closed", "won", Some(EventKind::DisputeWon)),
        ("closed", "lost", Some(EventKind::DisputeLost)),
        ("closed", "warning_closed", None),
    ] {
        let known = vec![("GET", path, payment_intent(link))];
        let fake = FakeStripe::serving(404, missing(), known);
        let name = format!("charge.dispute.{name}");
        let events = told(&fake, &name, dispute(status)).await.unwrap();
        assert_eq!(
            events.first().map(|it| it.kind),
            expected,
            "{name} {status}"
        );
        if let Some(event) = events.first() {
            assert_eq!(event.reference, link);
            assert_eq!(event.gateway_reference, "du_1MtJUT2eZvKYlo2CNaw2HvEv");
            assert_eq!(event.amount, Money::new(1_000, Currency::USD));
        }
    }
}

use chrono::{DateTime, Utc};
use motel_kernel::{Currency, Money, PaymentLinkId};
use motel_payments::stripe::SIGNATURE_HEADER;
use motel_payments::{EventKind, Gateway, GatewayEvent, WebhookError, WebhookRequest, signature};
use serde_json::{Value, json};

use crate::fake_stripe::{FakeStripe, WEBHOOK_SECRET, session};

pub(crate) fn envelope(kind: &str, object: Value) -> Vec<u8> {
    let event = json!({
        "id": "evt_1NG8Du2eZvKYlo2CUI79vXWy",
        "object": "event",
        "api_version": "2024-06-20",
        "created": 1_795_255_300,
        "data": {"object": object},
        "livemode": false,
        "pending_webhooks": 1,
        "request": {"id": null, "idempotency_key": null},
        "type": kind,
    });
    serde_json::to_vec_pretty(&event).unwrap()
}

async fn read(body: &[u8]) -> Result<Vec<GatewayEvent>, WebhookError> {
    let now: DateTime<Utc> = Utc::now();
    let signed = signature::sign(&WEBHOOK_SECRET.to_owned().into(), body, now);
    let fake = FakeStripe::answering(200, json!({}));
    told(&fake, body, &signed, now).await
}

async fn told(
    fake: &FakeStripe,
    body: &[u8],
    signed: &str,
    now: DateTime<Utc>,
) -> Result<Vec<GatewayEvent>, WebhookError> {
    let request = WebhookRequest {
        headers: &[(SIGNATURE_HEADER, signed)],
        body,
        received_at: now,
    };
    fake.client().read_webhook(&request).await
}

fn with_status(reference: PaymentLinkId, payment_status: &str) -> Value {
    let mut session = session(&reference.to_string());
    session["payment_status"] = json!(payment_status);
    session
}

#[actix_web::test]
async fn the_four_events_of_a_session_are_understood() {
    let reference = PaymentLinkId::new();
    for (event, payment_status, expected) in [
        ("completed", "paid", Some(EventKind::Paid)),
        ("completed", "unpaid", None),
        ("async_payment_succeeded", "paid", Some(EventKind::Paid)),
        ("async_payment_failed", "unpaid", Some(EventKind::Failed)),
        ("expired", "unpaid", Some(EventKind::Expired)),
        ("invented_tomorrow", "paid", None),
    ] {
        let name = format!("checkout.session.{event}");
        let body = envelope(&name, with_status(reference, payment_status));
        let read = read(&body).await.unwrap();
        assert_eq!(read.first().map(|e| e.kind), expected, "{event}");
        if let Some(read) = read.into_iter().next() {
            assert_eq!(read.event_id, "evt_1NG8Du2eZvKYlo2CUI79vXWy");
            assert_eq!(read.reference, reference);
            assert_eq!(read.amount, Money::new(26_880, Currency::USD));
            assert!(read.gateway_reference.starts_with("cs_test_"));
        }
    }
}

#[actix_web::test]
async fn what_is_not_about_our_checkouts_is_passed_over() {
    let reader = json!({"id": "rdr_123", "object": "terminal.reader"});
    assert!(
        read(&envelope("terminal.reader.action_failed", reader))
            .await
            .unwrap()
            .is_empty()
    );
    let mut foreign = session("an order of the gift shop");
    foreign["payment_status"] = json!("paid");
    assert!(
        read(&envelope("checkout.session.completed", foreign))
            .await
            .unwrap()
            .is_empty()
    );
}

#[actix_web::test]
async fn signed_nonsense_is_unreadable_and_no_forgery() {
    let broken = envelope(
        "checkout.session.completed",
        json!({"id": "cs_1", "amount_total": "much"}),
    );
    for body in [b"{".as_slice(), b"[]", b"", &broken] {
        let error = read(body).await.unwrap_err();
        assert!(matches!(error, WebhookError::Unreadable(_)), "{error:?}");
        assert!(!error.is_forgery());
    }
}

#[actix_web::test]
async fn without_a_signature_nothing_is_even_read() {
    let fake = FakeStripe::answering(200, json!({}));
    let body = envelope(
        "checkout.session.completed",
        with_status(PaymentLinkId::new(), "paid"),
    );
    let error = fake
        .client()
        .read_webhook(&WebhookRequest {
            headers: &[("sandbox-signature", "t=1,v1=00")],
            body: &body,
            received_at: Utc::now(),
        })
        .await
        .unwrap_err();
    assert!(matches!(error, WebhookError::Unsigned));
    assert!(error.is_forgery());
}

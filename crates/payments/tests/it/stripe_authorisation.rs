//! Money that is set aside at Stripe, by the shapes that its documentation shows.

use chrono::{DateTime, Utc};
use motel_kernel::{Currency, Money, PaymentLinkId, TenantId};
use motel_payments::stripe::{SIGNATURE_HEADER, Stripe};
use motel_payments::{
    AuthorisationState, Authorised, Authorises, EventKind, Gateway, GatewayError, Place, Sought,
    TakeRequest, WebhookRequest, signature,
};
use serde_json::{Value, json};

use crate::fake_stripe::{FakeStripe, WEBHOOK_SECRET, session};
use crate::stripe_card::{card_error, request};
use crate::stripe_checkout::dollars;
use crate::stripe_webhook::envelope;

const INTENT: &str = "pi_3MrPBM2eZvKYlo2C1TEMacFD";

const BEFORE: i64 = 1_795_860_000;

/// A payment as published, with its charge expanded.
fn intent(reference: PaymentLinkId, status: &str) -> Value {
    let aside = if status == "requires_capture" {
        28_076
    } else {
        0
    };
    json!({
        "id": INTENT,
        "object": "payment_intent",
        "amount": 28076,
        "amount_capturable": aside,
        "amount_received": if status == "succeeded" { 12000 } else { 0 },
        "cancellation_reason": null,
        "capture_method": "manual",
        "created": 1_795_255_200,
        "currency": "usd",
        "customer": "cus_NffrFeUfNV2Hib",
        "last_payment_error": null,
        "latest_charge": {
            "id": "ch_3MrPBM2eZvKYlo2C1CGqX8ir", "object": "charge", "amount": 28076, "captured": status == "succeeded",
            "payment_method_details": {
                "card": {"brand": "visa", "capture_before": BEFORE, "last4": "4242"}, "type": "card",
            },
        },
        "livemode": false,
        "metadata": {"payment_link_id": reference, "authorisation": "true"},
        "payment_method": "pm_1MtwBwLkdIwHu7ix",
        "payment_method_types": ["card"],
        "status": status,
    })
}

fn stripe(client: &Stripe) -> &dyn Authorises {
    client.authorises().unwrap()
}

fn aside() -> AuthorisationState {
    AuthorisationState::Authorised(Authorised {
        gateway_reference: INTENT.to_owned(),
        amount: Money::new(28_076, Currency::USD),
        until: DateTime::from_timestamp(BEFORE, 0).unwrap(),
    })
}

fn taken() -> AuthorisationState {
    AuthorisationState::Taken {
        gateway_reference: INTENT.to_owned(),
        amount: Money::new(12_000, Currency::USD),
    }
}

fn sought(link: PaymentLinkId, place: Place) -> Sought {
    let tenant = TenantId::new();
    Sought {
        tenant,
        link,
        place,
    }
}

fn take() -> TakeRequest {
    TakeRequest {
        tenant: TenantId::new(),
        gateway_reference: INTENT.to_owned(),
        amount: Money::new(12_000, Currency::USD),
        idempotency_key: "authorisation-1-1".to_owned(),
    }
}

#[actix_web::test]
async fn a_page_and_a_card_are_asked_to_set_aside_and_not_to_take() {
    let page = dollars();
    let fake = FakeStripe::answering(200, session(&page.reference.to_string()));
    let client = fake.client();
    let made = stripe(&client).authorise_on_page(&page).await.unwrap();
    assert!(made.url.starts_with("https://checkout.stripe.com/c/pay/"));
    let asked = fake.requests().pop().unwrap();
    assert_eq!(asked.path, "/v1/checkout/sessions");
    assert_eq!(asked.header("idempotency-key"), page.idempotency_key);
    for (field, value) in [
        ("mode", "payment"),
        ("payment_intent_data[capture_method]", "manual"),
        ("payment_intent_data[metadata][authorisation]", "true"),
    ] {
        assert_eq!(asked.field(field), value);
    }
    let named = asked.field("payment_intent_data[metadata][payment_link_id]");
    assert_eq!(named, page.reference.to_string());

    let card = request();
    let fake = FakeStripe::answering(200, intent(card.reference, "requires_capture"));
    let client = fake.client();
    let told = stripe(&client).authorise_card(&card).await.unwrap();
    assert_eq!(told, aside());
    let asked = fake.requests().pop().unwrap();
    assert_eq!(asked.path, "/v1/payment_intents");
    assert_eq!(asked.header("idempotency-key"), card.idempotency_key);
    for (field, value) in [
        ("capture_method", "manual"),
        ("off_session", "true"),
        ("confirm", "true"),
        ("amount", "28076"),
        ("metadata[authorisation]", "true"),
    ] {
        assert_eq!(asked.field(field), value);
    }
    assert!(
        asked
            .form
            .iter()
            .all(|(name, _)| name != "metadata[kept_card]")
    );

    let refusing = FakeStripe::answering(402, card_error("card_declined"));
    let told = stripe(&refusing.client()).authorise_card(&card).await;
    let refused = AuthorisationState::Refused {
        code: "card_declined".to_owned(),
    };
    assert_eq!(told.unwrap(), refused);
}

#[actix_web::test]
async fn a_payment_says_what_is_set_aside_and_until_when() {
    let link = PaymentLinkId::new();
    let refused = |code: &str| AuthorisationState::Refused {
        code: code.to_owned(),
    };
    for (status, expected) in [
        ("requires_capture", aside()),
        ("succeeded", taken()),
        ("canceled", AuthorisationState::Released),
        ("processing", AuthorisationState::Open),
        ("requires_action", refused("authentication_required")),
        ("requires_payment_method", refused("card_declined")),
    ] {
        let fake = FakeStripe::answering(200, intent(link, status));
        let client = fake.client();
        let named = sought(link, Place::Named(INTENT.to_owned()));
        let told = stripe(&client).authorisation_state(&named).await;
        assert_eq!(told.unwrap(), Some(expected.clone()), "{status}");
        let asked = fake.requests().pop().unwrap();
        assert_eq!(asked.path, format!("/v1/payment_intents/{INTENT}"));
        assert_eq!(asked.query, "expand%5B%5D=latest_charge");

        // On a customer's card it is found by our link.
        let others = intent(PaymentLinkId::new(), "canceled");
        let all =
            json!({"object": "list", "data": [others, intent(link, status)], "has_more": false});
        let fake = FakeStripe::answering(200, all);
        let client = fake.client();
        let on_card = sought(link, Place::Card(request().card));
        let told = stripe(&client).authorisation_state(&on_card).await;
        assert_eq!(told.unwrap(), Some(expected), "{status}");
        let unknown = sought(PaymentLinkId::new(), Place::Card(request().card));
        let told = stripe(&client).authorisation_state(&unknown).await;
        assert_eq!(told.unwrap(), None);
    }
    // Where Stripe names no moment it is a week.
    let mut without = intent(link, "requires_capture");
    without["latest_charge"] = json!("ch_3MrPBM2eZvKYlo2C1CGqX8ir");
    let fake = FakeStripe::answering(200, without);
    let named = sought(link, Place::Named(INTENT.to_owned()));
    let told = stripe(&fake.client()).authorisation_state(&named).await;
    let Some(AuthorisationState::Authorised(told)) = told.unwrap() else {
        panic!("it is set aside");
    };
    assert_eq!(told.until.timestamp(), 1_795_255_200 + 7 * 86_400);
}

#[actix_web::test]
async fn a_page_is_open_until_somebody_agreed_or_its_time_is_over() {
    let link = PaymentLinkId::new();
    for (status, payment, expected) in [
        ("open", json!(null), AuthorisationState::Open),
        (
            "open",
            intent(link, "requires_payment_method"),
            AuthorisationState::Open,
        ),
        ("complete", intent(link, "requires_capture"), aside()),
        ("complete", intent(link, "succeeded"), taken()),
        (
            "complete",
            intent(link, "canceled"),
            AuthorisationState::Released,
        ),
        ("expired", json!(null), AuthorisationState::Expired),
        (
            "expired",
            intent(link, "requires_payment_method"),
            AuthorisationState::Expired,
        ),
    ] {
        let mut answer = session(&link.to_string());
        answer["status"] = json!(status);
        answer["payment_intent"] = payment;
        let fake = FakeStripe::answering(200, answer);
        let on_page = sought(link, Place::Page("cs_test_a11".to_owned()));
        let told = stripe(&fake.client()).authorisation_state(&on_page).await;
        assert_eq!(told.unwrap(), Some(expected), "{status}");
        let asked = fake.requests().pop().unwrap();
        assert_eq!(asked.path, "/v1/checkout/sessions/cs_test_a11");
        let expanded = "expand%5B%5D=payment_intent.latest_charge";
        assert_eq!(asked.query, expanded);
    }
}

#[actix_web::test]
async fn a_part_is_taken_or_all_is_let_go() {
    let link = PaymentLinkId::new();
    let fake = FakeStripe::answering(200, intent(link, "succeeded"));
    let told = stripe(&fake.client()).take_authorised(&take()).await;
    assert_eq!(told.unwrap(), taken());
    let asked = fake.requests().pop().unwrap();
    assert_eq!(asked.path, format!("/v1/payment_intents/{INTENT}/capture"));
    assert_eq!(asked.field("amount_to_capture"), "12000");
    assert_eq!(asked.header("idempotency-key"), "authorisation-1-1");

    let fake = FakeStripe::answering(200, intent(link, "canceled"));
    let client = fake.client();
    let told = stripe(&client).release(TenantId::new(), INTENT, "authorisation-1-2");
    assert_eq!(told.await.unwrap(), AuthorisationState::Released);
    let asked = fake.requests().pop().unwrap();
    assert_eq!(asked.path, format!("/v1/payment_intents/{INTENT}/cancel"));
    assert_eq!(asked.header("idempotency-key"), "authorisation-1-2");

    // What was taken or let go before is told as it stands.
    let unexpected = json!({"error": {
        "code": "payment_intent_unexpected_state", "type": "invalid_request_error",
        "message": "This PaymentIntent could not be captured because it has a status of canceled.",
    }});
    let path = "/v1/payment_intents/pi_3MrPBM2eZvKYlo2C1TEMacFD";
    let answers = vec![("GET", path, intent(link, "canceled"))];
    let fake = FakeStripe::serving(400, unexpected, answers);
    let told = stripe(&fake.client()).take_authorised(&take()).await;
    assert_eq!(told.unwrap(), AuthorisationState::Released);

    let too_much = json!({"error": {
        "code": "amount_too_large", "type": "invalid_request_error", "message": "The amount is too large.",
    }});
    let fake = FakeStripe::answering(400, too_much);
    let told = stripe(&fake.client()).take_authorised(&take()).await;
    assert!(matches!(told, Err(error) if error.is_final()));
    let fake = FakeStripe::answering(500, json!({}));
    let told = stripe(&fake.client()).take_authorised(&take()).await;
    assert!(matches!(told, Err(GatewayError::Busy { status: 500 })));
}

#[actix_web::test]
async fn events_of_what_is_set_aside_for_us_are_understood() {
    let link = PaymentLinkId::new();
    let fake = FakeStripe::answering(200, json!({}));
    let client = fake.client();
    let read = async |kind: &str, object: Value| {
        let (body, now) = (envelope(kind, object), Utc::now());
        let signed = signature::sign(&WEBHOOK_SECRET.to_owned().into(), &body, now);
        let request = WebhookRequest {
            headers: &[(SIGNATURE_HEADER, &signed)],
            body: &body,
            received_at: now,
        };
        client.read_webhook(&request).await.unwrap()
    };
    for (kind, status, expected, minor) in [
        (
            "payment_intent.amount_capturable_updated",
            "requires_capture",
            EventKind::Authorised,
            28_076,
        ),
        (
            "payment_intent.canceled",
            "canceled",
            EventKind::Released,
            28_076,
        ),
        (
            "payment_intent.succeeded",
            "succeeded",
            EventKind::Paid,
            12_000,
        ),
    ] {
        let mut object = intent(link, status);
        object["latest_charge"] = json!("ch_3MrPBM2eZvKYlo2C1CGqX8ir");
        let told = read(kind, object.clone()).await;
        let told = told.first().unwrap();
        assert_eq!((told.kind, told.reference), (expected, link));
        assert_eq!(told.gateway_reference, INTENT);
        assert_eq!(told.amount, Money::new(minor, Currency::USD));
        // A payment on a page of ours is told by its session, one of somebody else's is none of ours.
        for metadata in [json!({"payment_link_id": link}), json!({})] {
            object["metadata"] = metadata;
            assert_eq!(read(kind, object.clone()).await, []);
        }
    }
}

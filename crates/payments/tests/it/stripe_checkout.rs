use motel_kernel::{Currency, Email, Money, PaymentLinkId, TenantId};
use motel_payments::{CheckoutRequest, Gateway, GatewayError};
use serde_json::json;

use crate::fake_stripe::{FakeStripe, session};

fn request(amount: Money) -> CheckoutRequest {
    let reference = PaymentLinkId::new();
    CheckoutRequest {
        tenant: TenantId::new(),
        reference,
        amount,
        description: "Booking RM-7K3F9Q & one dog = 2 nights".to_owned(),
        success_url: "http://127.0.0.1:8080/booking/RM-7K3F9Q".to_owned(),
        cancel_url: "http://127.0.0.1:8080/booking/RM-7K3F9Q".to_owned(),
        customer_email: Email::parse("ana@example.com").unwrap(),
        keep_card: false,
        idempotency_key: format!("payment-link-{reference}"),
    }
}

pub(crate) fn dollars() -> CheckoutRequest {
    request(Money::new(26_880, Currency::USD))
}

#[actix_web::test]
async fn a_session_is_asked_for_as_documented() {
    let request = dollars();
    let reference = request.reference.to_string();
    let fake = FakeStripe::answering(200, session(&reference));

    let checkout = fake.client().create_checkout(&request).await.unwrap();

    assert!(checkout.gateway_reference.starts_with("cs_test_"));
    assert!(
        checkout
            .url
            .starts_with("https://checkout.stripe.com/c/pay/")
    );
    assert_eq!(checkout.expires_at.timestamp(), 1_795_341_600);
    let asked = fake.requests().pop().unwrap();
    assert_eq!(asked.path, "/v1/checkout/sessions");
    assert_eq!(asked.header("authorization"), "Bearer sk_test_123");
    assert_eq!(asked.header("idempotency-key"), request.idempotency_key);
    assert_eq!(
        asked.header("content-type"),
        "application/x-www-form-urlencoded"
    );
    for (field, value) in [
        ("mode", "payment"),
        ("client_reference_id", reference.as_str()),
        ("customer_email", "ana@example.com"),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][unit_amount]", "26880"),
        (
            "line_items[0][price_data][product_data][name]",
            "Booking RM-7K3F9Q & one dog = 2 nights",
        ),
        ("metadata[payment_link_id]", reference.as_str()),
        ("success_url", "http://127.0.0.1:8080/booking/RM-7K3F9Q"),
    ] {
        assert_eq!(asked.field(field), value, "{field}");
    }
}

#[actix_web::test]
async fn a_refusal_is_final_and_says_why() {
    let fake = FakeStripe::answering(
        400,
        json!({"error": {
            "type": "invalid_request_error", "code": "parameter_invalid_integer",
            "message": "Invalid positive integer", "param": "line_items[0][price_data][unit_amount]",
        }}),
    );
    let error = fake.client().create_checkout(&dollars()).await.unwrap_err();
    assert!(error.is_final());
    assert!(error.to_string().contains("parameter_invalid_integer"));
}

#[actix_web::test]
async fn trouble_on_their_side_may_be_tried_again() {
    for status in [409, 429, 500, 503] {
        let fake = FakeStripe::answering(status, json!({"error": {"type": "api_error"}}));
        let error = fake.client().create_checkout(&dollars()).await.unwrap_err();
        assert!(matches!(error, GatewayError::Busy { .. }), "{error:?}");
        assert!(!error.is_final());
    }
}

#[actix_web::test]
async fn a_gateway_that_is_not_there_is_unreachable_and_the_key_is_not_in_the_message() {
    let client = motel_payments::stripe::Stripe::new(motel_payments::stripe::StripeSettings {
        secret_key: "sk_test_123".to_owned().into(),
        webhook_secret: "whsec".to_owned().into(),
        api_base: "http://127.0.0.1:9".to_owned(),
    })
    .unwrap();
    let error = client.create_checkout(&dollars()).await.unwrap_err();
    assert!(matches!(error, GatewayError::Unreachable(_)), "{error:?}");
    assert!(!error.is_final());
    assert!(!format!("{error:?}").contains("sk_test_123"));
}

#[actix_web::test]
async fn answers_that_are_no_session_are_unreadable() {
    let mut without_url = session("x");
    without_url["url"] = json!(null);
    for answer in [json!({}), json!("hello"), without_url] {
        let fake = FakeStripe::answering(200, answer.clone());
        let error = fake.client().create_checkout(&dollars()).await.unwrap_err();
        assert!(
            matches!(error, GatewayError::Unreadable(_)),
            "{answer}: {error:?}"
        );
    }
}

#[actix_web::test]
async fn a_currency_stripe_counts_differently_is_never_sent() {
    let fake = FakeStripe::answering(200, session("x"));
    for code in ["ISK", "UGX", "MGA"] {
        let request = request(Money::new(1_000, code.parse().unwrap()));
        let error = fake.client().create_checkout(&request).await.unwrap_err();
        assert!(matches!(error, GatewayError::UnsupportedCurrency(_)));
    }
    assert!(fake.requests().is_empty());

    let yen = request(Money::new(1_200, "JPY".parse().unwrap()));
    fake.client().create_checkout(&yen).await.unwrap();
    let asked = fake.requests().pop().unwrap();
    assert_eq!(
        asked.field("line_items[0][price_data][unit_amount]"),
        "1200"
    );
}

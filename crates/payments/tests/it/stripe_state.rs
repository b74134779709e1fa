use motel_kernel::{Currency, Money, TenantId};
use motel_payments::{CheckoutState, Gateway, GatewayError};
use serde_json::json;

use crate::fake_stripe::{FakeStripe, session};

#[actix_web::test]
async fn a_session_says_how_it_stands() {
    let dollars = Money::new(26_880, Currency::USD);
    for (status, payment_status, expected) in [
        ("open", "unpaid", CheckoutState::Open),
        ("complete", "paid", CheckoutState::Paid(dollars)),
        ("complete", "unpaid", CheckoutState::Processing),
        ("expired", "unpaid", CheckoutState::Expired),
    ] {
        let mut answer = session("01a1fe01-5f03-71ef-a6b9-573a1400ad94");
        answer["status"] = json!(status);
        answer["payment_status"] = json!(payment_status);
        answer["url"] = json!(null);
        let fake = FakeStripe::answering(200, answer);
        let asked = fake
            .client()
            .checkout_state(TenantId::new(), "cs_test_a11")
            .await;
        assert_eq!(asked.unwrap(), expected);
        let request = fake.requests().pop().unwrap();
        assert_eq!(request.path, "/v1/checkout/sessions/cs_test_a11");
        assert_eq!(request.header("authorization"), "Bearer sk_test_123");
    }
}

#[actix_web::test]
async fn an_unknown_session_is_refused_and_an_unreadable_one_is_not_guessed() {
    let missing = json!({"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such session"}});
    let fake = FakeStripe::answering(404, missing);
    let asked = fake
        .client()
        .checkout_state(TenantId::new(), "cs_test_/../a?b")
        .await;
    assert!(matches!(
        asked,
        Err(GatewayError::Refused { status: 404, .. })
    ));
    let mut odd = session("x");
    odd["status"] = json!("something new");
    let fake = FakeStripe::answering(200, odd);
    let asked = fake.client().checkout_state(TenantId::new(), "cs_1").await;
    assert!(matches!(asked, Err(GatewayError::Unreadable(_))));
}

#[actix_web::test]
async fn an_open_session_is_closed_and_another_one_says_that_it_was_not() {
    let mut expired = session("x");
    expired["status"] = json!("expired");
    let fake = FakeStripe::answering(200, expired);
    let stripe = fake.client();
    assert!(stripe.close(TenantId::new(), "cs_test_a11").await.unwrap());
    let asked = fake.requests().pop().unwrap();
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("POST", "/v1/checkout/sessions/cs_test_a11/expire")
    );
    assert_eq!(asked.header("idempotency-key"), "expire-cs_test_a11");

    let not_open = json!({"error": {"type": "invalid_request_error", "message": "Only Checkout Sessions with a status in [\"open\"] can be expired."}});
    let fake = FakeStripe::answering(400, not_open);
    assert!(!fake.client().close(TenantId::new(), "cs_1").await.unwrap());
    let fake = FakeStripe::answering(503, json!({}));
    let silent = fake.client().close(TenantId::new(), "cs_1").await;
    assert!(matches!(silent, Err(GatewayError::Busy { status: 503 })));
}

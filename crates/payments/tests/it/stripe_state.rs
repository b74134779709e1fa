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

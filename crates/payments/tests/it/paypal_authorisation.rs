//! Money that is set aside at PayPal, by the shapes that its documentation shows.

use motel_kernel::{Currency, Money, RefundId, TenantId};
use motel_payments::paypal::PayPal;
use motel_payments::{
    AuthorisationState, Authorised, Authorises, CardReference, CheckoutRequest, EventKind, Gateway,
    GatewayError, Place, RefundRequest, Sought, TakeRequest,
};
use serde_json::json;

use crate::fake_paypal::FakePayPal;
use crate::paypal::{dollars, request, told};

fn paypal(client: &PayPal) -> &dyn Authorises {
    client.authorises().unwrap()
}

fn at(request: &CheckoutRequest, order: &str) -> Sought {
    Sought {
        tenant: request.tenant,
        link: request.reference,
        place: Place::Page(order.to_owned()),
    }
}

fn take(order: &str, minor: i64, key: &str) -> TakeRequest {
    TakeRequest {
        tenant: TenantId::new(),
        gateway_reference: order.to_owned(),
        amount: Money::new(minor, Currency::USD),
        idempotency_key: key.to_owned(),
    }
}

fn aside(order: &str) -> AuthorisationState {
    AuthorisationState::Authorised(Authorised {
        gateway_reference: order.to_owned(),
        amount: dollars(),
        until: "2026-12-30T15:00:04Z".parse().unwrap(),
    })
}

fn taken(order: &str, minor: i64) -> AuthorisationState {
    AuthorisationState::Taken {
        gateway_reference: order.to_owned(),
        amount: Money::new(minor, Currency::USD),
    }
}

/// An order whose payer agreed and whose money is set aside.
async fn agreed(fake: &FakePayPal, client: &PayPal) -> (String, CheckoutRequest) {
    let request = request(dollars());
    let made = paypal(client).authorise_on_page(&request).await.unwrap();
    let order = made.gateway_reference;
    let sought = at(&request, &order);
    let state = async || paypal(client).authorisation_state(&sought).await.unwrap();
    assert_eq!(state().await, Some(AuthorisationState::Open));
    fake.approve(&order);
    assert_eq!(state().await, Some(AuthorisationState::Agreed));
    let confirmed = paypal(client).confirm(&sought, "authorise-1").await;
    assert_eq!(confirmed.unwrap(), aside(&order));
    assert_eq!(state().await, Some(aside(&order)));
    (order, request)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_authorised_and_a_part_of_it_taken_for_good() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (order, request) = agreed(&fake, &client).await;
    let asked = fake.requests("POST", "/orders").pop().unwrap().json();
    assert_eq!(asked["intent"], "AUTHORIZE");
    let confirmed = fake.requests("POST", "/authorize").pop().unwrap();
    assert_eq!(confirmed.headers["paypal-request-id"], "authorise-1");

    let part = take(&order, 12_000, "authorisation-1-1");
    let done = paypal(&client).take_authorised(&part).await;
    assert_eq!(done.unwrap(), taken(&order, 12_000));
    let asked = fake.requests("POST", "/capture").pop().unwrap();
    assert_eq!(asked.headers["paypal-request-id"], "authorisation-1-1");
    assert_eq!(
        asked.json(),
        json!({"amount": {"currency_code": "USD", "value": "120.00"}, "final_capture": true})
    );
    // Whoever comes later, and with whatever key, hears what was done.
    let again = take(&order, 1_000, "authorisation-1-2");
    let again = paypal(&client).take_authorised(&again).await;
    assert_eq!(again.unwrap(), taken(&order, 12_000));
    let tenant = TenantId::new();
    let let_go = paypal(&client).release(tenant, &order, "authorisation-1-3");
    assert_eq!(let_go.await.unwrap(), taken(&order, 12_000));

    // It is refunded by the order, as any payment is.
    let refund = RefundRequest {
        tenant,
        id: RefundId::new(),
        reference: request.reference,
        checkout: order,
        amount: Money::new(12_000, Currency::USD),
        idempotency_key: "refund-1".to_owned(),
    };
    let refunded = client.refund(&refund).await.unwrap();
    assert_eq!(refunded.amount, refund.amount);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_let_go_is_taken_no_more() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (order, _) = agreed(&fake, &client).await;
    let above = take(&order, 26_881, "authorisation-1-1");
    let above = paypal(&client).take_authorised(&above).await;
    assert!(
        matches!(&above, Err(GatewayError::Refused { code, .. }) if code == "MAX_CAPTURE_AMOUNT_EXCEEDED"),
        "{above:?}"
    );
    for key in ["authorisation-1-2", "authorisation-1-3"] {
        let tenant = TenantId::new();
        let let_go = paypal(&client).release(tenant, &order, key).await;
        assert_eq!(let_go.unwrap(), AuthorisationState::Released);
    }
    let late = take(&order, 1_000, "authorisation-1-4");
    let late = paypal(&client).take_authorised(&late).await;
    assert_eq!(late.unwrap(), AuthorisationState::Released);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_capture_is_refused_and_the_money_still_aside_unless_paypal_says_it_is_gone() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (order, request) = agreed(&fake, &client).await;
    fake.decline(&order);
    let refused = take(&order, 5_000, "key-1");
    let refused = paypal(&client).take_authorised(&refused).await;
    assert!(
        matches!(&refused, Err(GatewayError::Refused { code, .. }) if code == "CAPTURE_DECLINED"),
        "{refused:?}"
    );
    let asked = at(&request, &order);
    let state = async || paypal(&client).authorisation_state(&asked).await.unwrap();
    assert_eq!(state().await, Some(aside(&order)));
    fake.order_mut(&order, |order| {
        order["purchase_units"][0]["payments"]["authorizations"][0]["status"] = json!("CAPTURED");
    });
    assert_eq!(state().await, Some(AuthorisationState::Released));

    // Another time it is taken.
    fake.order_mut(&order, |order| {
        order["purchase_units"][0]["payments"]["authorizations"][0]["status"] = json!("CREATED");
    });
    fake.accept(&order);
    let again = take(&order, 5_000, "key-2");
    let again = paypal(&client).take_authorised(&again).await;
    assert_eq!(again.unwrap(), taken(&order, 5_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_found_out_by_asking() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (order, request) = agreed(&fake, &client).await;
    fake.lose_the_answer("/capture");
    let taking = take(&order, 5_000, "key-1");
    let lost = paypal(&client).take_authorised(&taking).await;
    assert!(matches!(lost, Err(GatewayError::Busy { status: 504 })));
    let asked = at(&request, &order);
    let state = paypal(&client).authorisation_state(&asked).await;
    assert_eq!(state.unwrap(), Some(taken(&order, 5_000)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_payer_has_to_agree_again_and_there_are_no_cards() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let request = request(dollars());
    let made = paypal(&client).authorise_on_page(&request).await.unwrap();
    let order = made.gateway_reference;
    fake.approve(&order);
    fake.decline(&order);
    let sought = at(&request, &order);
    let declined = paypal(&client).confirm(&sought, "authorise-1").await;
    assert_eq!(declined.unwrap(), AuthorisationState::Open);
    fake.forget(&order);
    let gone = paypal(&client).authorisation_state(&sought).await;
    assert_eq!(gone.unwrap(), Some(AuthorisationState::Expired));

    let card = CardReference {
        customer: "c".to_owned(),
        method: "m".to_owned(),
    };
    let on_card = Sought {
        place: Place::Card(card),
        ..sought
    };
    let none = paypal(&client).authorisation_state(&on_card).await;
    assert!(matches!(none, Err(GatewayError::KeepsNoCards)));
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_an_authorisation_name_its_order() {
    let fake = FakePayPal::open();
    let client = fake.client();
    let (order, request) = agreed(&fake, &client).await;
    let aside = fake.order(&order)["purchase_units"][0]["payments"]["authorizations"][0].clone();
    for (name, expected) in [
        ("PAYMENT.AUTHORIZATION.CREATED", EventKind::Authorised),
        ("PAYMENT.AUTHORIZATION.VOIDED", EventKind::Released),
    ] {
        let body = FakePayPal::event(name, "WH-1", &aside);
        let events = told(&client, &FakePayPal::sign(&body), &body)
            .await
            .unwrap();
        let event = events.first().unwrap();
        assert_eq!((event.kind, event.reference), (expected, request.reference));
        assert_eq!(event.gateway_reference, order);
    }
}

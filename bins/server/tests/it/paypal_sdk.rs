//! PayPal's own SDKs for Python. `paypalrestsdk` verifies what our PayPal tells, which is signed as PayPal signs: RSA over
//! the id and time of the transmission, the webhook's id and the body's checksum, with a certificate that is fetched from PayPal.
//! It trusts the authorities in its package, of which nobody outside has a key, so the test puts its own in their place. (It is of
//! 2021 and needs `OpenSSL.crypto.verify`, which pyOpenSSL has no more since 24.3: hence the pins.) `paypal-server-sdk` drives
//! orders through our PayPal, and its models read what that says and what our adapter asks.

use std::sync::Arc;

use motel_kernel::{Currency, Money, PaymentLinkId, RefundId, TenantId};
use motel_payments::{CheckoutRequest, CheckoutState, Gateway, RefundOutcome, RefundRequest};
use serde_json::{Value, json};

use crate::fake_paypal::{CERTIFICATE, FakePayPal, Question, WEBHOOK_ID};
use crate::python::Python;

const WEBHOOKS: &str = include_str!("paypal_sdk/webhooks.py");
const ORDERS: &str = include_str!("paypal_sdk/orders.py");

/// By this name the SDK knows PayPal's certificates.
const NAME: &str = "messageverificationcerts.paypal.com";
const TIME: &str = "2026-12-01T15:00:10Z";
const ID: &str = "69cd13f0-d67a-11e5-baa3-778b53f4ae55";

/// A certificate of an authority that nobody knows but the test.
#[derive(Clone)]
struct Authority {
    python: Python,
    own: String,
    certificate: String,
    key: String,
}

fn ask(python: Python, script: &str, asked: &Value) -> Value {
    serde_json::from_str(&python.run(script, asked)).unwrap()
}

impl Authority {
    fn found(python: Python, name: &str) -> Self {
        let found = ask(python, WEBHOOKS, &json!({ "do": "found", "name": name }));
        let part = |name: &str| found[name].as_str().unwrap().to_owned();
        Self {
            python,
            own: part("authority"),
            certificate: part("certificate"),
            key: part("key"),
        }
    }

    fn sign(&self, body: &str) -> String {
        let asked = json!({
            "do": "sign", "key": self.key, "id": ID, "time": TIME, "webhook": WEBHOOK_ID, "body": body,
        });
        let signature = ask(self.python, WEBHOOKS, &asked);
        signature.as_str().unwrap().to_owned()
    }

    /// What the SDK says of what PayPal is asked.
    fn verifies(&self, question: &Question) -> bool {
        let asked = json!({
            "do": "verify", "authority": self.own, "id": question.transmission_id,
            "time": question.transmission_time, "webhook": question.webhook_id,
            "body": question.webhook_event.get(), "url": question.cert_url,
            "signature": question.transmission_sig, "algorithm": question.auth_algo,
        });
        ask(self.python, WEBHOOKS, &asked).as_bool().unwrap()
    }
}

/// What signs our PayPal's events: a certificate, judged by the SDK; or, where there is no Python, its own stand-in.
pub(crate) struct PayPalSeal(Option<(Authority, String)>);

impl PayPalSeal {
    pub(crate) fn of(paypal: &FakePayPal) -> Self {
        Self(Python::find("PayPal's SDK").map(|python| {
            let authority = Authority::found(python, NAME);
            let judge = authority.clone();
            let judge = Arc::new(move |question: &Question| judge.verifies(question));
            paypal.sign_with(&authority.certificate, judge);
            (authority, format!("{}{CERTIFICATE}", paypal.base()))
        }))
    }

    /// The five headers of a genuine event.
    pub(crate) fn sign(&self, body: &[u8]) -> Vec<(&'static str, String)> {
        let mut headers = FakePayPal::sign(body);
        if let Some((authority, url)) = &self.0 {
            let text = std::str::from_utf8(body).unwrap();
            for (name, value) in &mut headers {
                match *name {
                    "PAYPAL-TRANSMISSION-SIG" => *value = authority.sign(text),
                    "PAYPAL-CERT-URL" => value.clone_from(url),
                    _ => {}
                }
            }
        }
        headers
    }

    /// The same of another event.
    pub(crate) fn forge(&self, body: &[u8]) -> Vec<(&'static str, String)> {
        let other = [body, b" "].concat();
        self.sign(&other)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_as_paypal_signs_its_sdk_believes_and_nothing_else() {
    let Some(python) = Python::find("PayPal's SDK") else {
        return;
    };
    let paypal = FakePayPal::open();
    let asking = tokio::task::spawn_blocking(move || {
        let authority = Authority::found(python, NAME);
        let judge = authority.clone();
        paypal.sign_with(
            &authority.certificate,
            Arc::new(move |question| judge.verifies(question)),
        );
        let body =
            r#"{"id" : "WH-1", "name" : "Jos\u00e9 N\u00fa\u00f1ez", "note" : "1,2=3 \u20ac €"}"#;
        let genuine = json!({
            "auth_algo": "SHA256withRSA", "cert_url": format!("{}{CERTIFICATE}", paypal.base()),
            "transmission_id": ID, "transmission_time": TIME, "transmission_sig": authority.sign(body),
            "webhook_id": WEBHOOK_ID,
        });
        let judged = |authority: &Authority, change: &[(&str, &str)], body: &str| {
            let mut asked = genuine.clone();
            for (name, value) in change {
                asked[*name] = json!(value);
            }
            // The event goes along as it came, byte by byte.
            let head = asked.to_string();
            let head = head.strip_suffix('}').unwrap();
            let asked = format!("{head},\"webhook_event\":{body}}}");
            authority.verifies(&serde_json::from_str(&asked).unwrap())
        };
        assert!(judged(&authority, &[], body));
        for change in [
            ("webhook_id", "another"),
            ("transmission_time", "2026-12-01T15:00:11Z"),
            ("transmission_id", "another"),
            ("auth_algo", "SHA1withRSA"),
            ("auth_algo", "none"),
        ] {
            assert!(!judged(&authority, &[change], body), "{change:?}");
        }
        assert!(!judged(&authority, &[], &body.replace(" : ", ": ")));
        // Of another authority, and of another name.
        let other = Authority::found(python, NAME);
        assert!(!judged(&other, &[], body));
        let name = Authority::found(python, "www.example.com");
        paypal.sign_with(&name.certificate, Arc::new(|_| false));
        let signature = name.sign(body);
        assert!(!judged(&name, &[("transmission_sig", &signature)], body));
    });
    asking.await.unwrap();
}

/// Each payload, and the vendor's model that has to know all of it.
async fn hold(python: Python, said: Vec<(&str, Value)>) {
    let asked = json!({ "do": "held", "said": said });
    let unlike = drive(python, asked).await;
    assert_eq!(unlike, json!([]));
}

async fn drive(python: Python, asked: Value) -> Value {
    let asking = tokio::task::spawn_blocking(move || ask(python, ORDERS, &asked));
    asking.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn paypals_sdk_takes_and_gives_back_money_at_our_paypal() {
    let Some(python) = Python::find("PayPal's SDK") else {
        return;
    };
    let paypal = FakePayPal::open();
    let base = paypal.base();
    let made = drive(python, json!({ "do": "create", "base": base })).await;
    let order = made["id"].as_str().unwrap();
    assert_eq!(
        (&made["state"], &made["unlike"]),
        (&json!("PAYER_ACTION_REQUIRED"), &json!([]))
    );
    assert_eq!(made["again"], order, "one key makes one order");
    assert_eq!(made["pages"].as_array().unwrap().len(), 1);

    let early = json!({ "do": "refused", "base": base, "order": order, "key": "early" });
    let refused = drive(python, early).await;
    let expected =
        json!({ "kind": "ErrorException", "status": 422, "issues": ["ORDER_NOT_APPROVED"] });
    assert_eq!(refused, expected);

    paypal.approve(order);
    let taken = drive(
        python,
        json!({ "do": "take", "base": base, "order": order }),
    )
    .await;
    for (step, state) in [
        ("taken", "COMPLETED"),
        // It was shown before a part of it went back.
        ("capture", "COMPLETED"),
        ("refund", "COMPLETED"),
        ("seen", "COMPLETED"),
        ("after", "COMPLETED"),
    ] {
        let answer = &taken[step];
        assert_eq!(answer["unlike"], json!([]), "{step}");
        // The capture was shown before a part of it went back.
        let state = if step == "capture" {
            "COMPLETED"
        } else {
            state
        };
        assert_eq!(answer["state"], state, "{step}");
    }
    assert_eq!(
        (&taken["amount"], &taken["left"]),
        (&json!("120.50"), &json!("PARTIALLY_REFUNDED"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_our_adapter_asks_and_our_paypal_says_is_all_of_the_vendors_models() {
    let Some(python) = Python::find("PayPal's SDK") else {
        return;
    };
    let paypal = FakePayPal::open();
    let adapter = paypal.client();
    let tenant = TenantId::new();
    let request = CheckoutRequest {
        tenant,
        reference: PaymentLinkId::new(),
        amount: Money::new(12_050, Currency::USD),
        description: "Booking RM-TEST22".to_owned(),
        success_url: "https://motel.example/payments/returns/1".to_owned(),
        cancel_url: "https://motel.example/booking/RM-TEST22".to_owned(),
        customer_email: "ana@example.com".parse().unwrap(),
        keep_card: false,
        idempotency_key: "payment-link-1".to_owned(),
    };
    let checkout = adapter.create_checkout(&request).await.unwrap();
    let order = checkout.gateway_reference;
    let open = paypal.order(&order);
    paypal.approve(&order);
    let taken = adapter.capture(tenant, &order, "capture-1").await;
    assert_eq!(taken.unwrap(), CheckoutState::Paid(request.amount));
    let refund = RefundRequest {
        tenant,
        id: RefundId::new(),
        reference: request.reference,
        checkout: order.clone(),
        amount: Money::new(2_050, Currency::USD),
        idempotency_key: "refund-1".to_owned(),
    };
    let back = adapter.refund(&refund).await.unwrap();
    assert_eq!(back.outcome, RefundOutcome::Succeeded);

    let body = |end: &str| paypal.requests("POST", end)[0].json();
    let complete = paypal.order(&order);
    let refunded = complete["purchase_units"][0]["payments"]["refunds"][0].clone();
    let said = vec![
        ("OrderRequest", body("/v2/checkout/orders")),
        ("RefundRequest", body("/refund")),
        ("Order", open),
        ("Order", complete),
        ("CapturedPayment", paypal.captured(&order)),
        ("Refund", refunded),
    ];
    hold(python, said).await;
    // It would notice: a word and a field that PayPal does not have, and one that it must have.
    let wrong = json!({ "do": "held", "said": [
        ["Order", { "id": "x", "status": "NEW" }],
        ["OrderRequest", { "intent": "CAPTURE", "purchase_units": [{ "amount": { "currency_code": "USD", "value": "1.00" }, "colour": "red" }] }],
        ["OrderRequest", { "intent": "CAPTURE", "purchase_units": [{ "custom_id": "a" }] }],
    ] });
    let unlike = drive(python, wrong).await;
    assert_eq!(unlike.as_array().unwrap().len(), 3, "{unlike}");
}

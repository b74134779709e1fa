//! A server that answers as Stripe's documentation shows, and remembers what it was asked.

use std::sync::{Arc, Mutex};

use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt, web};
use motel_payments::stripe::{Stripe, StripeSettings};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
}

impl Recorded {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(key, _)| key == name);
        &found.unwrap_or_else(|| panic!("no header {name}")).1
    }

    pub(crate) fn field(&self, name: &str) -> &str {
        let found = self.form.iter().find(|(key, _)| key == name);
        &found.unwrap_or_else(|| panic!("no field {name}")).1
    }
}

#[derive(Clone)]
pub(crate) struct FakeStripe {
    requests: Arc<Mutex<Vec<Recorded>>>,
    answer: (StatusCode, Value),
    /// What some paths answer instead: method, path, answer.
    answers: Vec<(&'static str, &'static str, Value)>,
    base: String,
}

pub(crate) const WEBHOOK_SECRET: &str = "whsec_fake";

impl FakeStripe {
    pub(crate) fn answering(status: u16, answer: Value) -> Self {
        Self::serving(status, answer, Vec::new())
    }

    pub(crate) fn serving(
        status: u16,
        answer: Value,
        answers: Vec<(&'static str, &'static str, Value)>,
    ) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let answer = (StatusCode::from_u16(status).unwrap(), answer);
        let fake = Self {
            requests: Arc::default(),
            answer,
            answers,
            base,
        };
        let state = web::Data::new(fake.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(state.clone())
                .default_service(web::to(record))
        });
        rt::spawn(server.workers(1).listen(listener).unwrap().run());
        fake
    }

    pub(crate) fn client(&self) -> Stripe {
        Stripe::new(StripeSettings {
            secret_key: "sk_test_123".to_owned().into(),
            webhook_secret: WEBHOOK_SECRET.to_owned().into(),
            api_base: self.base.clone(),
        })
        .unwrap()
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap().clone()
    }
}

async fn record(
    fake: web::Data<FakeStripe>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let headers = request.headers().iter();
    let recorded = Recorded {
        method: request.method().to_string(),
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect(),
        form: web::Query::<Vec<(String, String)>>::from_query(std::str::from_utf8(&body).unwrap())
            .unwrap()
            .into_inner(),
    };
    fake.requests.lock().unwrap().push(recorded);
    let (method, path) = (request.method().as_str(), request.path());
    let mut special = fake.answers.iter();
    match special.find(|(of, at, _)| (*of, *at) == (method, path)) {
        Some((_, _, answer)) => HttpResponse::Ok().json(answer),
        None => HttpResponse::build(fake.answer.0).json(&fake.answer.1),
    }
}

/// The fields of a Checkout Session as published, with `reference` as its client reference.
pub(crate) fn session(reference: &str) -> Value {
    json!({
        "id": "cs_test_a11YYufWQzNY63zpQ6QSNRQhkUpVph4WRmzW0zWJO2znZKdVujZ0N0S22u",
        "object": "checkout.session",
        "after_expiration": null,
        "allow_promotion_codes": null,
        "amount_subtotal": 26880,
        "amount_total": 26880,
        "automatic_tax": {"enabled": false, "liability": null, "status": null},
        "billing_address_collection": null,
        "cancel_url": "http://127.0.0.1:8080/booking/RM-7K3F9Q",
        "client_reference_id": reference,
        "consent": null,
        "created": 1_795_255_200,
        "currency": "usd",
        "customer": null,
        "customer_creation": "if_required",
        "customer_email": "ana@example.com",
        "expires_at": 1_795_341_600,
        "livemode": false,
        "locale": null,
        "metadata": {"payment_link_id": reference},
        "mode": "payment",
        "payment_intent": null,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": "http://127.0.0.1:8080/booking/RM-7K3F9Q",
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "url": "https://checkout.stripe.com/c/pay/cs_test_a11YYufWQzNY63zpQ6QSNRQhkUpVph4WRmzW0zWJO2znZKdVujZ0N0S22u"
    })
}

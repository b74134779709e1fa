//! A server that keeps orders as PayPal's documentation shows, and remembers what it was asked.
#![allow(
    dead_code,
    reason = "three crates test against it, and each uses a part"
)]

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use motel_payments::paypal::{PayPal, PayPalSettings};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

pub(crate) const WEBHOOK_ID: &str = "1JE4291016473214C";

#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Recorded {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Books {
    requests: Vec<Recorded>,
    orders: BTreeMap<String, Value>,
    /// What was answered under a `PayPal-Request-Id`.
    answered: BTreeMap<String, (u16, Value)>,
    tokens: usize,
    /// Captures of these orders are declined.
    declined: Vec<String>,
    /// The next call whose path ends like this is done and its answer lost.
    lose: Option<String>,
    serial: usize,
    base: String,
    /// Who judges signatures in place of our own stand-in.
    judge: Option<Judge>,
    /// What signatures are made with, at `CERTIFICATE`.
    certificate: Option<String>,
}

/// Says whether what PayPal is asked about is genuine; it may block.
pub(crate) type Judge = Arc<dyn Fn(&Question) -> bool + Send + Sync>;

/// Where the certificate stands that signatures are made with.
pub(crate) const CERTIFICATE: &str = "/v1/notifications/certs/CERT-360caa42";

const VERIFY: &str = "/v1/notifications/verify-webhook-signature";

#[derive(Clone)]
pub(crate) struct FakePayPal(Arc<Mutex<Books>>);

impl FakePayPal {
    pub(crate) fn open() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let books = Books {
            base,
            ..Books::default()
        };
        let fake = Self(Arc::new(Mutex::new(books)));
        let state = web::Data::new(fake.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(state.clone())
                .default_service(web::to(answer))
        });
        let server = server.workers(1).disable_signals();
        tokio::spawn(server.listen(listener).unwrap().run());
        fake
    }

    pub(crate) fn client(&self) -> PayPal {
        PayPal::new(PayPalSettings {
            client_id: "an-app".to_owned(),
            client_secret: "its secret".to_owned().into(),
            webhook_id: WEBHOOK_ID.to_owned(),
            api_base: self.0.lock().unwrap().base.clone(),
        })
        .unwrap()
    }

    /// From now on events are signed with a certificate, and judged so.
    pub(crate) fn sign_with(&self, certificate: &str, judge: Judge) {
        let mut books = self.0.lock().unwrap();
        books.certificate = Some(certificate.to_owned());
        books.judge = Some(judge);
    }

    pub(crate) fn base(&self) -> String {
        self.0.lock().unwrap().base.clone()
    }

    pub(crate) fn requests(&self, method: &str, path_end: &str) -> Vec<Recorded> {
        let books = self.0.lock().unwrap();
        let all = books.requests.iter();
        all.filter(|it| it.method == method && it.path.ends_with(path_end))
            .cloned()
            .collect()
    }

    /// The payer agrees.
    pub(crate) fn approve(&self, order: &str) {
        self.order_mut(order, |order| order["status"] = json!("APPROVED"));
    }

    /// The payer's funding source does not work.
    pub(crate) fn decline(&self, order: &str) {
        self.0.lock().unwrap().declined.push(order.to_owned());
    }

    pub(crate) fn accept(&self, order: &str) {
        let mut books = self.0.lock().unwrap();
        books.declined.retain(|declined| declined != order);
        // PayPal processes a request anew that it refused before.
        books.answered.retain(|_, (status, _)| *status < 400);
    }

    /// Nobody hears what becomes of the next call whose path ends like this.
    pub(crate) fn lose_the_answer(&self, path_end: &str) {
        self.0.lock().unwrap().lose = Some(path_end.to_owned());
    }

    /// All tokens are void.
    pub(crate) fn revoke_tokens(&self) {
        self.0.lock().unwrap().tokens += 1;
    }

    pub(crate) fn order(&self, id: &str) -> Value {
        self.0.lock().unwrap().orders[id].clone()
    }

    /// What was taken for an order, as PayPal shows it by itself and tells of it; within the order it has no word of that.
    pub(crate) fn captured(&self, order: &str) -> Value {
        let capture = self.order(order)["purchase_units"][0]["payments"]["captures"][0].clone();
        of_order(capture, order)
    }

    pub(crate) fn order_mut(&self, id: &str, change: impl FnOnce(&mut Value)) {
        change(self.0.lock().unwrap().orders.get_mut(id).unwrap());
    }

    pub(crate) fn forget(&self, id: &str) {
        self.0.lock().unwrap().orders.remove(id);
    }

    /// An event as published, about a resource of ours.
    pub(crate) fn event(kind: &str, id: &str, resource: &Value) -> Vec<u8> {
        let kind_of_resource = match kind {
            "CHECKOUT.ORDER.APPROVED" => "checkout-order",
            "PAYMENT.CAPTURE.REFUNDED" | "PAYMENT.CAPTURE.REVERSED" => "refund",
            "PAYMENT.AUTHORIZATION.CREATED" | "PAYMENT.AUTHORIZATION.VOIDED" => "authorization",
            _ => "capture",
        };
        let event = json!({
            "id": id,
            "event_version": "1.0",
            "create_time": "2026-12-01T15:00:05.940Z",
            "resource_type": kind_of_resource,
            "resource_version": "2.0",
            "event_type": kind,
            "summary": "Something happened",
            "resource": resource,
            "links": [{"href": format!("https://api.paypal.com/v1/notifications/webhooks-events/{id}"), "rel": "self", "method": "GET"}],
        });
        // Its spaces are its own: whoever writes it anew breaks the signature.
        serde_json::to_string_pretty(&event)
            .unwrap()
            .replace(": ", " : ")
            .into_bytes()
    }

    /// The five headers of a genuine event.
    pub(crate) fn sign(body: &[u8]) -> Vec<(&'static str, String)> {
        let (id, time) = (
            "69cd13f0-d67a-11e5-baa3-778b53f4ae55",
            "2026-12-01T15:00:10Z",
        );
        let text = std::str::from_utf8(body).unwrap();
        vec![
            ("PAYPAL-AUTH-ALGO", "SHA256withRSA".to_owned()),
            (
                "PAYPAL-CERT-URL",
                "https://api.paypal.com/v1/notifications/certs/CERT-360caa42".to_owned(),
            ),
            ("PAYPAL-TRANSMISSION-ID", id.to_owned()),
            ("PAYPAL-TRANSMISSION-SIG", signature(id, time, text)),
            ("PAYPAL-TRANSMISSION-TIME", time.to_owned()),
        ]
    }
}

/// It stands for PayPal's own: over the id, the time, the webhook and a checksum of the text.
fn signature(id: &str, time: &str, text: &str) -> String {
    let mut checksum = DefaultHasher::new();
    (id, time, WEBHOOK_ID, text, "known to PayPal alone").hash(&mut checksum);
    format!("{:016x}", checksum.finish())
}

/// What PayPal is asked about a signature.
#[derive(Deserialize)]
pub(crate) struct Question {
    pub(crate) auth_algo: String,
    pub(crate) cert_url: String,
    pub(crate) transmission_id: String,
    pub(crate) transmission_time: String,
    pub(crate) transmission_sig: String,
    pub(crate) webhook_id: String,
    pub(crate) webhook_event: Box<RawValue>,
}

async fn answer(
    fake: web::Data<FakePayPal>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let body = String::from_utf8(body.to_vec()).unwrap();
    let headers = request.headers().iter();
    let headers: BTreeMap<String, String> = headers
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let recorded = Recorded {
        method: request.method().to_string(),
        path: request.path().to_owned(),
        headers,
        body,
    };
    let judge = fake.0.lock().unwrap().judge.clone();
    let judged = match judge.filter(|_| recorded.path == VERIFY) {
        Some(judge) => {
            let body = recorded.body.clone();
            // It may ask us for the certificate meanwhile.
            Some(web::block(move || verify(&body, &*judge)).await.unwrap())
        }
        None => None,
    };
    let mut books = fake.0.lock().unwrap();
    books.requests.push(recorded.clone());
    if recorded.path == CERTIFICATE
        && let Some(certificate) = &books.certificate
    {
        return HttpResponse::Ok().body(certificate.clone());
    }
    let (status, said) = match (books.answer(&recorded), judged) {
        ((200, _), Some(judged)) => judged,
        (answered, _) => answered,
    };
    let is_lost = books
        .lose
        .as_ref()
        .is_some_and(|end| recorded.path.ends_with(end));
    if is_lost {
        books.lose = None;
        return HttpResponse::GatewayTimeout().body("<html>504</html>");
    }
    HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap()).json(said)
}

fn refusal(name: &str, issue: &str) -> Value {
    json!({
        "name": name, "message": "The requested action could not be performed.", "debug_id": "90957fca61718",
        "details": [{"issue": issue, "description": format!("{issue} as documented.")}],
        "links": [{"href": "https://developer.paypal.com/docs/api/orders/v2/", "rel": "information_link", "method": "GET"}],
    })
}

fn not_found() -> (u16, Value) {
    (404, refusal("RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID"))
}

impl Books {
    fn answer(&mut self, asked: &Recorded) -> (u16, Value) {
        if asked.path == "/v1/oauth2/token" {
            return self.grant(asked);
        }
        let token = format!("Bearer A21AA-{}", self.tokens);
        if asked.headers.get("authorization") != Some(&token) {
            return (
                401,
                json!({"error": "invalid_token", "error_description": "Token signature verification failed"}),
            );
        }
        let key = asked.headers.get("paypal-request-id");
        if let Some(known) = key.and_then(|key| self.answered.get(key)) {
            return known.clone();
        }
        let said = self.act(asked);
        if let Some(key) = key {
            self.answered.insert(key.clone(), said.clone());
        }
        said
    }

    fn grant(&mut self, asked: &Recorded) -> (u16, Value) {
        // "an-app:its secret"
        let basic = "Basic YW4tYXBwOml0cyBzZWNyZXQ=";
        let is_right = asked.headers["authorization"] == basic
            && asked.body == "grant_type=client_credentials";
        if !is_right {
            return (
                401,
                json!({"error": "invalid_client", "error_description": "Client Authentication failed"}),
            );
        }
        (
            200,
            json!({
                "scope": "https://uri.paypal.com/services/checkout", "access_token": format!("A21AA-{}", self.tokens),
                "token_type": "Bearer", "app_id": "APP-80W284485P519543T", "expires_in": 31668, "nonce": "2020-04-03T15:35:36Z",
            }),
        )
    }

    fn act(&mut self, asked: &Recorded) -> (u16, Value) {
        let parts: Vec<&str> = asked.path.trim_start_matches('/').split('/').collect();
        match (asked.method.as_str(), parts.as_slice()) {
            ("POST", ["v1", "notifications", "verify-webhook-signature"]) => {
                verify(&asked.body, &is_genuine)
            }
            ("POST", ["v2", "checkout", "orders"]) => self.create(&asked.json()),
            ("GET", ["v2", "checkout", "orders", id]) => {
                let order = self.orders.get(*id).cloned();
                order.map_or_else(not_found, |order| (200, order))
            }
            ("POST", ["v2", "checkout", "orders", id, "capture"]) => self.capture(id),
            ("GET", ["v2", "payments", "captures", id]) => {
                let mut orders = self.orders.iter();
                let capture = orders
                    .find_map(|(order, kept)| Some(of_order(capture_of(kept, id)?.clone(), order)));
                capture.map_or_else(not_found, |capture| (200, capture))
            }
            ("GET", ["v2", "payments", "refunds", id]) => {
                let refund = self.orders.values().find_map(|order| refund_of(order, id));
                refund
                    .cloned()
                    .map_or_else(not_found, |refund| (200, refund))
            }
            ("POST", ["v2", "payments", "captures", id, "refund"]) => {
                self.refund(id, &asked.json())
            }
            ("POST", ["v2", "checkout", "orders", id, "authorize"]) => self.authorize(id),
            ("POST", ["v2", "payments", "authorizations", id, "capture"]) => {
                self.capture_authorized(id, &asked.json())
            }
            ("POST", ["v2", "payments", "authorizations", id, "void"]) => self.void(id),
            _ => not_found(),
        }
    }

    fn authorize(&mut self, id: &str) -> (u16, Value) {
        let is_declined = self.declined.iter().any(|declined| declined == id);
        let authorization = self.name("AUT");
        let Some(order) = self.orders.get_mut(id) else {
            return not_found();
        };
        let unprocessable = |issue| (422, refusal("UNPROCESSABLE_ENTITY", issue));
        match (order["status"].as_str(), order["intent"].as_str()) {
            (Some("APPROVED"), Some("AUTHORIZE")) if is_declined => {
                unprocessable("INSTRUMENT_DECLINED")
            }
            (Some("APPROVED"), Some("AUTHORIZE")) => {
                let unit = &order["purchase_units"][0];
                let aside = json!({
                    "id": authorization, "status": "CREATED", "amount": unit["amount"], "custom_id": unit["custom_id"],
                    "create_time": "2026-12-01T15:00:04Z", "update_time": "2026-12-01T15:00:04Z",
                    "expiration_time": "2026-12-30T15:00:04Z",
                    "seller_protection": {"status": "NOT_ELIGIBLE"},
                    "supplementary_data": {"related_ids": {"order_id": id}},
                    "links": [
                        {"href": format!("https://api.paypal.com/v2/payments/authorizations/{authorization}"), "rel": "self", "method": "GET"},
                        {"href": format!("https://api.paypal.com/v2/payments/authorizations/{authorization}/capture"), "rel": "capture", "method": "POST"},
                        {"href": format!("https://api.paypal.com/v2/payments/authorizations/{authorization}/void"), "rel": "void", "method": "POST"},
                        {"href": format!("https://api.paypal.com/v2/checkout/orders/{id}"), "rel": "up", "method": "GET"},
                    ],
                });
                order["status"] = json!("COMPLETED");
                order["purchase_units"][0]["payments"] = json!({ "authorizations": [aside] });
                (201, order.clone())
            }
            (Some("COMPLETED"), _) => unprocessable("ORDER_ALREADY_AUTHORIZED"),
            _ => unprocessable("ORDER_NOT_APPROVED"),
        }
    }

    /// The payments of the order that has this authorisation, and the order's id.
    fn authorized(&mut self, id: &str) -> Option<(String, &mut Value)> {
        let of =
            |order: &Value| order["purchase_units"][0]["payments"]["authorizations"][0].clone();
        let mut orders = self.orders.iter_mut();
        let (name, order) = orders.find(|(_, order)| of(order)["id"] == id)?;
        Some((name.clone(), &mut order["purchase_units"][0]["payments"]))
    }

    fn capture_authorized(&mut self, id: &str, body: &Value) -> (u16, Value) {
        let capture = self.name("CAP");
        let declined = self.declined.clone();
        let Some((order, payments)) = self.authorized(id) else {
            return not_found();
        };
        let is_declined = declined.contains(&order);
        let unprocessable = |issue| (422, refusal("UNPROCESSABLE_ENTITY", issue));
        let aside = &payments["authorizations"][0];
        let cents = |amount: &Value| -> i64 {
            let value = amount["value"].as_str().unwrap();
            value.replace('.', "").parse().unwrap()
        };
        match aside["status"].as_str() {
            Some("CAPTURED") => return unprocessable("AUTHORIZATION_ALREADY_CAPTURED"),
            Some("VOIDED") => return unprocessable("AUTHORIZATION_VOIDED"),
            _ if cents(&body["amount"]) > cents(&aside["amount"]) => {
                return unprocessable("MAX_CAPTURE_AMOUNT_EXCEEDED");
            }
            _ => {}
        }
        let taken = json!({
            "id": capture, "status": if is_declined { "DECLINED" } else { "COMPLETED" }, "amount": body["amount"], "custom_id": aside["custom_id"],
            "final_capture": body["final_capture"], "create_time": "2026-12-02T15:00:04Z",
            "supplementary_data": {"related_ids": {"order_id": order, "authorization_id": id}},
            "links": [
                {"href": format!("https://api.paypal.com/v2/payments/captures/{capture}"), "rel": "self", "method": "GET"},
                {"href": format!("https://api.paypal.com/v2/payments/captures/{capture}/refund"), "rel": "refund", "method": "POST"},
                {"href": format!("https://api.paypal.com/v2/payments/authorizations/{id}"), "rel": "up", "method": "GET"},
            ],
        });
        if !is_declined {
            payments["authorizations"][0]["status"] = json!("CAPTURED");
        }
        payments["captures"] = json!([taken]);
        (201, taken)
    }

    fn void(&mut self, id: &str) -> (u16, Value) {
        let Some((_, payments)) = self.authorized(id) else {
            return not_found();
        };
        let aside = &mut payments["authorizations"][0];
        let unprocessable = |issue| (422, refusal("UNPROCESSABLE_ENTITY", issue));
        match aside["status"].as_str() {
            Some("CAPTURED") => unprocessable("AUTHORIZATION_ALREADY_CAPTURED"),
            Some("VOIDED") => unprocessable("PREVIOUSLY_VOIDED"),
            _ => {
                aside["status"] = json!("VOIDED");
                (200, aside.clone())
            }
        }
    }

    fn name(&mut self, kind: &str) -> String {
        self.serial += 1;
        format!("{kind}{:014}", self.serial)
    }

    fn create(&mut self, body: &Value) -> (u16, Value) {
        let id = self.name("ORD");
        let page = format!("https://www.paypal.com/checkoutnow?token={id}");
        let mut unit = body["purchase_units"][0].clone();
        unit["reference_id"] = json!("default");
        let order = json!({
            "id": id, "intent": body["intent"], "status": "PAYER_ACTION_REQUIRED",
            "payment_source": {"paypal": {}}, "purchase_units": [unit], "create_time": "2026-12-01T15:00:00Z",
            "links": [
                {"href": format!("https://api-m.paypal.com/v2/checkout/orders/{id}"), "rel": "self", "method": "GET"},
                {"href": page, "rel": "payer-action", "method": "GET"},
            ],
        });
        self.orders.insert(id, order.clone());
        (200, order)
    }

    fn capture(&mut self, id: &str) -> (u16, Value) {
        let is_declined = self.declined.iter().any(|declined| declined == id);
        let capture = self.name("CAP");
        let Some(order) = self.orders.get_mut(id) else {
            return not_found();
        };
        let unprocessable = |issue| (422, refusal("UNPROCESSABLE_ENTITY", issue));
        match order["status"].as_str() {
            Some("APPROVED") if is_declined => unprocessable("INSTRUMENT_DECLINED"),
            Some("APPROVED") => {
                let unit = &order["purchase_units"][0];
                let taken = json!({
                    "id": capture, "status": "COMPLETED", "amount": unit["amount"], "custom_id": unit["custom_id"],
                    "final_capture": true, "create_time": "2026-12-01T15:00:04Z",
                    "seller_protection": {"status": "NOT_ELIGIBLE"},
                    "links": [
                        {"href": format!("https://api.paypal.com/v2/payments/captures/{capture}"), "rel": "self", "method": "GET"},
                        {"href": format!("https://api.paypal.com/v2/payments/captures/{capture}/refund"), "rel": "refund", "method": "POST"},
                        {"href": format!("https://api.paypal.com/v2/checkout/orders/{id}"), "rel": "up", "method": "GET"},
                    ],
                });
                order["status"] = json!("COMPLETED");
                order["purchase_units"][0]["payments"] = json!({ "captures": [taken] });
                (201, order.clone())
            }
            Some("COMPLETED") => unprocessable("ORDER_ALREADY_CAPTURED"),
            _ => unprocessable("ORDER_NOT_APPROVED"),
        }
    }

    fn refund(&mut self, capture: &str, body: &Value) -> (u16, Value) {
        let id = self.name("REF");
        let mut orders = self.orders.values_mut();
        let Some(order) = orders.find(|order| capture_of(order, capture).is_some()) else {
            return not_found();
        };
        let payments = &mut order["purchase_units"][0]["payments"];
        let cents = |amount: &Value| -> i64 {
            amount["value"]
                .as_str()
                .unwrap()
                .replace('.', "")
                .parse()
                .unwrap()
        };
        let refunds = payments["refunds"].as_array().cloned().unwrap_or_default();
        let gone: i64 = refunds.iter().map(|refund| cents(&refund["amount"])).sum();
        if gone + cents(&body["amount"]) > cents(&payments["captures"][0]["amount"]) {
            return (
                422,
                refusal("UNPROCESSABLE_ENTITY", "REFUND_AMOUNT_EXCEEDED"),
            );
        }
        let refund = json!({
            "id": id, "status": "COMPLETED", "amount": body["amount"], "custom_id": body["custom_id"],
            "create_time": "2026-12-01T15:10:00Z", "update_time": "2026-12-01T15:10:00Z",
            "seller_payable_breakdown": {"gross_amount": body["amount"], "net_amount": body["amount"]},
            "links": [
                {"href": format!("https://api.paypal.com/v2/payments/refunds/{id}"), "rel": "self", "method": "GET"},
                {"href": format!("https://api.paypal.com/v2/payments/captures/{capture}"), "rel": "up", "method": "GET"},
            ],
        });
        let all = [refunds, vec![refund.clone()]].concat();
        payments["refunds"] = json!(all);
        payments["captures"][0]["status"] = json!("PARTIALLY_REFUNDED");
        (201, refund)
    }
}

fn capture_of<'a>(order: &'a Value, id: &str) -> Option<&'a Value> {
    let captures = order["purchase_units"][0]["payments"]["captures"].as_array()?;
    captures.iter().find(|capture| capture["id"] == id)
}

fn refund_of<'a>(order: &'a Value, id: &str) -> Option<&'a Value> {
    let refunds = order["purchase_units"][0]["payments"]["refunds"].as_array()?;
    refunds.iter().find(|refund| refund["id"] == id)
}

fn of_order(mut capture: Value, order: &str) -> Value {
    capture["supplementary_data"] = json!({"related_ids": {"order_id": order}});
    capture
}

fn is_genuine(asked: &Question) -> bool {
    let text = asked.webhook_event.get();
    let right = signature(&asked.transmission_id, &asked.transmission_time, text);
    asked.webhook_id == WEBHOOK_ID && asked.transmission_sig == right
}

fn verify(body: &str, is_genuine: &dyn Fn(&Question) -> bool) -> (u16, Value) {
    let Ok(asked) = serde_json::from_str::<Question>(body) else {
        return (
            400,
            refusal("VALIDATION_ERROR", "MISSING_REQUIRED_PARAMETER"),
        );
    };
    let status = if is_genuine(&asked) {
        "SUCCESS"
    } else {
        "FAILURE"
    };
    (200, json!({ "verification_status": status }))
}

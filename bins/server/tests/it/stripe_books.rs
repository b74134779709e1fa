//! A server that keeps sessions, payments and refunds as Stripe's documentation shows.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::{Value, json};

#[derive(Default)]
struct Books {
    sessions: BTreeMap<String, Value>,
    refunds: Vec<Value>,
    /// What was answered under an idempotency key.
    answered: BTreeMap<String, Value>,
    serial: usize,
}

/// Stripe, with its books open.
#[derive(Clone)]
pub(crate) struct StripeBooks {
    books: Arc<Mutex<Books>>,
    pub(crate) base: String,
}

type Form = BTreeMap<String, String>;

impl StripeBooks {
    pub(crate) fn open() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let books = Self {
            books: Arc::default(),
            base,
        };
        let state = web::Data::new(books.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(state.clone())
                .default_service(web::to(answer))
        });
        let server = server.workers(1).disable_signals();
        tokio::spawn(server.listen(listener).unwrap().run());
        books
    }

    /// The last session that was made.
    pub(crate) fn session(&self) -> Value {
        let books = self.books.lock().unwrap();
        books.sessions.values().last().unwrap().clone()
    }

    /// The guest pays on its page.
    pub(crate) fn pay(&self, id: &str) -> Value {
        let mut books = self.books.lock().unwrap();
        let payment = books.name("pi");
        let session = books.sessions.get_mut(id).unwrap();
        assert_eq!(session["status"], "open");
        session["status"] = json!("complete");
        session["payment_status"] = json!("paid");
        session["payment_intent"] = json!(payment);
        session["url"] = json!(null);
        session.clone()
    }

    /// The last refund that was made.
    pub(crate) fn refund(&self) -> Value {
        self.books.lock().unwrap().refunds.last().unwrap().clone()
    }
}

/// An event as published.
pub(crate) fn event(id: &str, kind: &str, object: &Value) -> String {
    let event = json!({
        "id": id, "object": "event", "api_version": "2024-06-20", "created": 1_795_255_300,
        "data": {"object": object}, "livemode": false, "pending_webhooks": 1,
        "request": {"id": null, "idempotency_key": null}, "type": kind,
    });
    serde_json::to_string_pretty(&event).unwrap()
}

async fn answer(
    state: web::Data<StripeBooks>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let key = request.headers().get("idempotency-key");
    let key = key.map(|key| key.to_str().unwrap().to_owned());
    let form: Form = web::Query::<Form>::from_query(std::str::from_utf8(&body).unwrap())
        .unwrap()
        .into_inner();
    let mut books = state.books.lock().unwrap();
    if let Some(known) = key.as_ref().and_then(|key| books.answered.get(key)) {
        return HttpResponse::Ok().json(known);
    }
    let parts: Vec<&str> = request
        .path()
        .trim_start_matches("/v1/")
        .split('/')
        .collect();
    let said = books.act(request.method().as_str(), &parts, &form);
    match said {
        Ok(said) => {
            if let Some(key) = key {
                books.answered.insert(key, said.clone());
            }
            HttpResponse::Ok().json(said)
        }
        Err(code) => {
            let error =
                json!({"error": {"type": "invalid_request_error", "code": code, "message": code}});
            HttpResponse::BadRequest().json(error)
        }
    }
}

impl Books {
    fn name(&mut self, kind: &str) -> String {
        self.serial += 1;
        format!("{kind}_test_{:08}", self.serial)
    }

    fn act(&mut self, method: &str, parts: &[&str], form: &Form) -> Result<Value, &'static str> {
        match (method, parts) {
            ("POST", ["checkout", "sessions"]) => Ok(self.create(form)),
            ("GET", ["checkout", "sessions", id]) => {
                self.sessions.get(*id).cloned().ok_or("resource_missing")
            }
            ("POST", ["checkout", "sessions", id, "expire"]) => {
                let session = self.sessions.get_mut(*id).ok_or("resource_missing")?;
                if session["status"] != "open" {
                    return Err("session_not_open");
                }
                session["status"] = json!("expired");
                session["url"] = json!(null);
                Ok(session.clone())
            }
            ("GET", ["payment_intents", id]) => {
                let mut sessions = self.sessions.values();
                let session = sessions.find(|session| session["payment_intent"] == *id);
                let session = session.ok_or("resource_missing")?;
                Ok(json!({"id": id, "object": "payment_intent", "metadata": session["metadata"]}))
            }
            ("POST", ["refunds"]) => self.give_back(form),
            ("GET", ["refunds"]) => Ok(json!({"object": "list", "data": self.refunds})),
            _ => Err("unknown_route"),
        }
    }

    fn create(&mut self, form: &Form) -> Value {
        let id = self.name("cs");
        let price = "line_items[0][price_data]";
        let minor: i64 = form[&format!("{price}[unit_amount]")].parse().unwrap();
        let session = json!({
            "id": id, "object": "checkout.session", "mode": form["mode"], "status": "open", "payment_status": "unpaid",
            "amount_subtotal": minor, "amount_total": minor, "currency": form[&format!("{price}[currency]")],
            "client_reference_id": form["client_reference_id"], "customer_email": form["customer_email"],
            "success_url": form["success_url"], "cancel_url": form["cancel_url"], "payment_intent": null,
            "metadata": {"payment_link_id": form["metadata[payment_link_id]"], "tenant_id": form["metadata[tenant_id]"]},
            "expires_at": chrono::Utc::now().timestamp() + 86_400,
            "url": format!("https://checkout.stripe.com/c/pay/{id}"),
        });
        self.sessions.insert(id, session.clone());
        session
    }

    fn give_back(&mut self, form: &Form) -> Result<Value, &'static str> {
        let mut sessions = self.sessions.values();
        let paid = sessions.find(|session| session["payment_intent"] == form["payment_intent"]);
        let paid = paid.ok_or("resource_missing")?.clone();
        let amount: i64 = form["amount"].parse().unwrap();
        let gone = |refund: &&Value| refund["payment_intent"] == paid["payment_intent"];
        let gone = self.refunds.iter().filter(gone);
        let gone: i64 = gone.map(|refund| refund["amount"].as_i64().unwrap()).sum();
        if gone + amount > paid["amount_total"].as_i64().unwrap() {
            return Err("charge_already_refunded");
        }
        let refund = json!({
            "id": self.name("re"), "object": "refund", "amount": amount, "currency": paid["currency"],
            "payment_intent": paid["payment_intent"], "status": "succeeded",
            "metadata": {"refund_id": form["metadata[refund_id]"], "payment_link_id": form["metadata[payment_link_id]"]},
        });
        self.refunds.push(refund.clone());
        Ok(refund)
    }
}

//! Somebody who calls the front desk over HTTP.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::{Client, Method, RequestBuilder, redirect};
use serde_json::{Value, json};

use crate::answer::Answer;

/// How long anything may take that happens in the background.
const PATIENCE: Duration = Duration::from_secs(30);

/// An HTTP client that follows no redirects, and the address it calls.
#[derive(Clone)]
pub(crate) struct Caller {
    http: Client,
    pub(crate) url: String,
}

impl Caller {
    pub(crate) fn of(url: String) -> Self {
        // Two TLS libraries are in the tree; without a choice no client can be made.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        Self { http, url }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http://") {
            path.to_owned()
        } else {
            format!("{}{path}", self.url)
        };
        self.http.request(method, url)
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.request(Method::POST, path).form(fields))
            .await
    }

    /// Says something in a chat; `conversation` is null at the beginning.
    pub(crate) async fn say(&self, conversation: &Value, message: &str) -> Value {
        let body = json!({ "message": message, "conversation_id": conversation });
        self.post("/chat", &body).await.json(200)
    }

    /// What a search says once it knows of everything that was committed before this was called: it answers as of a moment ago.
    pub(crate) async fn search(&self, path: &str) -> Value {
        let now = Utc::now();
        self.get_until(path, |answer| {
            let found = answer.json(200);
            let as_of: DateTime<Utc> = found["as_of"].as_str()?.parse().ok()?;
            (as_of > now).then_some(found)
        })
        .await
    }

    /// Asks again until `found` finds something in the answer. For work that a job does after the answer.
    pub(crate) async fn get_until<T>(&self, path: &str, found: impl Fn(&Answer) -> Option<T>) -> T {
        let mut pace = tokio::time::interval(Duration::from_millis(50));
        let looking = async {
            loop {
                pace.tick().await;
                if let Some(found) = found(&self.get(path).await) {
                    return found;
                }
            }
        };
        let found = tokio::time::timeout(PATIENCE, looking).await;
        found.unwrap_or_else(|_| panic!("{path} never showed it"))
    }
}

/// A request for a room, as `POST /bookings` takes it.
pub(crate) fn stay(room_type: &str, check_in: &str, check_out: &str, email: &str) -> Value {
    json!({
        "check_in": check_in, "check_out": check_out, "room_type": room_type, "adults": 1,
        "guest": { "full_name": "Ana Souza", "email": email, "phone": "+1 518 555 0142" },
    })
}

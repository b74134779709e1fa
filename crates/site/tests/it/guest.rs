use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::dev::Service;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service, read_body};
use actix_web::{App, web};
use motel_billing::PaymentDesk;
use motel_kernel::{Clock, FixedClock};
use motel_payments::Gateways;
use motel_tenancy::Directory;
use motel_web::SessionSettings;

use crate::gateway::FakeGateway;
use crate::motel::{Motel, now};

/// A guest with a browser that keeps its cookie and runs no script.
pub(crate) struct Guest<'a> {
    motel: &'a Motel,
    clock: Arc<FixedClock>,
    gateway_is_up: bool,
    cookie: Option<Cookie<'static>>,
}

/// What the browser got.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) html: String,
}

impl<'a> Guest<'a> {
    pub(crate) fn of(motel: &'a Motel) -> Self {
        Self {
            motel,
            clock: Arc::new(FixedClock::at(now())),
            gateway_is_up: true,
            cookie: None,
        }
    }

    pub(crate) fn with_the_gateway_down(mut self) -> Self {
        self.gateway_is_up = false;
        self
    }

    pub(crate) fn waits(&self, by: chrono::Duration) {
        self.clock.advance(by);
    }

    pub(crate) async fn get(&mut self, path: &str) -> Seen {
        self.send(TestRequest::get().uri(path)).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let form = ("content-type", "application/x-www-form-urlencoded");
        self.send(
            TestRequest::post()
                .uri(path)
                .insert_header(form)
                .set_payload(body),
        )
        .await
    }

    /// Opens the page, and the pages it sends on to.
    pub(crate) async fn follow(&mut self, seen: Seen) -> Seen {
        let mut seen = seen;
        while seen.status == 303 {
            seen = self.get(&seen.location.clone()).await;
        }
        seen
    }

    async fn send(&mut self, request: TestRequest) -> Seen {
        let db = self.motel.test.db().clone();
        let gateway = FakeGateway {
            is_up: self.gateway_is_up,
        };
        let desk = PaymentDesk::new(
            db.clone(),
            Gateways::new(Arc::new(gateway)),
            "https://motel.example",
        );
        let session = SessionSettings {
            secret: "a test's secret".into(),
            secure: false,
        };
        let service = init_service(
            App::new()
                .wrap(motel_web::session_middleware(&session))
                .wrap(from_fn(motel_web::request_context))
                .app_data(web::Data::new(Directory::new(
                    db.clone(),
                    "demo-motel".parse().unwrap(),
                )))
                .app_data(web::Data::new(self.clock.clone() as Arc<dyn Clock>))
                .app_data(web::Data::new(db))
                .app_data(web::Data::new(desk))
                .configure(motel_site::http::configure)
                .configure(motel_web::configure),
        )
        .await;
        let mut request = request.insert_header(("accept", "text/html"));
        if let Some(cookie) = &self.cookie {
            request = request.cookie(cookie.clone());
        }
        let answer = service.call(request.to_request()).await.expect("an answer");
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        if let Some(cookie) = header("set-cookie") {
            self.cookie = Some(Cookie::parse_encoded(cookie).unwrap().into_owned());
        }
        let (status, location) = (
            answer.status().as_u16(),
            header("location").unwrap_or_default(),
        );
        let html = String::from_utf8(read_body(answer).await.to_vec()).unwrap();
        Seen {
            status,
            location,
            html,
        }
    }
}

impl Seen {
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    /// Every hidden field of the form on the page.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        let inputs = self.html.split("<input type=\"hidden\" name=\"").skip(1);
        let pair = |input: &str| {
            let mut quoted = input.split('"');
            (
                quoted.next().unwrap().to_owned(),
                quoted.nth(1).unwrap().to_owned(),
            )
        };
        inputs.map(pair).collect()
    }
}

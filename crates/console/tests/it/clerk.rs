use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service, read_body};
use actix_web::{App, web};
use motel_billing::PaymentDesk;
use motel_concierge::ModelDesk;
use motel_jobs::EventFeed;
use motel_kernel::{Clock, FixedClock};
use motel_llm::{Embedder, HashedEmbedder, Reach};
use motel_passkeys::RelyingParty;
use motel_payments::Gateways;
use motel_payments::stripe::{Stripe, StripeSettings};
use motel_seal::{Keyring, MasterKey};
use motel_web::SessionSettings;

use crate::motel::{Motel, PASSWORD, now};

/// Where the guests' pages are.
pub(crate) const SITE: &str = "https://motel.example";

/// A member of the staff with a browser that keeps its cookie.
pub(crate) struct Clerk<'a> {
    motel: &'a Motel,
    feed: EventFeed,
    jar: Vec<Cookie<'static>>,
    keys: Keyring,
}

/// What the browser got.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) html: String,
}

/// A line of news.
pub(crate) struct Line(BoxBody);

impl<'a> Clerk<'a> {
    pub(crate) async fn at_the_door(motel: &'a Motel) -> Self {
        let feed = EventFeed::connect(motel.test.db()).await.unwrap();
        Self {
            motel,
            feed,
            jar: Vec::new(),
            keys: Keyring::new(MasterKey::generate()),
        }
    }

    pub(crate) async fn signed_in(motel: &'a Motel, email: &str) -> Self {
        let mut clerk = Self::at_the_door(motel).await;
        let seen = clerk.sign_in(email, PASSWORD).await;
        assert_eq!((seen.status, seen.location.as_str()), (303, "/console"));
        clerk
    }

    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Seen {
        self.submit(
            "/console/sign-in",
            &[("email", email), ("password", password)],
        )
        .await
    }

    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let form = ("content-type", "application/x-www-form-urlencoded");
        self.see(
            TestRequest::post()
                .uri(path)
                .insert_header(form)
                .set_payload(body),
        )
        .await
    }

    pub(crate) async fn get(&mut self, path: &str) -> Seen {
        self.see(TestRequest::get().uri(path)).await
    }

    pub(crate) async fn post(&mut self, path: &str) -> Seen {
        self.see(TestRequest::post().uri(path)).await
    }

    /// Opens the live feed; the first thing on it is read.
    pub(crate) async fn listen(&mut self) -> Line {
        let answer = self.send(TestRequest::get().uri("/console/events")).await;
        assert_eq!(
            answer.headers().get("content-type").unwrap(),
            "text/event-stream"
        );
        let mut line = Line(answer.into_body());
        assert_eq!(line.next().await, "retry: 2000\n\n");
        line
    }

    pub(crate) async fn see(&mut self, request: TestRequest) -> Seen {
        let answer = self
            .send(request.insert_header(("accept", "text/html")))
            .await;
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        for cookie in answer.response().cookies() {
            self.jar.retain(|kept| kept.name() != cookie.name());
            self.jar.push(cookie.into_owned());
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

    /// A desk whose gateway nobody reaches, since nothing here asks it.
    fn payments(&self) -> PaymentDesk {
        let settings = StripeSettings {
            secret_key: "sk_test_123".to_owned().into(),
            webhook_secret: "whsec_fake".to_owned().into(),
            api_base: "http://127.0.0.1:9".to_owned(),
        };
        let gateways = Gateways::new(Arc::new(Stripe::new(settings).unwrap()));
        PaymentDesk::new(self.motel.test.db().clone(), gateways, SITE)
    }

    async fn send(&self, request: TestRequest) -> ServiceResponse<BoxBody> {
        let session = SessionSettings {
            secret: "a test's secret".into(),
            secure: false,
        };
        let service = init_service(
            App::new()
                .wrap(motel_web::session_middleware(&session))
                .wrap(from_fn(motel_web::request_context))
                .app_data(web::Data::new(self.motel.test.db().clone()))
                .app_data(web::Data::new(self.feed.clone()))
                .app_data(web::Data::new(
                    Arc::new(FixedClock::at(now())) as Arc<dyn Clock>
                ))
                .app_data(web::Data::new(Keyring::new(MasterKey::generate())))
                .app_data(web::Data::new(self.payments()))
                .app_data(web::Data::new(self.keys.clone()))
                .app_data(web::Data::new(ModelDesk::new(
                    self.keys.clone(),
                    Reach::Public,
                )))
                .app_data(web::Data::new(RelyingParty::at(SITE)))
                .app_data(web::Data::new(session.clone()))
                .app_data(web::Data::from(
                    Arc::new(HashedEmbedder) as Arc<dyn Embedder>
                ))
                .configure(motel_console::http::configure)
                .configure(motel_web::configure),
        )
        .await;
        let cookies = self.jar.iter().cloned();
        let request = cookies.fold(request, TestRequest::cookie);
        service
            .call(request.to_request())
            .await
            .expect("an answer")
            .map_into_boxed_body()
    }
}

impl Line {
    /// What is heard next; a test that hears nothing for ten seconds has failed.
    pub(crate) async fn next(&mut self) -> String {
        let chunk = std::future::poll_fn(|cx| Pin::new(&mut self.0).poll_next(cx));
        let chunk = tokio::time::timeout(Duration::from_secs(10), chunk)
            .await
            .expect("news");
        String::from_utf8(chunk.expect("an open line").unwrap().to_vec()).unwrap()
    }
}

impl Seen {
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.html.contains(text)
    }
}

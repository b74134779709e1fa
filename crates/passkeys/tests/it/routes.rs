//! The ceremonies over HTTP, as a browser goes through them.

use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpRequest, HttpResponse, web};
use motel_kernel::Clock;
use motel_tenancy::http::{know_caller, open_session};
use motel_tenancy::{Directory, Staff};
use motel_web::{Problem, SessionSettings};
use serde_json::{Value, json};

use crate::authenticator::Authenticator;
use crate::desk::{DANA, Desk, PASSWORD};

/// A browser with its cookie.
struct Browser<'a> {
    desk: &'a Desk,
    cookie: Option<Cookie<'static>>,
}

async fn open(request: HttpRequest, member: web::Data<Staff>) -> Result<HttpResponse, Problem> {
    open_session(&request, &member).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl Desk {
    fn configure(&self, config: &mut web::ServiceConfig) {
        let clock: Arc<dyn Clock> = self.clock.clone();
        let db = self.db.db().clone();
        let staff = web::scope("/api/v1")
            .wrap(from_fn(know_caller))
            .configure(motel_passkeys::http::configure_staff)
            .configure(motel_tenancy::http::configure_staff);
        config
            .app_data(web::Data::new(db.clone()))
            .app_data(web::Data::new(Directory::new(db, self.demo.slug.clone())))
            .app_data(web::Data::new(self.keys.clone()))
            .app_data(web::Data::new(self.party.clone()))
            .app_data(web::Data::new(self.dana.clone()))
            .app_data(web::Data::new(clock))
            .route("/open", web::post().to(open))
            .service(staff)
            .configure(motel_web::configure);
    }
}

impl<'a> Browser<'a> {
    fn at(desk: &'a Desk) -> Self {
        Self { desk, cookie: None }
    }

    async fn post(&mut self, path: &str, body: Value) -> (StatusCode, Value) {
        self.send(TestRequest::post().uri(path).set_json(body))
            .await
    }

    async fn send(&mut self, request: TestRequest) -> (StatusCode, Value) {
        let settings = SessionSettings {
            secret: "a secret of a test".into(),
            secure: false,
        };
        let app = App::new()
            .wrap(motel_web::session_middleware(&settings))
            .configure(|config| self.desk.configure(config));
        let app = init_service(app).await;
        let request = match &self.cookie {
            Some(cookie) => request.cookie(cookie.clone()),
            None => request,
        };
        let answer = call_service(&app, request.to_request()).await;
        let cookie = answer.response().cookies().next();
        if let Some(cookie) = cookie.map(Cookie::into_owned) {
            self.cookie = Some(cookie);
        }
        let status = answer.status();
        let body = read_body(answer).await;
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    /// Adds a passkey for who is signed in.
    async fn add(&mut self) -> (Authenticator, Value) {
        let proof = json!({ "password": PASSWORD });
        let (status, begun) = self.post("/api/v1/session/passkeys/begin", proof).await;
        assert_eq!(status, StatusCode::OK, "{begun}");
        let mut authenticator = Authenticator::new();
        let made = authenticator.make(&begun["options"]);
        let body = json!({ "ceremony": begun["ceremony"], "name": "Key", "credential": made });
        let (status, kept) = self.post("/api/v1/session/passkeys", body).await;
        assert_eq!(status, StatusCode::OK, "{kept}");
        (authenticator, kept)
    }
}

#[actix_web::test]
async fn a_browser_adds_one_and_signs_in_by_it_alone() {
    let desk = Desk::open().await;
    let mut browser = Browser::at(&desk);
    browser.post("/open", Value::Null).await;
    let (mut authenticator, _) = browser.add().await;

    let mut other = Browser::at(&desk);
    let (status, begun) = other
        .post("/api/v1/session/passkey/begin", Value::Null)
        .await;
    assert_eq!(status, StatusCode::OK, "{begun}");
    let shown = authenticator.show(&begun["options"]);
    let body = json!({ "ceremony": begun["ceremony"], "credential": shown });
    let (status, session) = other.post("/api/v1/session/passkey", body.clone()).await;
    assert_eq!(status, StatusCode::OK, "{session}");
    assert_eq!(session["actor"], format!("staff:{}", desk.dana.id));
    let (status, listed) = other
        .send(TestRequest::get().uri("/api/v1/session/passkeys"))
        .await;
    assert_eq!(status, StatusCode::OK, "{listed}");
    assert_eq!(listed["passkeys"][0]["name"], "Key");
    let (status, again) = Browser::at(&desk)
        .post("/api/v1/session/passkey", body)
        .await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(again["code"], "wrong_passkey");
}

#[actix_web::test]
async fn after_the_password_it_answers_the_challenge() {
    let desk = Desk::open().await;
    let (mut authenticator, ..) = desk.equip(&desk.dana).await;
    let mut browser = Browser::at(&desk);
    let credentials = json!({ "email": DANA, "password": PASSWORD });
    let (_, asked) = browser.post("/api/v1/session", credentials).await;
    assert_eq!(asked["code"], "second_factor_needed");
    let challenge = &asked["challenge"];
    let begin = "/api/v1/session/second-factor/passkey/begin";
    let (status, over) = browser.post(begin, json!({})).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "no cookie waits: {over}");
    let (status, begun) = browser.post(begin, json!({ "challenge": challenge })).await;
    assert_eq!(status, StatusCode::OK, "{begun}");
    let shown = authenticator.show(&begun["options"]);
    let body =
        json!({ "challenge": challenge, "ceremony": begun["ceremony"], "credential": shown });
    let finish = "/api/v1/session/second-factor/passkey";
    let (status, session) = browser.post(finish, body.clone()).await;
    assert_eq!(status, StatusCode::OK, "{session}");
    let (status, over) = browser.post(finish, body).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(over["code"], "challenge_over");
}

#[actix_web::test]
async fn one_renames_and_removes_ones_own_and_strangers_nothing() {
    let desk = Desk::open().await;
    let mut browser = Browser::at(&desk);
    browser.post("/open", Value::Null).await;
    let (mut authenticator, kept) = browser.add().await;
    let path = format!("/api/v1/session/passkeys/{}", kept["id"].as_str().unwrap());
    let rename = || {
        TestRequest::patch()
            .uri(&path)
            .set_json(json!({ "name": "Telephone" }))
    };
    let (status, _) = Browser::at(&desk).send(rename()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let (status, renamed) = browser.send(rename()).await;
    assert_eq!(
        (status, &renamed["name"]),
        (StatusCode::OK, &json!("Telephone"))
    );

    let remove = format!("{path}/remove");
    let proof = json!({ "password": PASSWORD });
    let (status, refused) = browser.post(&remove, proof.clone()).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{refused}");
    assert_eq!(refused["code"], "not_proven");
    let (_, begun) = browser
        .post("/api/v1/session/passkeys/proof/begin", Value::Null)
        .await;
    let shown = authenticator.show(&begun["options"]);
    let body = json!({ "ceremony": begun["ceremony"], "credential": shown });
    let (status, refused) = browser.post("/api/v1/session/passkeys/proof", body).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{refused}");
    let (status, refused) = browser.post(&remove, proof).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{refused}");
}

#[actix_web::test]
async fn what_no_browser_makes_is_refused_by_its_form() {
    let desk = Desk::open().await;
    let mut browser = Browser::at(&desk);
    let ceremony = "018f3c1e-0000-7000-8000-000000000000";
    for credential in [
        json!(null),
        json!({}),
        json!({ "id": "", "rawId": "!" }),
        json!([1]),
    ] {
        let body = json!({ "ceremony": ceremony, "credential": credential });
        let (status, refused) = browser.post("/api/v1/session/passkey", body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    }
}

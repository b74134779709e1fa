//! `POST /chat`.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{App, test as actix, web};
use motel_conversations::Responder;
use motel_tenancy::{Directory, Slug};
use motel_testkit::TestDb;
use serde_json::{Value, json};

use crate::stage::{OWNERS, Stage};

struct Line {
    _test: TestDb,
    stage: Stage,
}

async fn line() -> Line {
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let stage = Stage::set(&test, "remotemotel", now).await;
    Line { _test: test, stage }
}

impl Line {
    async fn post(&self, body: impl Into<String>) -> (StatusCode, Value) {
        let responder: Arc<dyn Responder> = Arc::new(self.stage.concierge.clone());
        let directory = Directory::new(self.stage.db.clone(), Slug::parse("remotemotel").unwrap());
        let app = App::new()
            .app_data(web::Data::new(self.stage.db.clone()))
            .app_data(web::Data::new(directory))
            .app_data(web::Data::new(responder))
            .configure(motel_concierge::http::configure)
            .configure(motel_web::configure);
        let app = actix::init_service(app).await;
        let request = actix::TestRequest::post()
            .uri("/chat")
            .insert_header(("content-type", "application/json"))
            .set_payload(body.into())
            .to_request();
        let answer = actix::call_service(&app, request).await;
        let status = answer.status();
        (status, actix::read_body_json(answer).await)
    }

    async fn say(&self, conversation: Option<&Value>, message: &str) -> Value {
        let body = json!({"message": message, "conversation_id": conversation});
        let (status, answer) = self.post(body.to_string()).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_books_pays_attention_and_cancels() {
    let line = line().await;
    let first = line
        .say(
            None,
            "king suite from January 18 to January 21 for 2 adults",
        )
        .await;
    let id = &first["conversation_id"];
    assert_eq!(first["intent"], "book");
    assert_eq!(first["entities"]["check_in"], "2027-01-18");
    assert_eq!(first["actions"][0]["tool"], "search_availability");
    line.say(Some(id), "Daniel Okafor, daniel@example.org, no phone")
        .await;
    let booked = line.say(Some(id), "yes").await;
    assert_eq!(booked["booking"]["room_type"], "king_suite");
    assert_eq!(booked["booking"]["total_minor"], 60_480);
    let code = booked["booking"]["code"].as_str().unwrap().to_owned();
    assert!(booked["reply"].as_str().unwrap().contains(&code));
    let offer = line.say(Some(id), "please cancel it").await;
    assert!(offer["reply"].as_str().unwrap().contains(&code), "{offer}");
    let done = line.say(Some(id), "yes").await;
    assert!(
        done["reply"].as_str().unwrap().contains("is cancelled"),
        "{done}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_messages_are_refused_with_their_field() {
    let line = line().await;
    for (body, status) in [
        (
            json!({"message": ""}).to_string(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json!({"message": "  \n"}).to_string(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json!({"message": "x".repeat(2_001)}).to_string(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json!({"message": "a\u{0}b"}).to_string(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json!({"message": "hi", "conversation_id": "x"}).to_string(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json!({"message": "x".repeat(1 << 20)}).to_string(),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            json!({"message": "hi", "conversation_id": "019361c0-0000-7000-8000-000000000000"})
                .to_string(),
            StatusCode::NOT_FOUND,
        ),
        ("{\"message\":".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        let (answered, problem) = line.post(body.clone()).await;
        assert_eq!(answered, status, "{problem}");
        assert!(problem["code"].is_string(), "{problem}");
    }
    let mut tx = line.stage.tx().await;
    assert!(
        motel_conversations::queries::recent(&mut tx, 10)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_characters_and_any_script_are_answered() {
    let line = line().await;
    for message in [
        "ü".repeat(2_000),
        "🙃".repeat(500),
        "مرحبا، هل لديكم غرفة؟".to_owned(),
        "'; DROP TABLE x; --".to_owned(),
    ] {
        let answer = line.say(None, &message).await;
        assert!(!answer["reply"].as_str().unwrap().is_empty());
        assert!(answer.get("booking").is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_of_another_tenant_is_not_there() {
    let line = line().await;
    let test = &line._test;
    let other = Stage::set_like(test, &line.stage, "elsewhere", line.stage.now()).await;
    let foreign = other.conversation().await;
    let (status, _) = line
        .post(json!({"message": "hi", "conversation_id": foreign}).to_string())
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

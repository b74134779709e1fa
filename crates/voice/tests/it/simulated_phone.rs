use actix_web::http::StatusCode;
use actix_web::{App, test as actix, web};
use motel_tenancy::Directory;
use motel_voice::CallStatus;
use serde_json::{Value, json};
use tokio::join;

use crate::script::Script;
use crate::stage::Stage;

async fn post(stage: &Stage, path: &str, body: Option<Value>) -> (StatusCode, Value) {
    let directory = Directory::new(stage.test.db().clone(), stage.motel.slug.clone());
    let app = App::new()
        .app_data(web::Data::new(stage.desk.clone()))
        .app_data(web::Data::new(directory))
        .configure(motel_voice::http::configure)
        .configure(motel_web::configure);
    let app = actix::init_service(app).await;
    let mut request = actix::TestRequest::post().uri(path);
    if let Some(body) = body {
        request = request.set_json(body);
    }
    let answer = actix::call_service(&app, request.to_request()).await;
    let status = answer.status();
    (status, actix::read_body_json(answer).await)
}

/// Starts a call; answers its address.
async fn called(stage: &Stage) -> String {
    let (status, body) = post(stage, "/voice/simulate/calls", None).await;
    assert_eq!(status, StatusCode::CREATED);
    assert!(
        body["text"]
            .as_str()
            .unwrap()
            .starts_with("Thank you for calling"),
        "{body}"
    );
    format!(
        "/voice/simulate/calls/{}",
        body["call_id"].as_str().unwrap()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_plays_a_call_through_the_same_desk() {
    let stage = Stage::new().await;
    let call = called(&stage).await;
    let turns = format!("{call}/turns");
    let (_, answer) = post(&stage, &turns, Some(json!({"speech": "book it"}))).await;
    assert_eq!(
        answer,
        json!({"text": "Booked! Your code is R, M, 7, K, 3, F, 9, Q, $268.80 in total.", "ended": false})
    );
    let (_, answer) = post(&stage, &turns, Some(json!({}))).await;
    assert!(
        answer["text"]
            .as_str()
            .unwrap()
            .starts_with("I didn't hear"),
        "{answer}"
    );
    let (_, answer) = post(&stage, &turns, Some(json!({"speech": "pay"}))).await;
    let expected = json!({
        "text": "Please pay here: the link on your screen.",
        "ended": false,
        "payment_url": "https://motel.example/pay/x"
    });
    assert_eq!(answer, expected);
    let (_, answer) = post(&stage, &turns, Some(json!({"digits": "0"}))).await;
    assert_eq!(answer["ended"], true);
    let (_, answer) = post(&stage, &turns, Some(json!({"speech": "anybody?"}))).await;
    assert_eq!(answer["ended"], true);
    let (_, ended) = post(&stage, &format!("{call}/hang-up"), None).await;
    assert_eq!(ended, json!({"status": "completed"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn hanging_up_early_is_incomplete() {
    let stage = Stage::new().await;
    let call = called(&stage).await;
    let (status, ended) = post(&stage, &format!("{call}/hang-up"), None).await;
    assert_eq!(
        (status, ended),
        (StatusCode::OK, json!({"status": "incomplete"}))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn talking_over_an_answer_is_a_conflict() {
    let stage = Stage::with(Script::slow).await;
    let turns = format!("{}/turns", called(&stage).await);
    let first = post(&stage, &turns, Some(json!({"speech": "one"})));
    let interrupting = async {
        stage.script.thinking.notified().await;
        let (status, problem) = post(&stage, &turns, Some(json!({"speech": "two"}))).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::CONFLICT, &json!("turn_in_progress"))
        );
        stage.script.may_answer.add_permits(1);
    };
    let ((status, answer), ()) = join!(first, interrupting);
    assert_eq!(
        (status, &answer["text"]),
        (StatusCode::OK, &json!("You said one."))
    );
    assert_eq!(stage.script.asked(), ["one"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_callers_line_cannot_be_spoken_into_from_a_page() {
    let stage = Stage::new().await;
    let real = stage.ring("CA1").await.call;
    for (path, body) in [("turns", Some(json!({"speech": "hi"}))), ("hang-up", None)] {
        let (status, _) = post(
            &stage,
            &format!("/voice/simulate/calls/{}/{path}", real.id),
            body,
        )
        .await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
    assert_eq!(stage.call(real.id).await.status, CallStatus::InProgress);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_names_its_field() {
    let stage = Stage::new().await;
    let turns = format!("{}/turns", called(&stage).await);
    let cases = [
        ("digits", json!({"digits": "1-2"})),
        ("digits", json!({"digits": "1".repeat(33)})),
        ("speech", json!({"speech": "a".repeat(2_001)})),
        ("speech", json!({"speech": "a\u{0}b"})),
        ("speach", json!({"speach": "hello"})),
    ];
    for (field, body) in cases {
        let (status, problem) = post(&stage, &turns, Some(body)).await;
        assert_eq!(
            (status, &problem["errors"][0]["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!(field))
        );
    }
    let (status, _) = post(&stage, "/voice/simulate/calls/nonsense/hang-up", None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(stage.script.asked().is_empty());
}

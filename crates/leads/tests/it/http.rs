use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{App, test as actix, web};
use motel_kernel::{Clock, SystemClock};
use motel_tenancy::Directory;
use motel_tenancy::testing::DemoTenant;
use motel_testkit::TestDb;
use serde_json::{Value, json};

use crate::person::{all, motel};

async fn post(test: &TestDb, motel: &DemoTenant, body: Value) -> (StatusCode, Value) {
    let app = App::new()
        .app_data(web::Data::new(test.db().clone()))
        .app_data(web::Data::new(Directory::new(
            test.db().clone(),
            motel.slug.clone(),
        )))
        .app_data(web::Data::new(Arc::new(SystemClock) as Arc<dyn Clock>))
        .configure(motel_leads::http::configure)
        .configure(motel_web::configure);
    let app = actix::init_service(app).await;
    let request = actix::TestRequest::post()
        .uri("/leads")
        .set_json(body)
        .to_request();
    let answer = actix::call_service(&app, request).await;
    let status = answer.status();
    (status, actix::read_body_json(answer).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_is_taken_with_all_its_fields_and_again_with_few() {
    let (test, motel) = motel().await;
    let full = json!({
        "full_name": "Ana Maria de Souza", "email": "Ana@Example.com", "phone": "415-555-0123",
        "check_in": "2099-03-12", "check_out": "2099-03-15", "adults": 2, "source": "voice", "notes": "quiet room"
    });
    let (status, body) = post(&test, &motel, full).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(
        body,
        json!({"lead_id": "LD00001", "status": "new", "created": true})
    );

    let again = json!({"full_name": "Ana Souza", "email": "ana@example.com", "phone": ""});
    let (status, body) = post(&test, &motel, again).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        body,
        json!({"lead_id": "LD00001", "status": "new", "created": false})
    );
    let leads = all(&test, motel.tenant).await;
    assert_eq!(
        (
            leads.len(),
            leads[0].full_name().as_str(),
            leads[0].notes.as_str()
        ),
        (1, "Ana Souza", "quiet room")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_names_its_field_and_stores_nothing() {
    let (test, motel) = motel().await;
    let with = |field: &str, value: Value| {
        let mut body =
            json!({"full_name": "Ana Souza", "email": "ana@example.com", "phone": "+14155550123"});
        body[field] = value;
        body
    };
    let cases = [
        ("full_name", with("full_name", json!(" "))),
        ("full_name", with("full_name", json!("a".repeat(121)))),
        ("full_name", json!({"email": "ana@example.com"})),
        ("email", with("email", json!("ana@"))),
        ("phone", with("phone", json!("12"))),
        ("email", json!({"full_name": "Ana Souza"})),
        (
            "email",
            json!({"full_name": "Ana Souza", "email": "", "phone": " "}),
        ),
        ("check_in", with("check_in", json!("2020-01-01"))),
        ("check_in", with("check_in", json!("tomorrow"))),
        ("check_out", {
            let mut reversed = with("check_in", json!("2099-03-15"));
            reversed["check_out"] = json!("2099-03-12");
            reversed
        }),
        ("adults", with("adults", json!(0))),
        ("adults", with("adults", json!(-1))),
        ("source", with("source", json!("<script>"))),
        ("notes", with("notes", json!("n".repeat(2_001)))),
        ("notes", with("notes", json!("a\u{0}b"))),
    ];
    for (field, body) in cases {
        let (status, problem) = post(&test, &motel, body.clone()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(problem["code"], "invalid_input", "{body}");
        assert_eq!(problem["errors"][0]["field"], field, "{body} {problem}");
    }
    assert!(all(&test, motel.tenant).await.is_empty());
}

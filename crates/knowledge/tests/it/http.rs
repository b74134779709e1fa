use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{App, test, web};
use motel_kernel::{Clock, SystemClock};
use motel_llm::{Embedder, HashedEmbedder};
use motel_tenancy::Directory;
use serde_json::{Value, json};

use crate::setting::{Setting, demo_documents};

async fn post(setting: &Setting, path: &str, body: &Value) -> (StatusCode, Value) {
    let embedder: Arc<dyn Embedder> = Arc::new(HashedEmbedder);
    let directory = Directory::new(setting.db.db().clone(), setting.motel.slug.clone());
    let app = test::init_service(
        App::new()
            .app_data(web::Data::new(setting.db.db().clone()))
            .app_data(web::Data::from(embedder))
            .app_data(web::Data::new(directory))
            .app_data(web::Data::new(Arc::new(SystemClock) as Arc<dyn Clock>))
            .configure(motel_knowledge::http::configure)
            .service(
                web::scope("/api/v1/public/{tenant}").configure(motel_knowledge::http::configure),
            ),
    )
    .await;
    let request = test::TestRequest::post()
        .uri(path)
        .set_json(body)
        .to_request();
    let response = test::call_service(&app, request).await;
    let status = response.status();
    (status, test::read_body_json(response).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_answer_with_source_and_tier() {
    let setting = Setting::new().await;
    setting.ingest(&demo_documents()).await;
    for path in [
        "/knowledge/search",
        "/api/v1/public/demo-motel/knowledge/search",
    ] {
        let (status, answer) = post(
            &setting,
            path,
            &json!({"query": "Do you take dogs?", "top_k": 2}),
        )
        .await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(answer["answered_from"], "knowledge");
        assert_eq!(answer["results"].as_array().unwrap().len(), 2);
        assert_eq!(answer["results"][0]["source"], "pets.md");
        assert_eq!(answer["results"][0]["tier"], "high");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_answer_when_there_are_no_documents() {
    let setting = Setting::new().await;
    let (status, answer) = post(
        &setting,
        "/knowledge/search",
        &json!({"query": "Is parking free?"}),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        answer,
        json!({"answered_from": "policies", "results": [
            {"source": "policies/parking", "title": "parking", "heading": "", "text": "Parking is free."}]})
    );
    let (_, answer) = post(
        &setting,
        "/knowledge/search",
        &json!({"query": "Who wrote the Odyssey?"}),
    )
    .await;
    assert_eq!(answer, json!({"answered_from": "nothing", "results": []}));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_named() {
    let setting = Setting::new().await;
    let long = "x".repeat(501);
    for (body, field) in [
        (json!({"query": " "}), "query"),
        (json!({"query": long}), "query"),
        (json!({"query": "dogs", "top_k": 0}), "top_k"),
        (json!({"query": "dogs", "top_k": 21}), "top_k"),
        (json!({"question": "dogs"}), "query"),
    ] {
        let (status, problem) = post(&setting, "/knowledge/search", &body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(problem["errors"][0]["field"], field, "{body}");
    }
    let (status, problem) = post(
        &setting,
        "/api/v1/public/nobody/knowledge/search",
        &json!({"query": "dogs"}),
    )
    .await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::NOT_FOUND, &json!("unknown_tenant"))
    );
}

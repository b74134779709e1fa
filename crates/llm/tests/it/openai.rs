use motel_llm::{EmbedError, Embedder, OpenAiEmbedder, OpenAiSettings};
use serde_json::{Value, json};

use crate::fake_service::FakeService;

fn embedder(service: &FakeService) -> OpenAiEmbedder {
    OpenAiEmbedder::new(OpenAiSettings {
        api_base: service.api_base.clone(),
        api_key: "sk-test-key".into(),
        model: "text-embedding-3-small".to_owned(),
        dimensions: 2,
    })
    .unwrap()
}

fn texts(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("text {n}")).collect()
}

/// The nth text of a request gets the direction (1, n), in the wrong order.
fn vectors(request: &Value) -> (u16, Value) {
    let count = request["input"].as_array().unwrap().len();
    let data: Vec<Value> = (0..count)
        .rev()
        .map(|n| json!({"object": "embedding", "index": n, "embedding": [1.0, n as f32]}))
        .collect();
    (
        200,
        json!({"object": "list", "model": "m", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}),
    )
}

#[tokio::test]
async fn asks_with_key_model_and_dimensions() {
    let service = FakeService::start(vectors);
    embedder(&service).embed(&texts(2)).await.unwrap();
    let asked = service.asked.recv().unwrap();
    assert_eq!(asked.request_line, "POST /v1/embeddings HTTP/1.1");
    assert!(
        asked
            .headers
            .iter()
            .any(|header| header.eq_ignore_ascii_case("authorization: Bearer sk-test-key"))
    );
    assert_eq!(
        asked.body,
        json!({"model": "text-embedding-3-small", "input": ["text 0", "text 1"], "dimensions": 2})
    );
}

#[tokio::test]
async fn vectors_come_back_in_order_and_with_length_one() {
    let service = FakeService::start(vectors);
    let vectors = embedder(&service).embed(&texts(3)).await.unwrap();
    assert_eq!(vectors[0], [1.0, 0.0]);
    assert!((vectors[2][1] - 2.0 / 5.0_f32.sqrt()).abs() < 1e-6);
}

#[tokio::test]
async fn many_texts_take_several_requests() {
    let service = FakeService::start(vectors);
    let vectors = embedder(&service).embed(&texts(150)).await.unwrap();
    assert_eq!(vectors.len(), 150);
    assert_eq!(service.asked.try_iter().count(), 3);
}

#[tokio::test]
async fn a_wrong_key_is_a_refusal_with_the_services_words() {
    let service = FakeService::start(|_| {
        (
            401,
            json!({"error": {"message": "Incorrect API key", "type": "invalid_request_error", "param": null, "code": "invalid_api_key"}}),
        )
    });
    let error = embedder(&service).embed(&texts(1)).await.unwrap_err();
    assert!(
        matches!(&error, EmbedError::Refused(words) if words.contains("Incorrect API key")),
        "{error:?}"
    );
    assert!(!format!("{error:?}").contains("sk-test-key"));
}

#[tokio::test]
async fn vectors_of_another_length_or_number_are_refused() {
    let service = FakeService::start(|_| {
        (
            200,
            json!({"object": "list", "model": "m", "data": [{"object": "embedding", "index": 0, "embedding": [1.0, 2.0, 3.0]}],
            "usage": {"prompt_tokens": 1, "total_tokens": 1}}),
        )
    });
    for count in [1, 2] {
        let error = embedder(&service).embed(&texts(count)).await.unwrap_err();
        assert!(matches!(error, EmbedError::Unexpected(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_service_that_is_away_is_unreachable() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let embedder = OpenAiEmbedder::new(OpenAiSettings {
        api_base: format!("http://127.0.0.1:{port}/v1"),
        api_key: "sk-test-key".into(),
        model: "m".to_owned(),
        dimensions: 2,
    })
    .unwrap();
    let error = embedder.embed(&texts(1)).await.unwrap_err();
    assert!(matches!(error, EmbedError::Unreachable(_)), "{error:?}");
}

#[test]
fn the_stored_name_tells_model_and_length() {
    let service = FakeService::start(vectors);
    assert_eq!(embedder(&service).model(), "text-embedding-3-small@2");
}

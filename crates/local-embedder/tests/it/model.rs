use motel_llm::{Embedder, cosine};
use motel_local_embedder::LocalEmbedder;
use serde_json::json;

use crate::tiny;

async fn vector(dir: &std::path::Path, text: &str) -> Vec<f32> {
    let embedder = LocalEmbedder::open(dir, tiny::HIDDEN).unwrap();
    embedder.embed(&[text.to_owned()]).await.unwrap().remove(0)
}

fn assert_close(vector: &[f32], expected: [f32; 4]) {
    let far = |(a, b): (&f32, &f32)| (a - b).abs() > 1e-4;
    assert!(
        !vector.iter().zip(&expected).any(far),
        "{vector:?} is not {expected:?}"
    );
}

fn model() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    tiny::write(dir.path());
    dir
}

fn set(dir: &std::path::Path, key: &str, value: serde_json::Value) {
    let mut config = tiny::config(tiny::HIDDEN);
    config[key] = value;
    std::fs::write(dir.join("config.json"), config.to_string()).unwrap();
}

// The numbers were computed with a second implementation, in another language, from the same weights.

#[tokio::test]
async fn vectors_are_those_of_the_published_network() {
    let dir = model();
    assert_close(
        &vector(dir.path(), "The DOG is open?").await,
        [0.14514, 0.92503, -0.33328, 0.11035],
    );
    assert_close(
        &vector(dir.path(), "pool").await,
        [0.21122, 0.90569, -0.31162, 0.19493],
    );
    set(dir.path(), "hidden_act", json!("relu"));
    assert_close(
        &vector(dir.path(), "pool").await,
        [0.19277, 0.9121, -0.31532, 0.17743],
    );
}

#[tokio::test]
async fn the_first_token_stands_for_the_text_where_the_model_was_trained_so() {
    let dir = model();
    std::fs::create_dir(dir.path().join("1_Pooling")).unwrap();
    let pooling = json!({"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false});
    std::fs::write(
        dir.path().join("1_Pooling/config.json"),
        pooling.to_string(),
    )
    .unwrap();
    assert_close(
        &vector(dir.path(), "pool").await,
        [0.17336, 0.918, -0.3152, 0.16698],
    );
}

#[tokio::test]
async fn zeros_after_a_vector_change_no_angle() {
    let dir = model();
    let embedder = LocalEmbedder::open(dir.path(), 512).unwrap();
    let texts = ["the dog", "the pool"].map(str::to_owned);
    let long = embedder.embed(&texts).await.unwrap();
    assert_eq!(embedder.dimensions(), 512);
    assert!(long.iter().all(|vector| vector.len() == 512));
    let short = [
        vector(dir.path(), "the dog").await,
        vector(dir.path(), "the pool").await,
    ];
    let angle = cosine(&short[0], &short[1]);
    assert!((cosine(&long[0], &long[1]) - angle).abs() < 1e-5);
    assert!(angle < 0.999, "the two are told apart: {angle}");
}

#[tokio::test]
async fn a_text_is_cut_at_the_length_of_the_model() {
    let dir = model();
    let six = "dog pet pool park the is";
    let longer = format!("{six} {}", "open ? ".repeat(5_000));
    assert_eq!(
        vector(dir.path(), &longer).await,
        vector(dir.path(), six).await
    );
}

use std::path::Path;

use motel_llm::Embedder;
use motel_local_embedder::LocalEmbedder;
use serde_json::json;

use crate::tiny;

fn model() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    tiny::write(dir.path());
    dir
}

fn refusal(dir: &Path, dimensions: usize) -> String {
    let Err(error) = LocalEmbedder::open(dir, dimensions) else {
        panic!("the folder was taken");
    };
    assert_eq!(error.code(), "embedding_settings");
    error.to_string()
}

fn with(key: &str, value: serde_json::Value) -> tempfile::TempDir {
    let dir = model();
    let mut config = tiny::config(tiny::HIDDEN);
    config[key] = value;
    std::fs::write(dir.path().join("config.json"), config.to_string()).unwrap();
    dir
}

#[test]
fn a_folder_that_lacks_a_file_is_refused_by_the_name_of_it() {
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        let dir = model();
        std::fs::remove_file(dir.path().join(name)).unwrap();
        let refusal = refusal(dir.path(), 512);
        assert!(refusal.contains(name), "{refusal}");
    }
}

#[test]
fn another_kind_of_model_is_refused_and_not_run_as_if_it_were_this_one() {
    for (key, value, said) in [
        ("model_type", json!("roberta"), "roberta"),
        ("hidden_act", json!("swish"), "swish"),
        ("num_attention_heads", json!(3), "heads"),
        ("num_hidden_layers", json!(2), "do not fit"),
        ("vocab_size", json!(13), "do not fit"),
        ("hidden_size", json!(0), "sizes"),
        ("intermediate_size", json!(1_000_000_000), "sizes"),
    ] {
        let refusal = refusal(with(key, value).path(), 512);
        assert!(refusal.contains(said), "{key}: {refusal}");
    }
}

#[test]
fn broken_files_are_refused() {
    for name in [
        "config.json",
        "tokenizer.json",
        "model.safetensors",
        "sentence_bert_config.json",
    ] {
        let dir = model();
        std::fs::write(dir.path().join(name), "{\"a\": ").unwrap();
        refusal(dir.path(), 512);
    }
}

#[test]
fn more_numbers_than_are_kept_are_refused() {
    assert!(refusal(model().path(), 3).contains("4 numbers; 3 are kept"));
}

#[test]
fn other_weights_in_the_same_folder_are_another_model() {
    let dir = model();
    let before = LocalEmbedder::open(dir.path(), 8).unwrap();
    let again = LocalEmbedder::open(dir.path(), 8).unwrap();
    assert_eq!(before.model(), again.model());
    let mut weights = tiny::weights("");
    let table = "embeddings.word_embeddings.weight";
    let moved = (weights.get(table).unwrap() * 0.5).unwrap();
    weights.insert(table.to_owned(), moved);
    candle_core::safetensors::save(&weights, dir.path().join("model.safetensors")).unwrap();
    let after = LocalEmbedder::open(dir.path(), 8).unwrap();
    assert_ne!(before.model(), after.model());
}

#[tokio::test]
async fn weights_of_a_larger_model_are_found_by_its_name_for_them() {
    let plain = model();
    let part = model();
    candle_core::safetensors::save(
        &tiny::weights("bert."),
        part.path().join("model.safetensors"),
    )
    .unwrap();
    let text = ["the dog".to_owned()];
    let vectors = |dir: &Path| LocalEmbedder::open(dir, 8).unwrap();
    let expected = vectors(plain.path()).embed(&text).await.unwrap();
    assert_eq!(vectors(part.path()).embed(&text).await.unwrap(), expected);
}

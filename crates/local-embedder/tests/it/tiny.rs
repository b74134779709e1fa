//! A model of twelve words, four numbers and one layer, made here.

use std::collections::HashMap;
use std::path::Path;

use candle_core::{Device, Tensor};

pub(crate) const HIDDEN: usize = 4;
const WIDE: usize = 8;
pub(crate) const WORDS: [&str; 12] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "dog", "pet", "pool", "park", "the", "is", "open", "?",
];

/// Writes the model's folder.
pub(crate) fn write(dir: &Path) {
    std::fs::write(dir.join("config.json"), config(HIDDEN).to_string()).unwrap();
    std::fs::write(dir.join("tokenizer.json"), tokenizer().to_string()).unwrap();
    candle_core::safetensors::save(&weights(""), dir.join("model.safetensors")).unwrap();
}

pub(crate) fn config(hidden: usize) -> serde_json::Value {
    serde_json::json!({
        "model_type": "bert", "hidden_act": "gelu", "vocab_size": WORDS.len(), "hidden_size": hidden,
        "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": WIDE,
        "max_position_embeddings": 8, "type_vocab_size": 2, "layer_norm_eps": 1e-12
    })
}

fn tokenizer() -> serde_json::Value {
    let vocab: HashMap<&str, usize> = WORDS
        .iter()
        .enumerate()
        .map(|(id, word)| (*word, id))
        .collect();
    let special = |id: usize| {
        serde_json::json!({
            "id": id, "content": WORDS[id], "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": false, "special": true
        })
    };
    serde_json::json!({
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": [special(0), special(1), special(2), special(3)],
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
            "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
        "decoder": null,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocab}
    })
}

/// Every weight by its name: numbers that look like nothing and are the same each time.
pub(crate) fn weights(prefix: &str) -> HashMap<String, Tensor> {
    let mut weights = HashMap::new();
    let mut add = |name: &str, shape: &[usize]| {
        let seed = name.bytes().map(u32::from).sum::<u32>();
        let count = u32::try_from(shape.iter().product::<usize>()).unwrap();
        let number = |at: u32| {
            f32::from(u16::try_from((seed * 31 + at * at * 17 + at * 197) % 211).unwrap()) / 105.0
                - 1.0
        };
        let numbers: Vec<f32> = (0..count).map(number).collect();
        let tensor = Tensor::from_vec(numbers, shape, &Device::Cpu).unwrap();
        weights.insert(format!("{prefix}{name}"), tensor);
    };
    add("embeddings.word_embeddings.weight", &[WORDS.len(), HIDDEN]);
    add("embeddings.position_embeddings.weight", &[8, HIDDEN]);
    add("embeddings.token_type_embeddings.weight", &[2, HIDDEN]);
    let layer = "encoder.layer.0";
    for (name, out, into) in [
        ("attention.self.query", HIDDEN, HIDDEN),
        ("attention.self.key", HIDDEN, HIDDEN),
        ("attention.self.value", HIDDEN, HIDDEN),
        ("attention.output.dense", HIDDEN, HIDDEN),
        ("intermediate.dense", WIDE, HIDDEN),
        ("output.dense", HIDDEN, WIDE),
    ] {
        add(&format!("{layer}.{name}.weight"), &[out, into]);
        add(&format!("{layer}.{name}.bias"), &[out]);
    }
    for name in [
        "embeddings.LayerNorm",
        &format!("{layer}.attention.output.LayerNorm"),
        &format!("{layer}.output.LayerNorm"),
    ] {
        add(&format!("{name}.weight"), &[HIDDEN]);
        add(&format!("{name}.bias"), &[HIDDEN]);
    }
    weights
}

use motel_telephony::twilio::signature::{Content, verify};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vector {
    id: u32,
    provider: String,
    token: Option<String>,
    url: Option<String>,
    params: Option<Vec<(String, String)>>,
    body: Option<String>,
    signature: Option<String>,
    valid: bool,
}

impl Vector {
    fn is_accepted(&self) -> bool {
        let (token, url, signature) = (
            self.token.clone().unwrap(),
            self.url.as_ref().unwrap(),
            self.signature.as_ref().unwrap(),
        );
        let content = match (&self.params, &self.body) {
            (Some(params), _) => Content::Form(params),
            (None, Some(body)) => Content::Raw(body.as_bytes()),
            (None, None) => Content::Form(&[]),
        };
        verify(&token.into(), url, content, signature).is_ok()
    }
}

/// The evaluation data is kept outside the repository; `MOTEL_EVAL_DATA` says where.
#[test]
fn every_published_twilio_vector_is_judged_right() {
    let Some(folder) = std::env::var_os("MOTEL_EVAL_DATA") else {
        eprintln!(
            "SKIPPED: MOTEL_EVAL_DATA is not set, so the published Twilio signatures were not tried"
        );
        return;
    };
    let file = std::path::Path::new(&folder).join("webhooks/webhook_vectors.jsonl");
    let lines = std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let vectors: Vec<Vector> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|vector| vector["provider"] == "twilio")
        .map(|vector| serde_json::from_value(vector).unwrap())
        .collect();
    assert!(vectors.len() >= 10, "only {} vectors", vectors.len());
    for vector in vectors {
        assert_eq!(
            vector.is_accepted(),
            vector.valid,
            "{} vector {}",
            vector.provider,
            vector.id
        );
    }
}

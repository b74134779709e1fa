//! Signature vectors made from the vendor's own SDK; `MOTEL_EVAL_DATA` names the folder that holds
//! `webhooks/webhook_vectors.jsonl`.

use chrono::DateTime;
use motel_payments::signature;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vector {
    id: u32,
    secret: String,
    payload: String,
    header: String,
    now: i64,
    valid: bool,
    note: String,
}

#[test]
fn the_vendors_vectors_are_judged_as_the_vendor_does() {
    let Ok(folder) = std::env::var("MOTEL_EVAL_DATA") else {
        eprintln!("SKIPPED: MOTEL_EVAL_DATA is not set, so no vendor vectors were checked");
        return;
    };
    let path = std::path::Path::new(&folder).join("webhooks/webhook_vectors.jsonl");
    let lines = std::fs::read_to_string(path).unwrap();
    let stripes: Vec<Vector> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|vector| vector["provider"] == "stripe")
        .map(|vector| serde_json::from_value(vector).unwrap())
        .collect();
    assert!(!stripes.is_empty(), "the file holds no vector of Stripe's");
    for vector in stripes {
        let outcome = signature::verify(
            &vector.secret.into(),
            &vector.header,
            vector.payload.as_bytes(),
            DateTime::from_timestamp(vector.now, 0).unwrap(),
        );
        assert_eq!(
            outcome.is_ok(),
            vector.valid,
            "{} ({}): {outcome:?}",
            vector.id,
            vector.note
        );
    }
}

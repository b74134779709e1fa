//! What generated requests once found, each as a plain test.

use serde_json::{Value, json};

use crate::desk::day;
use crate::office::Office;

fn stay(more: &Value) -> Value {
    let mut stay = json!({
        "arrival": day(20), "departure": day(22), "unit_group": "standard_queen", "adults": 1,
    });
    let more = more.as_object().unwrap().clone();
    stay.as_object_mut().unwrap().extend(more);
    stay
}

/// An unknown rate ended as a 500.
#[tokio::test(flavor = "multi_thread")]
async fn a_stay_at_a_rate_or_with_a_promo_code_that_is_not_on_sale_is_refused_by_its_field() {
    let office = Office::open().await;
    for (field, code) in [
        ("rate_plan", "unknown_rate_plan"),
        ("promo", "promo_unknown"),
    ] {
        let wanted = json!({ "stays": [stay(&json!({ field: "nonsense" }))] });
        let refused = office.post("/quotes", wanted).await.problem(422, code);
        assert_eq!(refused["errors"][0]["field"], field);
    }
}

/// Both methods of a path that two crates share: the document kept the second crate's only.
#[test]
fn a_path_of_two_crates_keeps_the_methods_of_both() {
    let document = serde_json::to_value(remotemotel::openapi::document()).unwrap();
    let blocks = document["paths"]["/api/v1/blocks"].as_object().unwrap();
    let methods: Vec<_> = blocks.keys().collect();
    assert_eq!(methods, ["get", "post"]);
}

/// A body that takes no other fields, flattened into a view: no answer met both parts of the `allOf`.
#[test]
fn no_object_of_the_document_is_put_together_of_parts() {
    let document = serde_json::to_value(remotemotel::openapi::document()).unwrap();
    let group = &document["components"]["schemas"]["UnitGroupView"];
    for field in ["id", "version", "code", "max_guests"] {
        assert!(group["properties"][field].is_object(), "{field}: {group}");
    }
    let mut parts = Vec::new();
    all_of(&document, &mut parts);
    assert!(parts.is_empty(), "{parts:#?}");
}

fn all_of<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("allOf"));
            fields.values().for_each(|field| all_of(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| all_of(item, found)),
        _ => {}
    }
}

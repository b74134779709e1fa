//! Somebody is tried out beside whoever answers guests.

use serde_json::{Value, json};

use crate::office::Office;

const PATH: &str = "/concierge/candidate";

#[tokio::test(flavor = "multi_thread")]
async fn a_candidate_is_named_shown_and_removed() {
    let office = Office::open().await;
    office.get(PATH).await.problem(404, "not_found");
    let report = format!("{PATH}/report");
    office.get(&report).await.problem(404, "not_found");
    for (field, wrong) in [
        ("engine", json!({ "engine": "telepathy" })),
        ("engine", json!({ "engine": "model" })),
        ("model", json!({ "engine": "built_in", "model": "a-model" })),
        ("prompt", json!({ "engine": "built_in", "prompt": 0 })),
        ("share", json!({ "engine": "built_in", "share": 101 })),
        (
            "least_turns",
            json!({ "engine": "built_in", "least_turns": 1 }),
        ),
        (
            "slowest_ms",
            json!({ "engine": "built_in", "slowest_ms": 1 }),
        ),
    ] {
        let refused = office.put(PATH, None, &wrong).await;
        let problem = refused.problem(422, "invalid_input");
        assert_eq!(problem["errors"][0]["field"], field, "{wrong}");
    }
    let built_in = json!({ "engine": "built_in", "share": 20 });
    let set = office.put(PATH, None, &built_in).await.json(200);
    assert_eq!((&set["share"], &set["silent"]), (&json!(20), &json!(true)));
    assert_eq!(
        (&set["least_turns"], &set["rolled_back"]),
        (&json!(30), &Value::Null)
    );
    office
        .put(PATH, Some("\"7\""), &built_in)
        .await
        .problem(412, "version_mismatch");
    let told = office.get(&report).await.json(200);
    assert_eq!(told["candidate"]["version"], 1);
    assert_eq!(
        (&told["intents"], &told["lately"]["turns"]),
        (&json!([]), &json!(0))
    );
    // Off, a model's service is there to be tried.
    let off =
        json!({ "enabled": false, "base_url": "https://api.example.com/v1", "model": "a-model" });
    office.put("/concierge/model", None, &off).await.json(200);
    let other = json!({ "engine": "model", "model": "another-model" });
    let mut unknown = other.clone();
    unknown["prompt"] = json!(7);
    let refused = office.put(PATH, None, &unknown).await;
    assert_eq!(
        refused.problem(422, "invalid_input")["errors"][0]["field"],
        "prompt"
    );
    let set = office.put(PATH, Some("\"1\""), &other).await.json(200);
    assert_eq!(
        (&set["model"], &set["version"]),
        (&json!("another-model"), &json!(2))
    );
    assert_eq!(office.delete(PATH).await.status, 204);
    office.delete(PATH).await.problem(404, "not_found");
}

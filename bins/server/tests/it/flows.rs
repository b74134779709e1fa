//! Flows over the interface: what is not right is named, versions stay, and one is in force.

use serde_json::{Value, json};

use crate::office::Office;

fn flow() -> Value {
    json!({
        "name": "After hours", "start": "told",
        "nodes": [
            { "id": "told", "kind": "say", "text": "The desk is closed.", "next": "over" },
            { "id": "over", "kind": "end" },
        ],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_is_checked_kept_and_put_in_force_and_back() {
    let office = Office::open().await;
    let path = "/flows/after_hours/versions";
    let mut lost = flow();
    lost["nodes"][0]["next"] = json!("nowhere");
    let refused = office.post(path, lost).await;
    let problem = refused.problem(422, "invalid_input").to_string();
    assert!(
        problem.contains("told") && problem.contains("nowhere"),
        "{problem}"
    );
    let nobody = office.post("/flows/parties/versions", flow()).await;
    nobody.problem(404, "not_found");
    for number in [1, 2] {
        let kept = office.post(path, flow()).await.json(201);
        assert_eq!(kept["version"], number);
    }
    let active = "/flows/after_hours/active";
    for number in [2, 1] {
        let wanted = json!({ "version": number });
        office.put(active, None, &wanted).await.json(200);
        let all = office.get("/flows").await.json(200);
        let of_kind = all["flows"].as_array().unwrap().iter();
        let mut of_kind = of_kind.filter(|it| it["kind"] == "after_hours");
        assert_eq!(of_kind.next().unwrap()["active"], number);
    }
    let written = office.get(path).await.json(200);
    assert_eq!(written["data"][0]["version"], 2, "{written}");
    let deleted = office.delete(active).await;
    assert_eq!(deleted.status, 204);
    let gone = office.put(active, None, &json!({ "version": 3 })).await;
    gone.problem(404, "not_found");
    let shown = office.get("/flows/after_hours/versions/1").await.json(200);
    assert_eq!(shown["definition"]["start"], "told");
}

use std::time::{Duration, Instant};

use motel_audit::commands::chain_entries;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::office::Office;

/// What is said of the log once all that was noted is chained.
async fn chained(office: &Office) -> Value {
    let deadline = Instant::now() + Duration::from_secs(60);
    let mut pace = tokio::time::interval(Duration::from_millis(100));
    loop {
        let verdict = office.get("/audit/verify").await.json(200);
        if verdict["waiting"] == 0 && verdict["sound_until"].as_i64() > Some(0) {
            return verdict;
        }
        assert!(Instant::now() < deadline, "{verdict}");
        pace.tick().await;
    }
}

async fn page(desk: &Desk, path: &str) -> String {
    let credentials =
        json!({ "email": "clerk@remotemotel.example", "password": "demo-front-desk" });
    let opened = desk.post("/api/v1/session", &credentials).await;
    let cookie = opened.header("set-cookie").split(';').next().unwrap();
    let asked = desk.request(Method::GET, path).header("cookie", cookie);
    desk.send(asked).await.text
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_desk_chains_by_itself_and_says_what_was_touched() {
    let office = Office::open().await;
    office
        .put("/audit/retention", None, &json!({ "days": 400 }))
        .await
        .json(200);
    let sound = chained(&office).await;
    assert_eq!(sound["holds"], true, "{sound}");
    assert_eq!(
        (&sound["flaw"], &sound["flaw_at"]),
        (&Value::Null, &Value::Null)
    );
    let shown = page(&office.desk, "/console/audit?check=yes").await;
    assert!(shown.contains("The log is as it was written"), "{shown}");

    let mut books = office.desk.site.books().await;
    books
        .execute(
            "SET session_replication_role = replica;
             DELETE FROM audit.entries WHERE seq = 3 AND tenant_id = (SELECT tenant_id FROM tenancy.tenants WHERE slug = 'remotemotel')",
        )
        .await;
    let verdict = office.get("/audit/verify").await.json(200);
    assert_eq!(verdict["holds"], false);
    assert_eq!(
        (&verdict["flaw"], &verdict["flaw_at"]),
        (&json!("missing"), &json!(3))
    );
    assert_eq!(verdict["detail"], "entry 3 is missing");
    let shown = page(&office.desk, "/console/audit?check=yes").await;
    assert!(shown.contains("entry 3 is missing"), "{shown}");
    // What is noted from now on is chained all the same.
    chain_entries(office.desk.site.db.db()).await.unwrap();
    let still = office.get("/audit/verify").await.json(200);
    assert_eq!(still["flaw_at"], 3);
}

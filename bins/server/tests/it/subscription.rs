//! What a business pays to the operator, by HTTP: its plan, a statement that is paid at the sandbox, and a front desk that stops
//! answering when nobody pays.

use std::process::Command;
use std::time::Duration;

use diesel_async::SimpleAsyncConnection;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::desk::{Desk, Site};
use crate::office::Office;

impl Office {
    /// Asks again until `found` finds something in the answer.
    async fn get_until<T>(&self, path: &str, found: impl Fn(&Value) -> Option<T>) -> T {
        let mut pace = tokio::time::interval(Duration::from_millis(100));
        let looking = async {
            loop {
                pace.tick().await;
                if let Some(found) = found(&self.get(path).await.json(200)) {
                    return found;
                }
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(45), looking).await;
        found.unwrap_or_else(|_| panic!("{path} never showed it"))
    }

    async fn sql(&self, statement: &str) {
        let mut admin = self.desk.site.db.admin().await;
        admin.batch_execute(statement).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_sees_and_changes_plan_and_budget() {
    let office = Office::open().await;
    let plans = office.get("/plans").await.json(200);
    assert_eq!(
        plans[0]["price"],
        json!({ "amount_minor": 2_999, "currency": "USD" })
    );
    let shown = office.get("/subscription").await.json(200);
    assert_eq!(
        (&shown["plan"], &shown["status"]),
        (&json!("standard"), &json!("trialing"))
    );
    assert_eq!(shown["properties"], json!({ "limit": 1, "in_use": 1 }));

    let plus = json!({ "plan": "plus" });
    office
        .put("/subscription", None, &plus)
        .await
        .problem(428, "if_match_required");
    office
        .put("/subscription", Some("\"9\""), &plus)
        .await
        .problem(412, "version_mismatch");
    let nonsense = json!({ "plan": "gold" });
    let refused = office.put("/subscription", Some("\"1\""), &nonsense).await;
    assert_eq!(
        refused.problem(422, "invalid_input")["errors"][0]["field"],
        "plan"
    );
    let tried = office
        .put("/subscription?dry_run=true", Some("\"1\""), &plus)
        .await
        .json(200);
    assert_eq!(tried["subscription"]["plan"], "plus");
    assert_eq!(
        office.get("/subscription").await.json(200)["plan"],
        "standard"
    );
    let changed = office
        .put("/subscription", Some("\"1\""), &plus)
        .await
        .json(200);
    assert_eq!(changed["proration"]["amount_minor"], 0, "it is a trial");
    office
        .put("/subscription", Some("\"2\""), &plus)
        .await
        .problem(409, "same_plan");

    office.get("/budget").await.problem(404, "not_found");
    let bad = json!({ "amount_minor": 0, "hard_stop": false });
    office
        .put("/budget", None, &bad)
        .await
        .problem(422, "invalid_input");
    let budget = json!({ "amount_minor": 500, "hard_stop": true });
    let set = office.put("/budget", None, &budget).await.json(200);
    assert_eq!(set["amount"]["amount_minor"], 500);
    assert_eq!(office.delete("/budget").await.status, 204);
    office.get("/budget").await.problem(404, "not_found");

    // An answered message is counted, once it has been heard of.
    let hello = json!({ "message": "Do you have parking?" });
    office.desk.post("/chat", &hello).await.json(200);
    let counted = json!([{ "meter": "messages", "provider": "concierge", "quantity": 1 }]);
    let is_counted = |shown: &Value| (shown["usage"] == counted).then_some(());
    office.get_until("/usage", is_counted).await;
    assert_eq!(office.get("/statements").await.json(200)["data"], json!([]));
    office.get("/statements/x").await.problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_is_paid_at_the_sandbox_and_who_does_not_pay_is_not_answered_for() {
    let bills = Some("billing@remotemotel.example".to_owned());
    let desk = Desk::with(|settings| settings.platform.billing_email = bills).await;
    let office = Office::of(desk).await;
    office.get("/subscription").await.json(200);
    // The trial is over.
    office
        .sql("UPDATE plans.subscriptions SET period_end = greatest(period_start, now())")
        .await;
    let of_first = |shown: &Value| shown["data"][0]["id"].as_str().map(str::to_owned);
    let id = office.get_until("/statements", of_first).await;
    let path = format!("/statements/{id}");
    let shown = office.get(&path).await.json(200);
    assert_eq!(shown["lines"][0]["kind"], "subscription");
    assert_eq!(shown["statement"]["total"]["amount_minor"], 2_999);
    assert_eq!(
        office.get("/subscription").await.json(200)["status"],
        "active"
    );

    // Suspended, guests hear a sentence, and what they say is kept.
    office.sql("UPDATE plans.subscriptions SET status = 'suspended'; UPDATE plans.receivables SET stage = 'suspended', next_at = NULL").await;
    let hello = json!({ "message": "Do you have parking?" });
    let declined = office.desk.post("/chat", &hello).await.json(200);
    assert_eq!(declined["intent"], "unavailable", "{declined}");

    let pay = format!("{path}/actions/pay");
    let page = office.post(&pay, json!({})).await.json(200);
    assert_eq!(page, office.post(&pay, json!({})).await.json(200));
    let url = page["payment_url"].as_str().unwrap();
    let pressed = office.desk.submit(url, &[("choice", "pay")]).await;
    assert_eq!(pressed.status, 303, "{}", pressed.text);
    assert!(pressed.header("location").ends_with("/console"));
    let is_paid = |shown: &Value| shown["statement"]["paid_at"].is_string().then_some(());
    office.get_until(&path, is_paid).await;
    let again = office.post(&pay, json!({})).await;
    again.problem(409, "statement_paid");
    let answered = office.desk.post("/chat", &hello).await.json(200);
    assert_ne!(answered["intent"], "unavailable");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_keeps_what_carriers_take() {
    let site = Site::bare().await;
    let run = |arguments: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_remotemotel"))
            .arg("plans")
            .args(arguments)
            .env_clear()
            .env("REMOTEMOTEL__DATABASE__URL", site.db.url().expose_secret())
            .current_dir(site.data_dir.path())
            .output()
            .unwrap();
        (ran.status.success(), String::from_utf8(ran.stdout).unwrap())
    };
    let (listed, plans) = run(&["list"]);
    assert!(
        listed && plans.starts_with("standard  Standard  $29.99 a month\n"),
        "{plans}"
    );
    let route = |prefix: &str, price: &str| {
        let to = ["--prefix", prefix, "--price-micros", price];
        run(&[
            &["route", "--meter", "sms", "--provider", "alpha"],
            to.as_slice(),
        ]
        .concat())
        .0
    };
    assert!(route("", "9000") && route("49", "7000") && !route("x", "1"));
    let (found, cheapest) = run(&["cheapest", "--meter", "sms", "--number", "+4930123456"]);
    assert!(
        found && cheapest == "alpha  7000 millionths\n",
        "{cheapest}"
    );
    assert!(!run(&["cheapest", "--meter", "pigeons", "--number", "49"]).0);
}

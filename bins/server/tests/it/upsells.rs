//! What is offered on top, from the rule to the folio: by the interface, in the chat, and in what the page counts.

use serde_json::{Value, json};

use crate::desk::day;
use crate::office::Office;

async fn office_with_late_check_out() -> Office {
    let office = Office::open().await;
    let late = json!({
        "code": "late", "name": "Late check-out", "contents": [],
        "effect": { "kind": "extra", "amount_minor": 2500, "per": "stay" },
    });
    office.post("/packages", late).await.json(201);
    office
}

fn rule() -> Value {
    json!({
        "name": "Late", "enabled": true, "trigger": "read_back",
        "offer": { "kind": "package", "package": "late" },
        "words": "Would you like a {offer} for {price} more?",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_checked_kept_ordered_and_removed() {
    let office = office_with_late_check_out().await;
    let mut wrong = rule();
    wrong["offer"]["package"] = json!("spa");
    let refused = office.post("/upsell-rules", wrong).await;
    let problem = refused.problem(422, "invalid_input");
    let error = problem["errors"][0].to_string();
    assert!(error.contains("offer") && error.contains("spa"), "{error}");
    for (field, value, named) in [
        ("words", json!("Only $5, or {price}?"), "words"),
        ("topic", json!("breakfast"), "topic"),
        ("name", json!(" "), "name"),
        ("until", json!("1999-01-01"), "until"),
        (
            "conditions",
            json!({ "nights_from": 0 }),
            "conditions.nights_from",
        ),
    ] {
        let mut wrong = rule();
        wrong[field] = value;
        let refused = office.post("/upsell-rules", wrong).await;
        let problem = refused.problem(422, "invalid_input");
        assert_eq!(problem["errors"][0]["field"], named, "{problem}");
    }

    let first = office.post("/upsell-rules", rule()).await.json(201);
    let second = office.post("/upsell-rules", rule()).await.json(201);
    let order = json!({ "rules": [second["id"], first["id"]] });
    let ordered = office.put("/upsell-rule-order", None, &order).await;
    assert_eq!(ordered.json(200)["rules"][0]["id"], second["id"]);
    let half = json!({ "rules": [second["id"]] });
    let refused = office.put("/upsell-rule-order", None, &half).await;
    refused.problem(422, "invalid_input");

    let path = format!("/upsell-rules/{}", first["id"].as_str().unwrap());
    let shown = office.get(&path).await;
    let version = shown.header("etag").to_owned();
    let preview = office.get(&format!("{path}/preview")).await.json(200);
    let text = preview["example"]["text"].as_str().unwrap();
    assert_eq!(text, "Would you like a Late check-out for $28.00 more?");
    let mut off = rule();
    off["enabled"] = json!(false);
    let unsaid = office.put(&path, None, &off).await;
    unsaid.problem(428, "if_match_required");
    let changed = office.put(&path, Some(&version), &off).await.json(200);
    assert_eq!(changed["enabled"], false);
    let stale = office.put(&path, Some(&version), &off).await;
    stale.problem(412, "version_mismatch");
    let starts = office.get("/upsell-rule-starts").await.json(200);
    assert_eq!(starts["rules"][0]["offer"]["package"], "late", "{starts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_in_the_chat_stands_in_the_folio_and_in_the_take_up() {
    let office = office_with_late_check_out().await;
    let made = office.post("/upsell-rules", rule()).await.json(201);
    let wish = format!(
        "standard queen from {} to {} for 2 adults, Ana Souza, ana@example.com, no phone",
        day(20),
        day(22)
    );
    let said = office.desk.say(&Value::Null, &wish).await;
    let reply = said["reply"].as_str().unwrap();
    assert!(reply.contains("Late check-out for $28.00 more?"), "{reply}");
    let talk = &said["conversation_id"];
    let read_back = office.desk.say(talk, "yes please").await;
    assert!(
        read_back["reply"]
            .as_str()
            .unwrap()
            .contains("With Late check-out"),
        "{read_back}"
    );
    let booked = office.desk.say(talk, "yes").await;
    let code = booked["booking"]["code"].as_str().unwrap();
    let booking = office
        .desk
        .get(&format!("/bookings/{code}?email=ana@example.com"))
        .await
        .json(200);
    assert_eq!(booking["rooms"][0]["package"]["code"], "late", "{booking}");
    let folio = format!("/bookings/{code}/folio?email=ana@example.com");
    let folio = office.desk.get(&folio).await.json(200);
    assert_eq!(folio["balance_minor"], booking["total_minor"], "{folio}");

    let counted = office.get("/upsell-take-up").await.json(200);
    let of_rule = &counted["rules"][0];
    assert_eq!(of_rule["rule"], made["id"]);
    let figures = ["shown", "taken", "declined", "booked"].map(|it| of_rule[it].as_i64().unwrap());
    assert_eq!(figures, [1, 1, 0, 1], "{counted}");
    assert_eq!(of_rule["revenue"]["amount_minor"], 2_800);
}

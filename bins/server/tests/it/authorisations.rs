//! Money is set aside on a card, a part of it taken, another let go: by HTTP alone.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::caller::stay;
use crate::desk::day;
use crate::office::Office;

const EMAIL: &str = "ana@example.com";

/// A booking: its id, its code, and what it costs.
async fn book(office: &Office) -> (String, String, i64) {
    let (from, until) = (day(30).to_string(), day(32).to_string());
    let wanted = stay("standard_queen", &from, &until, EMAIL);
    let booked = office.desk.post("/bookings", &wanted).await.json(201);
    let found = office.get("/bookings").await.json(200);
    let code = booked["code"].as_str().unwrap();
    let all = found["data"].as_array().unwrap().iter();
    let mut own = all.filter(|it| it["code"] == code);
    let id = own.next().unwrap()["id"].as_str().unwrap().to_owned();
    (id, code.to_owned(), booked["total_minor"].as_i64().unwrap())
}

fn wanted(minor: i64) -> Value {
    json!({ "amount_minor": minor, "currency": "USD", "on": "page", "reason": "the minibar" })
}

/// The only authorisation of a booking, when all jobs are done.
async fn once(office: &Office, booking: &str, state: &str) -> Value {
    office.desk.site.books().await.until_idle().await;
    let path = format!("/bookings/{booking}/authorisations");
    let listed = office.get(&path).await.json(200);
    let found = listed["authorisations"][0].clone();
    assert_eq!(found["state"], state, "{found}");
    found
}

/// The guests agree on the gateway's page.
async fn agree(office: &Office, asked: &Value, choice: &str) {
    let url = asked["url"].as_str().unwrap();
    let shown = office.desk.get(url).await;
    assert!(
        shown.text.contains("Nothing is taken now"),
        "{}",
        shown.text
    );
    let sent = office.desk.submit(url, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let page = sent.header("location").to_owned();
    let pressed = office.desk.submit(&page, &[("choice", choice)]).await;
    assert_eq!(pressed.status, 303, "{}", pressed.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_is_set_aside_agreed_to_and_a_part_of_it_taken() {
    let office = Office::open().await;
    let (booking, code, total) = book(&office).await;
    let path = format!("/bookings/{booking}/authorisations");
    let tried = format!("{path}?dry_run=true");
    let tried = office.post(&tried, wanted(5_000)).await;
    assert_eq!(tried.json(200)["state"], "created");
    let asked = office.post_as(&path, Some("aside-1"), &wanted(5_000)).await;
    let asked = asked.json(201);
    let again = office.post_as(&path, Some("aside-1"), &wanted(5_000)).await;
    assert_eq!(again.json(201), asked);
    let listed = office.get(&path).await.json(200);
    assert_eq!(listed["authorisations"].as_array().unwrap().len(), 1);

    agree(&office, &asked, "pay").await;
    let aside = once(&office, &booking, "authorised").await;
    assert_eq!(aside["authorised"]["amount_minor"], 5_000, "{aside}");
    assert!(aside["authorised_until"].is_string() && aside["url"].is_null());
    let folio = format!("/bookings/{code}/folio?email={EMAIL}");
    let before = office.desk.get(&folio).await.json(200);
    assert_eq!(before["balance_minor"], total);

    let capture = format!(
        "/authorisations/{}/actions/capture",
        aside["id"].as_str().unwrap()
    );
    let above = json!({ "amount_minor": 5_001, "currency": "USD", "reason": "too much" });
    let above = office.post(&capture, above).await;
    above.problem(409, "above_authorised");
    let part = json!({ "amount_minor": 1_200, "currency": "USD", "reason": "two bottles" });
    let tried = office
        .post(&format!("{capture}?dry_run=true"), part.clone())
        .await;
    assert_eq!(tried.json(200)["state"], "capturing");
    let taken = office.post_as(&capture, Some("take-1"), &part).await;
    assert_eq!(taken.json(200)["state"], "capturing");
    let replayed = office.post_as(&capture, Some("take-1"), &part).await;
    assert_eq!(replayed.json(200), taken.json(200));
    let done = once(&office, &booking, "succeeded").await;
    assert_eq!(done["taken"]["amount_minor"], 1_200);
    let is_less =
        |answer: &Answer| (answer.json(200)["balance_minor"] == total - 1_200).then_some(());
    office.desk.get_until(&folio, is_less).await;
    office
        .post(&capture, part)
        .await
        .problem(409, "authorisation_over");
    let void = format!(
        "/authorisations/{}/actions/void",
        done["id"].as_str().unwrap()
    );
    let late = office.post(&void, json!({ "reason": "never mind" })).await;
    late.problem(409, "authorisation_over");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_is_let_go_and_a_page_nobody_agreed_on_withdrawn() {
    let office = Office::open().await;
    let (booking, _, _) = book(&office).await;
    let path = format!("/bookings/{booking}/authorisations");
    let asked = office.post(&path, wanted(5_000)).await.json(201);
    agree(&office, &asked, "pay").await;
    let aside = once(&office, &booking, "authorised").await;
    let void = format!(
        "/authorisations/{}/actions/void",
        aside["id"].as_str().unwrap()
    );
    let reason = json!({ "reason": "they left nothing behind" });
    let going = office.post(&void, reason.clone()).await.json(200);
    assert_eq!(going["state"], "voiding");
    let gone = once(&office, &booking, "cancelled").await;
    assert_eq!(gone["taken"]["amount_minor"], 0);

    let (other, _, _) = book(&office).await;
    let path = format!("/bookings/{other}/authorisations");
    let asked = office.post(&path, wanted(700)).await.json(201);
    let void = format!(
        "/authorisations/{}/actions/void",
        asked["id"].as_str().unwrap()
    );
    let withdrawn = office.post(&void, reason).await.json(200);
    assert_eq!(withdrawn["url"], Value::Null);
    let url = asked["url"].as_str().unwrap();
    assert_eq!(office.desk.get(url).await.status, 410);
    assert_eq!(office.desk.submit(url, &[]).await.status, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_no_sense_is_refused_and_nothing_kept() {
    let office = Office::open().await;
    let (booking, _, _) = book(&office).await;
    let path = format!("/bookings/{booking}/authorisations");
    let with = |field: &str, value: Value| {
        let mut body = wanted(5_000);
        body[field] = value;
        body
    };
    for (field, value) in [
        ("amount_minor", json!(0)),
        ("amount_minor", json!(-5)),
        ("amount_minor", json!(1_000_000_000_001_i64)),
        ("currency", json!("EUR")),
        ("currency", json!("dollars")),
        ("on", json!("paper")),
        ("reason", json!("")),
    ] {
        let refused = office.post(&path, with(field, value)).await;
        let problem = refused.problem(422, "invalid_input");
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    let card = office.post(&path, with("on", json!("kept_card"))).await;
    card.problem(409, "no_card_kept");
    let listed = office.get(&path).await.json(200);
    assert_eq!(listed["authorisations"], json!([]));
    let nobody = "0195e2a8-0000-7000-8000-000000000000";
    for unknown in [nobody, "nonsense"] {
        for action in ["capture", "void"] {
            let path = format!("/authorisations/{unknown}/actions/{action}");
            let answer = office.post(&path, json!({ "reason": "x" })).await;
            assert_eq!(answer.status, 404, "{}", answer.text);
        }
        let page = format!("/payments/authorisations/{unknown}");
        assert_eq!(office.desk.get(&page).await.status, 404);
    }
}

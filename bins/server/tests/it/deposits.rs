//! A deposit by a bank that asks first, the rest later, and a part of it back, by HTTP alone.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::caller::stay;
use crate::desk::day;
use crate::office::Office;

const EMAIL: &str = "ana@example.com";

async fn book(office: &Office) -> Value {
    let wanted = stay(
        "standard_queen",
        &day(30).to_string(),
        &day(32).to_string(),
        EMAIL,
    );
    office.desk.post("/bookings", &wanted).await.json(201)
}

fn folio_path(booking: &Value) -> String {
    let code = booking["code"].as_str().unwrap();
    format!("/bookings/{code}/folio?email={EMAIL}")
}

async fn folio(office: &Office, booking: &Value) -> Value {
    office.desk.get(&folio_path(booking)).await.json(200)
}

/// Asks for a page and pays on it. Answers how much, in minor units.
async fn pay(office: &Office, booking: &Value, choices: &[&str]) -> i64 {
    let wanted = json!({ "booking_code": booking["code"], "email": EMAIL });
    let link = office.desk.post("/payments/links", &wanted).await.json(201);
    let page = link["payment_url"].as_str().unwrap();
    for choice in choices {
        let pressed = office.desk.submit(page, &[("choice", choice)]).await;
        assert_eq!(pressed.status, 303, "{}", pressed.text);
    }
    link["amount_minor"].as_i64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposit_is_paid_then_the_rest_and_a_part_goes_back() {
    let office = Office::open().await;
    let policy = json!({ "deposit": "share", "share_basis_points": 3_000, "rest_due_days": 7 });
    let put = office.put("/deposit-policy", None, &policy).await.json(200);
    assert_eq!(put, policy);
    assert_eq!(office.get("/deposit-policy").await.json(200), policy);

    let booking = book(&office).await;
    let total = booking["total_minor"].as_i64().unwrap();
    let deposit = (total * 3 + 5) / 10;
    let before = folio(&office, &booking).await;
    assert_eq!(before["due_now_minor"], deposit, "{before}");
    assert_eq!(pay(&office, &booking, &["challenge", "pay"]).await, deposit);
    let paid = folio(&office, &booking).await;
    assert_eq!(paid["balance_minor"], total - deposit, "{paid}");
    assert_eq!(paid["due_now_minor"], 0);
    assert!(paid["rest_due_at"].is_string());

    assert_eq!(pay(&office, &booking, &["pay"]).await, total - deposit);
    let even = folio(&office, &booking).await;
    assert_eq!(
        (&even["balance_minor"], &even["rest_due_at"]),
        (&json!(0), &Value::Null)
    );

    let found = office.get("/bookings").await.json(200);
    let id = found["data"][0]["id"].as_str().unwrap();
    let payments = office
        .get(&format!("/bookings/{id}/payments"))
        .await
        .json(200);
    let first = payments["payments"][0]["id"].as_str().unwrap();
    let back = json!({ "amount_minor": 1_000, "currency": "USD", "reason": "no hot water" });
    office
        .post(&format!("/payments/{first}/refunds"), back)
        .await
        .json(201);
    let path = folio_path(&booking);
    let is_back = |answer: &Answer| (answer.json(200)["balance_minor"] == 1_000).then_some(());
    office.desk.get_until(&path, is_back).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_says_nothing_sound_is_refused() {
    let office = Office::open().await;
    let bad = [
        (json!({ "deposit": "half" }), "deposit"),
        (json!({ "deposit": "share" }), "share_basis_points"),
        (
            json!({ "deposit": "share", "share_basis_points": 10_001 }),
            "share_basis_points",
        ),
        (
            json!({ "deposit": "none", "share_basis_points": 100 }),
            "share_basis_points",
        ),
        (
            json!({ "deposit": "first_night", "rest_due_days": 366 }),
            "rest_due_days",
        ),
    ];
    for (policy, field) in bad {
        let refused = office.put("/deposit-policy", None, &policy).await;
        let refused = refused.problem(422, "invalid_input");
        assert_eq!(refused["errors"][0]["field"], field, "{refused}");
    }
    let untouched = office.get("/deposit-policy").await.json(200);
    assert_eq!(untouched["deposit"], "none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_left_card_pays_the_rest_and_is_forgotten_with_its_guest() {
    let office = Office::open().await;
    let policy = json!({ "deposit": "share", "share_basis_points": 3_000, "rest_due_days": 7 });
    office.put("/deposit-policy", None, &policy).await.json(200);
    let booking = book(&office).await;
    let wanted = json!({ "booking_code": booking["code"], "email": EMAIL, "keep_card": true });
    let link = office.desk.post("/payments/links", &wanted).await.json(201);
    let page = link["payment_url"].as_str().unwrap();
    office.desk.submit(page, &[("choice", "pay")]).await;
    office.desk.site.books().await.until_idle().await;

    let found = office.get("/bookings").await.json(200);
    let id = found["data"][0]["id"].as_str().unwrap();
    let cards = format!("/bookings/{id}/cards");
    let kept = office.get(&cards).await.json(200);
    assert_eq!(kept["cards"][0]["last_four"], "4242", "{kept}");
    let charge = json!({ "reason": "as agreed on the phone" });
    let asked = office
        .post(&format!("/bookings/{id}/payments"), charge)
        .await;
    let asked = asked.json(201);
    assert_eq!(asked["card_id"], kept["cards"][0]["id"]);
    let path = folio_path(&booking);
    let is_even = |answer: &Answer| (answer.json(200)["balance_minor"] == 0).then_some(());
    office.desk.get_until(&path, is_even).await;

    // Who is expected is not erased.
    let cancel = format!("/bookings/{}/cancel", booking["code"].as_str().unwrap());
    let proof = json!({ "email": EMAIL });
    office.desk.post(&cancel, &proof).await.json(200);
    let found = office.get("/guests?q=ana").await.json(200);
    let guest = format!("/guests/{}", found["data"][0]["id"].as_str().unwrap());
    let export = office.get(&format!("{guest}/export")).await.json(200);
    assert_eq!(export["kept"]["cards"][0]["last_four"], "4242");
    let version = format!("\"{}\"", found["data"][0]["version"]);
    let erase = office.request(reqwest::Method::POST, &format!("{guest}/actions/erase"));
    let erase = office.desk.send(erase.header("If-Match", version)).await;
    assert_eq!(erase.status, 200, "{}", erase.text);
    let gone = office.get(&cards).await.json(200);
    assert!(gone["cards"][0]["removed_at"].is_string(), "{gone}");
}

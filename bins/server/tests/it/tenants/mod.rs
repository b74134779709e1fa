//! Two businesses in one installation know nothing of each other.

mod across;
mod attack;
mod console;
mod keys;
mod wall;

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::stay;
use crate::desk::{Desk, day};

/// The default business, and the other one's name in addresses.
const OURS: &str = "/api/v1/public/remotemotel";
const THEIRS: &str = "/api/v1/public/harvest-table";

/// What a guest of the motel has left there.
struct Stay {
    code: String,
    conversation: String,
    call: String,
}

async fn stay_at_the_motel(desk: &Desk) -> Stay {
    let wanted = stay(
        "king_suite",
        &day(3).to_string(),
        &day(5).to_string(),
        "ana@example.com",
    );
    let booking = desk
        .post(&format!("{OURS}/bookings"), &wanted)
        .await
        .json(201);
    let code = booking["code"].as_str().unwrap().to_owned();
    let link = json!({ "booking_code": code, "email": "ana@example.com" });
    desk.post(&format!("{OURS}/payments/links"), &link)
        .await
        .json(201);
    let said = desk
        .say(&Value::Null, "A kite got stuck in the alder tree")
        .await;
    let call = desk
        .post(&format!("{OURS}/voice/simulate/calls"), &json!({}))
        .await
        .json(201);
    let lead = json!({ "full_name": "Zebulon Quist", "email": "zebulon@example.com" });
    desk.post(&format!("{OURS}/leads"), &lead).await.json(201);
    Stay {
        code,
        conversation: said["conversation_id"].as_str().unwrap().to_owned(),
        call: call["call_id"].as_str().unwrap().to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_address_speaks_for_its_own_business() {
    let desk = Desk::open().await;
    let dates = format!("check_in={}&check_out={}&adults=1", day(5), day(6));
    let ours = desk
        .get(&format!("{OURS}/availability?{dates}"))
        .await
        .json(200);
    assert_eq!(ours["rooms"].as_array().unwrap().len(), 3);
    let theirs = desk
        .get(&format!("{THEIRS}/availability?{dates}"))
        .await
        .json(200);
    assert_eq!(
        (&theirs["available"], &theirs["rooms"]),
        (&json!(false), &json!([]))
    );

    let question = json!({ "query": "chefs cooking a private dinner", "top_k": 20 });
    let told = |prefix: &str| format!("{prefix}/knowledge/search");
    let theirs = desk
        .post(&told(THEIRS), &question)
        .await
        .json(200)
        .to_string();
    let ours = desk
        .post(&told(OURS), &question)
        .await
        .json(200)
        .to_string();
    let at_the_root = desk
        .post("/knowledge/search", &question)
        .await
        .json(200)
        .to_string();
    assert!(theirs.to_lowercase().contains("chef"), "{theirs}");
    assert!(!ours.to_lowercase().contains("chef"), "{ours}");
    assert_eq!(at_the_root, ours);
    desk.get(&format!("/api/v1/public/nobody/availability?{dates}"))
        .await
        .problem(404, "unknown_tenant");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_left_at_one_business_is_not_there_at_the_other() {
    let desk = Desk::open().await;
    let left = stay_at_the_motel(&desk).await;
    let mut books = desk.site.books().await;
    books.until_idle().await;
    let before = books.digests().await;
    let proof = json!({ "email": "ana@example.com" });
    let (code, call) = (&left.code, &left.call);
    let requests: Vec<(Method, String, Value)> = vec![
        (
            Method::GET,
            format!("/bookings/{code}?email=ana@example.com"),
            Value::Null,
        ),
        (
            Method::GET,
            format!("/bookings/{code}/folio?email=ana@example.com"),
            Value::Null,
        ),
        (
            Method::POST,
            "/payments/links".into(),
            json!({ "booking_code": code, "email": "ana@example.com" }),
        ),
        (
            Method::POST,
            "/chat".into(),
            json!({ "message": "hello", "conversation_id": left.conversation }),
        ),
        (
            Method::POST,
            format!("/voice/simulate/calls/{call}/turns"),
            json!({ "speech": "hello" }),
        ),
        (
            Method::POST,
            format!("/voice/simulate/calls/{call}/hang-up"),
            json!({}),
        ),
        (Method::POST, format!("/bookings/{code}/cancel"), proof),
    ];
    for (method, path, body) in &requests {
        let request = desk
            .request(method.clone(), &format!("{THEIRS}{path}"))
            .json(body);
        let answer = desk.send(request).await.problem(404, "not_found");
        assert!(!answer.to_string().contains("Souza"), "{answer}");
    }
    let booked = stay(
        "king_suite",
        &day(5).to_string(),
        &day(6).to_string(),
        "ana@example.com",
    );
    let refused = desk
        .post(&format!("{THEIRS}/bookings"), &booked)
        .await
        .problem(422, "invalid_input");
    assert_eq!(refused["errors"][0]["field"], "room_type");
    assert_eq!(books.digests().await, before, "something was written");
    // At home the same requests are understood.
    for (method, path, body) in &requests {
        let request = desk
            .request(method.clone(), &format!("{OURS}{path}"))
            .json(body);
        let answer = desk.send(request).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn leads_of_two_businesses_are_numbered_apart() {
    let desk = Desk::open().await;
    let lead = |email| json!({ "full_name": "Ana Souza", "email": email });
    for (prefix, email, number) in [
        (OURS, "ana@example.com", "LD00001"),
        (OURS, "bo@example.com", "LD00002"),
        (THEIRS, "ana@example.com", "LD00001"),
    ] {
        let taken = desk
            .post(&format!("{prefix}/leads"), &lead(email))
            .await
            .json(201);
        assert_eq!(taken["lead_id"], number);
    }
}

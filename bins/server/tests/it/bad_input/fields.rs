use serde_json::{Value, json};

use super::{NO_MARKUP, NO_STATEMENT, Refusing, refused};
use crate::desk::day;

/// A path, a body, the status of the refusal, and the field it has to name.
type Case = (&'static str, Value, u16, &'static str);

#[tokio::test(flavor = "multi_thread")]
async fn other_fields_that_are_not_right() {
    let desk = Refusing::open().await;
    for (path, body, status, field) in [chat(), leads(), others()].concat() {
        let answer = desk.caller().post(path, &body).await;
        refused(&answer, status, code_of(status), field);
    }
    desk.nothing_happened().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_lead_nowhere() {
    let desk = Refusing::open().await;
    for (path, status) in [
        ("/bookings/RM-7K3F9Q?email=ana", 422),
        ("/bookings/RM-7K3F9Q", 422),
        ("/bookings/RM-7K3F9Q?email=ana@example.com", 404),
        ("/bookings/%27%20OR%201=1?email=ana@example.com", 404),
        ("/bookings/%F0%9F%99%82/folio?email=ana@example.com", 404),
        ("/pay/sandbox/%00", 404),
        ("/pay/sandbox/01890a5d-ac96-774b-bcce-b302099a8057", 404),
    ] {
        refused(&desk.caller().get(path).await, status, code_of(status), "");
    }
    desk.nothing_happened().await;
}

fn code_of(status: u16) -> &'static str {
    match status {
        404 => "not_found",
        _ => "invalid_input",
    }
}

/// More than any field holds.
fn long() -> String {
    "x".repeat(5_000)
}

fn chat() -> Vec<Case> {
    vec![
        ("/chat", json!({ "message": "" }), 422, "message"),
        ("/chat", json!({ "message": " \n " }), 422, "message"),
        ("/chat", json!({ "message": long() }), 422, "message"),
        ("/chat", json!({ "message": "a\0b" }), 422, "message"),
        ("/chat", json!({ "message": 7 }), 422, "message"),
        ("/chat", json!({}), 422, "message"),
        (
            "/chat",
            json!({ "message": "hi", "conversation_id": "1 OR 1=1" }),
            422,
            "conversation_id",
        ),
        (
            "/chat",
            json!({ "message": "hi", "conversation_id": "01890a5d-ac96-774b-bcce-b302099a8057" }),
            404,
            "",
        ),
    ]
}

fn leads() -> Vec<Case> {
    vec![
        ("/leads", json!({ "full_name": "Ana Souza" }), 422, "email"),
        (
            "/leads",
            json!({ "full_name": "", "email": "ana@example.com" }),
            422,
            "full_name",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana" }),
            422,
            "email",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "phone": "1" }),
            422,
            "phone",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "adults": 0 }),
            422,
            "adults",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "source": NO_STATEMENT }),
            422,
            "source",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "notes": "a\0b" }),
            422,
            "notes",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "notes": long() }),
            422,
            "notes",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "check_in": day(5), "check_out": day(4) }),
            422,
            "check_out",
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com", "check_in": "2020-01-01", "check_out": "2020-01-02" }),
            422,
            "check_in",
        ),
    ]
}

fn others() -> Vec<Case> {
    vec![
        ("/knowledge/search", json!({ "query": "" }), 422, "query"),
        (
            "/knowledge/search",
            json!({ "query": "a\0b" }),
            422,
            "query",
        ),
        (
            "/knowledge/search",
            json!({ "query": long() }),
            422,
            "query",
        ),
        (
            "/knowledge/search",
            json!({ "query": "dogs", "top_k": 0 }),
            422,
            "top_k",
        ),
        (
            "/knowledge/search",
            json!({ "query": "dogs", "top_k": 10_000 }),
            422,
            "top_k",
        ),
        (
            "/payments/links",
            json!({ "booking_code": NO_STATEMENT, "email": "ana@example.com" }),
            422,
            "booking_code",
        ),
        (
            "/payments/links",
            json!({ "booking_code": "RM-7K3F9Q", "email": NO_MARKUP }),
            422,
            "email",
        ),
        (
            "/payments/links",
            json!({ "booking_code": "RM-7K3F9Q", "email": "ana@example.com" }),
            404,
            "",
        ),
        (
            "/bookings/RM-7K3F9Q/cancel",
            json!({ "email": "ana" }),
            422,
            "email",
        ),
        (
            "/bookings/RM-7K3F9Q/cancel",
            json!({ "email": "ana@example.com" }),
            404,
            "",
        ),
        (
            "/bookings/RM-%00/cancel",
            json!({ "email": "ana@example.com" }),
            404,
            "",
        ),
        (
            "/voice/simulate/calls/1/turns",
            json!({ "speech": "hi" }),
            404,
            "",
        ),
        ("/payments/webhooks/%27", json!({}), 404, ""),
    ]
}

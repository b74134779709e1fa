//! Whoever asks too often is told so, and when again.

use std::fs;

use reqwest::Method;
use serde_json::json;

use crate::answer::Answer;
use crate::desk::{Desk, top};

/// Writes that strangers can make as often as they like, and why that is all right.
const UNLIMITED: &[(&str, &str)] = &[
    ("/quotes", "runs out by itself, and holds no room"),
    ("/bookings", "takes a room, of which there are so many"),
    (
        "/bookings/{code}/cancel",
        "code and address prove the guest",
    ),
    (
        "/bookings/{code}/vouchers",
        "code and address prove the guest",
    ),
    ("/payments/links", "code and address prove the guest"),
    (
        "/payments/webhooks/{gateway}",
        "a gateway sends as many as it has, and signs them",
    ),
    ("/appointments", "takes a slot, of which there are so many"),
    ("/leads", "one row, bounded"),
    (
        "/knowledge/search",
        "reads; of what is asked in vain 500 rows are kept",
    ),
    (
        "/voice/twilio/inbound",
        "Twilio sends as many as there are calls, and signs them",
    ),
    (
        "/voice/twilio/status",
        "Twilio sends as many as there are calls, and signs them",
    ),
    (
        "/voice/twilio/turn",
        "Twilio sends as many as there are calls, and signs them",
    ),
    (
        "/api/v1/password-resets",
        "askers are counted by address and account",
    ),
    (
        "/api/v1/password-resets/complete",
        "256 random bits are not guessed",
    ),
    (
        "/api/v1/invitations/accept",
        "256 random bits are not guessed",
    ),
    (
        "/console/forgot-password",
        "askers are counted by address and account",
    ),
    ("/console/new-password", "256 random bits are not guessed"),
    ("/console/join", "256 random bits are not guessed"),
    ("/console/new-email", "256 random bits are not guessed"),
    ("/console/support", "256 random bits are not guessed"),
    (
        "/api/v1/sign-ups",
        "sign-ups are counted by address and account",
    ),
    (
        "/api/v1/sign-ups/complete",
        "256 random bits are not guessed",
    ),
    ("/console/sign-out", "ends what is one's own"),
];

async fn sign_in(desk: &Desk, forwarded_for: &str) -> Answer {
    let credentials = json!({ "email": "nobody@example.com", "password": "not the right one" });
    let request = desk
        .request(Method::POST, "/api/v1/session")
        .header("x-forwarded-for", forwarded_for)
        .json(&credentials);
    desk.send(request).await
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_again() {
    let desk = Desk::with(|settings| settings.limits.sign_in = 3).await;
    for left in ["2", "1", "0"] {
        let answer = sign_in(&desk, "203.0.113.1").await;
        answer.problem(401, "wrong_credentials");
        assert_eq!(answer.header("ratelimit-policy"), "\"sign-in\";q=3;w=60");
        let told = answer.header("ratelimit");
        assert!(
            told.starts_with(&format!("\"sign-in\";r={left};t=")),
            "{told}"
        );
    }
    // What a header says that anybody can write makes nobody another.
    let refused = sign_in(&desk, "203.0.113.2").await;
    refused.problem(429, "too_many_requests");
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=21).contains(&wait), "{wait}");

    // Nor does another way to write the same path.
    let spelt = desk.request(Method::POST, "/api/v1/sessio%6E");
    let credentials = json!({ "email": "nobody@example.com", "password": "not the right one" });
    let refused = desk.send(spelt.json(&credentials)).await;
    refused.problem(429, "too_many_requests");

    // Nothing else is any slower for it.
    let asked = json!({ "message": "Do you take pets?" });
    let answer = desk.post("/chat", &asked).await;
    answer.json(200);
    assert_eq!(answer.header("ratelimit-policy"), "\"chat\";q=100;w=60");
    assert_eq!(desk.get("/health").await.header("ratelimit"), "");
}

#[tokio::test]
async fn a_browser_is_told_on_a_page() {
    let desk = Desk::with(|settings| settings.limits.sign_in = 1).await;
    sign_in(&desk, "203.0.113.1")
        .await
        .problem(401, "wrong_credentials");
    let form = desk
        .request(Method::POST, "/console/sign-in")
        .header("accept", "text/html")
        .form(&[
            ("email", "nobody@example.com"),
            ("password", "not the right one"),
        ]);
    let page = desk.send(form).await;
    assert_eq!(page.status, 429);
    assert_ne!(page.header("retry-after"), "");
    assert!(page.text.contains("Please try again in"), "{}", page.text);
}

/// Limits are told apart by the path, so a route that is added or moved could have none: each is asked.
#[tokio::test(flavor = "multi_thread")]
async fn every_open_write_is_limited_or_says_why_not() {
    let desk = Desk::open().await;
    let pins = top().join("bins/server/tests/it/access/open-doors.txt");
    let pins = fs::read_to_string(pins).unwrap();
    let open = pins.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let found = (words.next()?, words.next()?, words.next()?);
        (found.0 == "open" && found.1 == "POST").then_some(found.2)
    });
    let mut limited = 0;
    for path in open {
        let address = path
            .replace("{code}", "RM-7K3F9Q")
            .replace("{gateway}", "sandbox")
            .replace("{id}", "01890a5d-ac96-774b-bcce-b302099a8057");
        let answer = desk.post(&address, &json!({})).await;
        let told = !answer.header("ratelimit-policy").is_empty();
        let excused = UNLIMITED.iter().any(|(known, _)| *known == path);
        assert!(told != excused, "{path}: limited {told}, excused {excused}");
        limited += u32::from(told);
    }
    assert!(limited >= 9, "only {limited}");
}

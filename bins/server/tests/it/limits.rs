//! Whoever asks too often is told so, and when again.

use reqwest::Method;
use serde_json::json;

use crate::answer::Answer;
use crate::desk::Desk;

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

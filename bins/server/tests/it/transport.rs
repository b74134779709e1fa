//! What browsers are told about how to come back, and researchers about whom to write to.

use serde_json::json;

use crate::desk::Desk;

#[tokio::test]
async fn over_https_nobody_comes_back_without_it() {
    let desk = Desk::with(|settings| {
        settings.http.public_url = Some("https://motel.example".to_owned());
    })
    .await;
    let page = desk.get("/").await;
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
    let cookie = signed_in(&desk).await;
    assert!(cookie.starts_with("__Host-remotemotel="), "{cookie}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain="), "{cookie}");
}

#[tokio::test]
async fn without_https_no_promise_is_made() {
    let desk = Desk::open().await;
    assert_eq!(desk.get("/").await.header("strict-transport-security"), "");
    let cookie = signed_in(&desk).await;
    assert!(
        cookie.starts_with("remotemotel=") && !cookie.contains("Secure"),
        "{cookie}"
    );
    let nobody = desk.get("/.well-known/security.txt").await;
    nobody.problem(404, "not_found");
}

#[tokio::test]
async fn whoever_finds_a_weakness_knows_whom_to_tell() {
    let desk = Desk::with(|settings| {
        settings.http.security_contact = Some("mailto:security@motel.example".to_owned());
    })
    .await;
    let told = desk.get("/.well-known/security.txt").await;
    assert_eq!(told.status, 200);
    assert!(told.header("content-type").starts_with("text/plain"));
    let (contact, expires) = told.text.split_once("\nExpires: ").unwrap();
    assert_eq!(contact, "Contact: mailto:security@motel.example");
    let expires: chrono::DateTime<chrono::Utc> = expires.trim().parse().unwrap();
    let days = (expires - chrono::Utc::now()).num_days();
    assert!((1..365).contains(&days), "{days}");
}

async fn signed_in(desk: &Desk) -> String {
    let credentials =
        json!({ "email": "clerk@remotemotel.example", "password": "demo-front-desk" });
    let answer = desk.post("/api/v1/session", &credentials).await;
    answer.json(200);
    answer.header("set-cookie").to_owned()
}

use reqwest::Method;
use serde_json::json;

use crate::answer::Answer;
use crate::desk::Desk;

/// One answer of each kind: a name, and how it comes about.
async fn every_kind(desk: &Desk) -> Vec<(&'static str, u16, Answer)> {
    let front = desk.get("/").await;
    let (_, rest) = front.text.split_once("/assets/").unwrap();
    let asset = format!("/assets/{}", rest.split('"').next().unwrap());
    let lost = desk.request(Method::GET, "/no-such-page");
    let lost = lost.header("accept", "text/html");
    let wrong = desk.request(Method::POST, "/bookings").json(&json!({}));
    let wrong = wrong.header("accept", "text/html");
    vec![
        ("a page", 200, front),
        ("an asset", 200, desk.get(&asset).await),
        ("a page of staff", 303, desk.get("/console").await),
        ("a fragment", 401, desk.get("/console/desk").await),
        ("health", 200, desk.get("/health").await),
        ("the document", 200, desk.get("/api/openapi.json").await),
        ("what guests call", 200, desk.get("/packages").await),
        ("what staff call", 401, desk.get("/api/v1/units").await),
        (
            "no body",
            204,
            desk.send(desk.request(Method::DELETE, "/api/v1/session"))
                .await,
        ),
        ("bad input", 422, desk.post("/bookings", &json!({})).await),
        (
            "OAuth",
            400,
            desk.post("/api/v1/oauth/token", &json!({})).await,
        ),
        (
            "a webhook",
            403,
            desk.post("/payments/webhooks/sandbox", &json!({})).await,
        ),
        ("nowhere", 404, desk.get("/no-such-page").await),
        ("nowhere, in a browser", 404, desk.send(lost).await),
        ("bad input, in a browser", 422, desk.send(wrong).await),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_answer_is_protected() {
    let desk = Desk::with(|settings| {
        settings.http.public_url = Some("https://motel.example".to_owned());
    })
    .await;
    for (kind, status, answer) in every_kind(&desk).await {
        assert_eq!(answer.status.as_u16(), status, "{kind}: {}", answer.text);
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{kind}: {policy}");
        }
        assert!(
            !policy.contains("unsafe-") && !policy.contains('*'),
            "{kind}: {policy}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(answer.header(name), value, "{kind}");
        }
        for name in ["x-request-id", "permissions-policy", "cache-control"] {
            assert_ne!(answer.header(name), "", "{kind}: {name}");
        }
        for name in ["server", "x-powered-by", "access-control-allow-origin"] {
            assert_eq!(answer.header(name), "", "{kind}: {name}");
        }
        let untyped = answer.header("content-type").is_empty();
        assert_eq!(untyped, answer.text.is_empty(), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_somebodys_is_kept_by_no_cache() {
    let desk = Desk::open().await;
    let credentials =
        json!({ "email": "clerk@remotemotel.example", "password": "demo-front-desk" });
    let opened = desk.post("/api/v1/session", &credentials).await;
    assert_eq!(opened.header("cache-control"), "no-store");
    let cookie = opened.header("set-cookie").split(';').next().unwrap();
    for (path, kept) in [
        ("/api/v1/session", "no-store"),
        ("/api/v1/guests", "no-store"),
        ("/console", "private, no-cache"),
    ] {
        let request = desk.request(Method::GET, path).header("cookie", cookie);
        let answer = desk.send(request).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("cache-control")),
            (200, kept),
            "{path}"
        );
    }
}

use reqwest::Method;
use serde_json::json;

use crate::answer::Answer;
use crate::desk::Desk;

const LISTED: &str = "https://www.motel.example";
const SEARCH: &str = "/api/v1/public/remotemotel/packages";
const LEADS: &str = "/api/v1/public/remotemotel/chat";

async fn preflight(desk: &Desk, origin: &str, path: &str) -> Answer {
    let request = desk
        .request(Method::OPTIONS, path)
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    desk.send(request).await
}

async fn said(desk: &Desk, origin: &str, path: &str) -> Answer {
    let body = json!({ "message": "Do you take pets?" });
    let request = desk.request(Method::POST, path).header("origin", origin);
    let request = request.header("sec-fetch-site", "cross-site");
    desk.send(request.json(&body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_listed_sites_call_what_guests_call_and_nothing_else() {
    let desk = Desk::with(|settings| {
        settings.http.cors_origins = Some(format!("{LISTED}, http://localhost:5173"));
    })
    .await;
    let allowed = "access-control-allow-origin";
    for origin in [LISTED, "http://localhost:5173"] {
        let asked = preflight(&desk, origin, LEADS).await;
        assert_eq!(asked.status, 200, "{}", asked.text);
        assert_eq!(asked.header(allowed), origin);
        let answer = said(&desk, origin, LEADS).await;
        answer.json(200);
        assert_eq!(answer.header(allowed), origin);
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert!(answer.header("vary").to_lowercase().contains("origin"));
    }
    for origin in [
        "https://evil.example",
        "https://www.motel.example.evil.example",
        "https://www.motel.example:444",
        "http://www.motel.example",
        "null",
    ] {
        let asked = preflight(&desk, origin, LEADS).await;
        assert_eq!(asked.header(allowed), "", "{origin}");
        let answer = said(&desk, origin, LEADS).await;
        answer.problem(403, "cross_site");
        assert_eq!(answer.header(allowed), "", "{origin}");
        // What only reads is answered, and no page can read the answer.
        let read = desk.request(Method::GET, SEARCH).header("origin", origin);
        assert_eq!(desk.send(read).await.header(allowed), "", "{origin}");
    }
    // Where cookies count, and where staff are, no other site calls.
    for path in [
        "/chat",
        "/api/v1/session",
        "/console/sign-in",
        "/api/v1/publicity",
    ] {
        let asked = preflight(&desk, LISTED, path).await;
        assert_eq!(asked.header(allowed), "", "{path}");
        said(&desk, LISTED, path).await.problem(403, "cross_site");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_asks_too_often_can_read_that_it_has_to_wait() {
    let desk = Desk::with(|settings| {
        settings.http.cors_origins = Some(LISTED.to_owned());
        settings.limits.chat = 1;
    })
    .await;
    said(&desk, LISTED, LEADS).await.json(200);
    let refused = said(&desk, LISTED, LEADS).await;
    refused.problem(429, "too_many_requests");
    assert_eq!(refused.header("access-control-allow-origin"), LISTED);
    let readable = refused.header("access-control-expose-headers");
    assert!(readable.contains("retry-after"), "{readable}");
    assert!(refused.header("vary").to_lowercase().contains("origin"));
    let other = said(&desk, "https://evil.example", LEADS).await;
    assert_eq!(other.header("access-control-allow-origin"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn unless_sites_are_listed_there_are_none() {
    let desk = Desk::open().await;
    let asked = preflight(&desk, LISTED, LEADS).await;
    assert_eq!(asked.header("access-control-allow-origin"), "");
    said(&desk, LISTED, LEADS).await.problem(403, "cross_site");
    // Programs say no origin.
    let body = json!({ "message": "Do you take pets?" });
    desk.post(LEADS, &body).await.json(200);
}

//! The document of the public interface holds what is there, and what it holds is there.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::Desk;

const BEFORE_SIGNING_IN: &[&str] = &[
    "/api/v1/invitations/accept",
    "/api/v1/password-resets",
    "/api/v1/password-resets/complete",
    "/api/v1/session/passkey",
    "/api/v1/session/second-factor",
    "/api/v1/session/second-factor/passkey",
    "/api/v1/session/tokens",
    "/api/v1/session/tokens/refresh",
    "/api/v1/session/tokens/second-factor",
    "/api/v1/sign-ups",
    "/api/v1/sign-ups/complete",
];

const PUBLIC_ROUTES: &[&str] = &[
    "GET /appointments/{code}",
    "GET /availability",
    "GET /availability/rooms",
    "GET /bookings/{code}",
    "GET /bookings/{code}/folio",
    "GET /calendar",
    "GET /health",
    "GET /packages",
    "GET /services",
    "GET /services/{code}/slots",
    "POST /appointments",
    "POST /bookings",
    "POST /bookings/{code}/cancel",
    "POST /bookings/{code}/vouchers",
    "POST /chat",
    "POST /knowledge/search",
    "POST /leads",
    "POST /payments/links",
    "POST /payments/webhooks/{gateway}",
    "POST /quotes",
    "POST /voice/simulate/calls",
    "POST /voice/simulate/calls/{id}/hang-up",
    "POST /voice/simulate/calls/{id}/turns",
    "POST /voice/twilio/inbound",
    "POST /voice/twilio/status",
    "POST /voice/twilio/turn",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_document_lists_what_is_public_and_all_of_it_answers() {
    let desk = Desk::open().await;
    let document = desk.get("/api/openapi.json").await.json(200);
    assert!(
        document["openapi"].as_str().unwrap().starts_with("3.1"),
        "{document}"
    );
    let listed: BTreeSet<String> = routes(&document)
        .filter(|route| !route.contains(" /api/v1/"))
        .collect();
    let expected: BTreeSet<String> = PUBLIC_ROUTES
        .iter()
        .map(|route| (*route).to_owned())
        .collect();
    assert_eq!(listed, expected);

    // What no route answers is "no such page"; a route says what it misses, or which thing is not there.
    let nowhere = desk.get("/no-such-route").await.problem(404, "not_found");
    for route in &listed {
        let (method, path) = route.split_once(' ').unwrap();
        let path = path
            .replace("{code}", "RM-7K3F9Q")
            .replace("{gateway}", "sandbox");
        let path = path.replace("{id}", "01890a5d-ac96-774b-bcce-b302099a8057");
        for prefix in ["", "/api/v1/public/remotemotel"] {
            let outside = path == "/health" || path.starts_with("/payments/webhooks");
            if !prefix.is_empty() && outside {
                continue;
            }
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let request = desk.request(method.clone(), &format!("{prefix}{path}"));
            let answer = desk.send(request.json(&json!({}))).await;
            let said: Value = serde_json::from_str(&answer.text).unwrap_or_default();
            assert_ne!(answer.status, 405, "{method} {prefix}{path}");
            assert_ne!(answer.status, 500, "{method} {prefix}{path}");
            assert!(
                answer.status != 404 || said["detail"] != nowhere["detail"],
                "{method} {prefix}{path}: {said}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_staff_route_answers_and_lets_nobody_in_without_a_key() {
    let desk = Desk::open().await;
    let document = desk.get("/api/openapi.json").await.json(200);
    let staff: Vec<String> = routes(&document)
        .filter(|route| route.contains(" /api/v1/"))
        .collect();
    assert!(staff.len() >= 8, "{staff:?}");
    for route in staff {
        let (method, path) = route.split_once(' ').unwrap();
        // This one says no in words of its own (RFC 6749).
        if path == "/api/v1/oauth/token" {
            let answer = desk.post(path, &json!({})).await;
            assert_eq!(answer.json(400)["error"], "invalid_request");
            continue;
        }
        // Signing in and out is for everybody.
        if path == "/api/v1/session" && method != "GET" {
            continue;
        }
        // Whoever comes is asked for a passkey, and after a password only whose was right.
        if path == "/api/v1/session/passkey/begin" {
            let answer = desk.post(path, &json!({})).await;
            assert!(answer.json(200)["ceremony"].is_string());
            continue;
        }
        if path == "/api/v1/session/second-factor/passkey/begin" {
            let answer = desk.post(path, &json!({})).await;
            answer.problem(401, "challenge_over");
            continue;
        }
        let path = path.replace(['{', '}'], "");
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        // A mailed link says who they are, or an address who they would like to be.
        if BEFORE_SIGNING_IN.contains(&path.as_str()) {
            let answer = desk.send(desk.request(method, &path).json(&json!({})));
            answer.await.problem(422, "invalid_input");
            continue;
        }
        let answer = desk
            .send(desk.request(method, &path).json(&json!({})))
            .await;
        answer.problem(401, "signed_out");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reference_in_the_document_leads_somewhere() {
    let desk = Desk::open().await;
    let document = desk.get("/api/openapi.json").await.json(200);
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    assert!(references.len() > 10);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn routes(document: &Value) -> impl Iterator<Item = String> {
    let paths = document["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    })
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(
                fields
                    .get("$ref")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            fields
                .values()
                .for_each(|field| collect_references(field, found));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect_references(item, found)),
        _ => {}
    }
}

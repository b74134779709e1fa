use reqwest::{Method, RequestBuilder};
use serde_json::json;

use super::{Refusing, booking_with, refused};

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_cannot_be_read() {
    let desk = Refusing::open().await;
    let caller = desk.caller();
    let proof = json!({ "email": "ana@example.com" });
    let routes = [
        ("/bookings", booking_with("adults", json!(1))),
        ("/bookings/RM-7K3F9Q/cancel", proof),
        (
            "/payments/links",
            json!({ "booking_code": "RM-7K3F9Q", "email": "ana@example.com" }),
        ),
        (
            "/leads",
            json!({ "full_name": "Ana", "email": "ana@example.com" }),
        ),
        ("/knowledge/search", json!({ "query": "dogs" })),
        ("/chat", json!({ "message": "hello" })),
    ];
    for (path, sound) in &routes {
        let typed = |content_type: &str, body: Vec<u8>| -> RequestBuilder {
            let request = caller.request(Method::POST, path);
            request.header("content-type", content_type).body(body)
        };
        let megabyte = json!({ "message": "x".repeat(1024 * 1024) }).to_string();
        for (request, status, code) in [
            (typed("application/json", b"{".to_vec()), 400, "malformed"),
            (typed("application/json", Vec::new()), 400, "malformed"),
            (
                typed("application/json", b"nonsense".to_vec()),
                400,
                "malformed",
            ),
            (
                typed("application/json", b"\xff\xfe".to_vec()),
                400,
                "malformed",
            ),
            (
                typed("application/json", b"[]".to_vec()),
                422,
                "invalid_input",
            ),
            (
                typed("application/json", megabyte.clone().into_bytes()),
                413,
                "too_large",
            ),
            (
                typed("text/plain", b"{}".to_vec()),
                415,
                "wrong_content_type",
            ),
            (
                typed("application/x-www-form-urlencoded", b"a=b".to_vec()),
                415,
                "wrong_content_type",
            ),
        ] {
            refused(&caller.send(request).await, status, code, "");
        }
        let nobody = format!("/api/v1/public/nobody{path}");
        refused(
            &caller.post(&nobody, sound).await,
            404,
            "unknown_tenant",
            "",
        );
        let injected = format!("/api/v1/public/x%27%20OR%20%271%27=%271{path}");
        refused(
            &caller.post(&injected, sound).await,
            404,
            "unknown_tenant",
            "",
        );
    }
    let unsigned = caller
        .submit("/voice/twilio/inbound", &[("CallSid", "CA1")])
        .await;
    unsigned.problem(403, "wrong_signature");
    let unsigned = caller.post("/payments/webhooks/sandbox", &json!({})).await;
    unsigned.problem(403, "bad_signature");
    desk.nothing_happened().await;
}

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Method;

use crate::desk::Desk;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// A little that unpacks to a hundred megabytes.
fn bomb() -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..100 {
        packed.write_all(&zeros).unwrap();
    }
    packed.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_packed_is_unpacked() {
    let desk = Desk::open().await;
    let bomb = bomb();
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    // One that would fit, too: it is the packing that is refused.
    let mut small = GzEncoder::new(Vec::new(), Compression::best());
    small.write_all(b"{}").unwrap();
    let small = small.finish().unwrap();
    for (path, kind) in [
        ("/bookings", JSON),
        ("/chat", JSON),
        ("/api/v1/session", JSON),
        ("/api/v1/session/tokens", JSON),
        ("/payments/webhooks/sandbox", JSON),
        ("/api/v1/oauth/token", FORM),
        ("/voice/twilio/inbound", FORM),
        ("/console/sign-in", FORM),
        ("/contact", FORM),
        ("/my-booking", FORM),
    ] {
        for body in [&bomb, &small] {
            let request = desk
                .request(Method::POST, path)
                .header("content-type", kind)
                .header("content-encoding", "gzip")
                .body(body.clone());
            let answer = desk.send(request).await;
            answer.problem(415, "wrong_content_type");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_body_may_have_is_refused_whatever_its_length_says() {
    let desk = Desk::open().await;
    let big = vec![b'x'; 17 * 1024];
    let told = desk.request(Method::POST, "/bookings").body(big.clone());
    let parts: Vec<Result<Vec<u8>, std::io::Error>> =
        big.chunks(1_000).map(|it| Ok(it.to_vec())).collect();
    let parts = reqwest::Body::wrap_stream(futures::stream::iter(parts));
    let untold = desk.request(Method::POST, "/bookings").body(parts);
    for request in [told, untold] {
        let request = request.header("content-type", "application/json");
        desk.send(request).await.problem(413, "too_large");
    }
}

use std::num::NonZeroU8;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

use crate::desk::Desk;

/// Longer than the desk waits.
const PATIENCE: Duration = Duration::from_secs(20);

/// Says the beginning of a request, goes on by a byte now and then, and hears what is answered until the line is closed.
async fn drip(desk: &Desk, beginning: &str) -> String {
    let address = desk.url.strip_prefix("http://").unwrap();
    let line = TcpStream::connect(address).await.unwrap();
    let (mut ear, mut mouth) = line.into_split();
    mouth.write_all(beginning.as_bytes()).await.unwrap();
    let dripping = tokio::spawn(async move {
        let mut pace = interval(Duration::from_millis(100));
        loop {
            pace.tick().await;
            if mouth.write_all(b"x").await.is_err() {
                break;
            }
        }
    });
    let mut heard = Vec::new();
    let closed = timeout(PATIENCE, ear.read_to_end(&mut heard)).await;
    dripping.abort();
    let heard = String::from_utf8_lossy(&heard).into_owned();
    assert!(closed.is_ok(), "the line is still open: {heard}");
    heard
}

async fn impatient() -> Desk {
    Desk::with(|settings| settings.http.read_seconds = NonZeroU8::new(1)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_never_ends_is_not_waited_for() {
    let desk = impatient().await;
    let heard = drip(
        &desk,
        "GET /health HTTP/1.1\r\nHost: motel.example\r\nX-Slow: ",
    )
    .await;
    assert!(
        heard.is_empty() || heard.starts_with("HTTP/1.1 408"),
        "{heard}"
    );
    desk.get("/health").await.json(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_drips_is_given_up() {
    let desk = impatient().await;
    for (path, kind) in [
        ("/bookings", "application/json"),
        ("/api/v1/session/tokens", "application/json"),
        ("/api/v1/oauth/token", "application/x-www-form-urlencoded"),
        ("/payments/webhooks/sandbox", "application/json"),
        ("/console/sign-in", "application/x-www-form-urlencoded"),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: motel.example\r\nContent-Type: {kind}\r\nContent-Length: 10000\r\n\r\n"
        );
        let heard = drip(&desk, &head).await;
        assert!(heard.starts_with("HTTP/1.1 408"), "{path}: {heard}");
        assert!(heard.contains("too_slow"), "{path}: {heard}");
    }
}

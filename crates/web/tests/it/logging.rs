use std::io;
use std::sync::{Arc, Mutex};

use actix_web::test::TestRequest;
use tracing_subscriber::fmt::MakeWriter;

use crate::app::{post_json, send};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

fn listen() -> (Lines, tracing::subscriber::DefaultGuard) {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(lines.clone())
        .finish();
    (lines, tracing::subscriber::set_default(subscriber))
}

#[actix_web::test]
async fn a_fault_is_logged_with_its_cause_and_request_id() {
    let (lines, _guard) = listen();
    let answer = send(TestRequest::get().uri("/fault")).await;
    let text = lines.text();
    let line = text
        .lines()
        .find(|line| line.contains("ERROR"))
        .expect("an error line");
    assert!(
        line.contains("guests.db") && line.contains(answer.header("x-request-id")),
        "{line}"
    );
    assert_eq!(text.matches("ERROR").count(), 1, "{text}");
}

#[actix_web::test]
async fn a_panic_is_logged() {
    let (lines, _guard) = listen();
    send(TestRequest::get().uri("/panic")).await;
    assert!(
        lines
            .text()
            .lines()
            .any(|line| line.contains("ERROR") && line.contains("a secret detail"))
    );
}

#[actix_web::test]
async fn bad_input_is_no_error_in_the_log() {
    let (lines, _guard) = listen();
    post_json("/stay", "{").await;
    post_json("/stay", "{}").await;
    send(TestRequest::get().uri("/nowhere")).await;
    send(TestRequest::delete().uri("/stay")).await;
    let text = lines.text();
    assert!(text.contains("status=422"), "{text}");
    assert!(!text.contains("ERROR") && !text.contains("WARN"), "{text}");
}

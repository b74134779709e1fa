use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use diesel_async::SimpleAsyncConnection;
use motel_tenancy::sweep_answers;

use crate::front::{Front, Seen, app};

/// Sends a request with the front's key and the given headers.
macro_rules! send {
    ($app:expr, $front:expr, $request:expr $(, $header:expr)*) => {{
        let bearer = format!("Bearer {}", $front.key);
        let request = $request.insert_header(("Authorization", bearer)) $(.insert_header($header))*;
        Seen::of(call_service(&$app, request.to_request()).await).await
    }};
}

fn post(query: &str, name: &'static str) -> TestRequest {
    TestRequest::post()
        .uri(&format!("/keys{query}"))
        .set_payload(name)
}

#[actix_web::test]
async fn a_write_without_a_name_happens_every_time() {
    let front = Front::open().await;
    let app = app!(front);
    for expected in [2, 3] {
        let made = send!(app, front, post("", "a"));
        assert_eq!(made.status, StatusCode::CREATED);
        assert_eq!(made.header("etag"), Some("\"1\""));
        assert!(made.header("location").unwrap().starts_with("/keys/"));
        assert_eq!(front.keys().await, expected);
    }
}

#[actix_web::test]
async fn a_named_write_happens_once_and_answers_the_same_again() {
    let front = Front::open().await;
    let app = app!(front);
    let key = ("Idempotency-Key", "make-1");
    let first = send!(app, front, post("", "a"), key);
    assert_eq!(first.header("idempotent-replayed"), None);
    let again = send!(app, front, post("", "a"), key);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    for header in ["etag", "location", "content-type"] {
        assert_eq!(again.header(header), first.header(header), "{header}");
    }
    assert_eq!(front.keys().await, 2);

    let other = send!(app, front, post("", "b"), key);
    assert_eq!(
        (other.status.as_u16(), other.code().as_str()),
        (422, "idempotency_key_reused")
    );
    let gone = TestRequest::delete().uri("/keys");
    assert_eq!(
        send!(app, front, gone, key).code(),
        "idempotency_key_reused"
    );
    assert_eq!(front.keys().await, 2);
}

#[actix_web::test]
async fn an_answer_without_a_body_is_repeated_too() {
    let front = Front::open().await;
    let app = app!(front);
    for replayed in [None, Some("true")] {
        let request = TestRequest::delete().uri("/keys");
        let gone = send!(app, front, request, ("Idempotency-Key", "gone"));
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        assert_eq!(gone.header("idempotent-replayed"), replayed);
    }
}

#[actix_web::test]
async fn what_is_refused_leaves_nothing_and_may_be_tried_again() {
    let front = Front::open().await;
    let app = app!(front);
    for _ in 0..2 {
        let refused = send!(
            app,
            front,
            post("", "refused"),
            ("Idempotency-Key", "make-2")
        );
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(front.keys().await, 1);
    }
    let other = send!(app, front, post("", "a"), ("Idempotency-Key", "make-2"));
    assert_eq!(other.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn of_many_at_once_under_one_name_one_happens() {
    let front = Front::open().await;
    let app = app!(front);
    let crowd =
        (0..6).map(|_| async { send!(app, front, post("", "a"), ("Idempotency-Key", "crowd")) });
    let seen = futures::future::join_all(crowd).await;
    let replayed = seen
        .iter()
        .filter(|seen| seen.header("idempotent-replayed").is_some())
        .count();
    assert_eq!(replayed, 5);
    assert!(seen.iter().all(|one| one.text == seen[0].text));
    assert_eq!(front.keys().await, 2);
}

#[actix_web::test]
async fn a_dry_run_answers_the_same_and_keeps_nothing() {
    let front = Front::open().await;
    let app = app!(front);
    let key = ("Idempotency-Key", "make-3");
    let tried = send!(app, front, post("?dry_run=true", "a"), key);
    assert_eq!(tried.status, StatusCode::OK);
    assert_eq!(tried.header("dry-run"), Some("true"));
    assert_eq!(tried.header("location"), None);
    assert!(tried.json().as_str().unwrap().starts_with("rmk_"));
    assert_eq!(front.keys().await, 1);

    // Trying did not use the name up.
    let made = send!(app, front, post("", "a"), key);
    assert_eq!(
        (made.status, made.header("idempotent-replayed")),
        (StatusCode::CREATED, None)
    );
    let refused = send!(app, front, post("?dry_run=true", "refused"));
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(
        send!(app, front, post("?dry_run=perhaps", "a"))
            .status
            .as_u16(),
        422
    );
    assert_eq!(front.keys().await, 2);
}

#[actix_web::test]
async fn a_stale_version_is_refused_and_a_missing_one_asked_for() {
    let front = Front::open().await;
    let app = app!(front);
    let put = || TestRequest::put().uri("/keys");
    let codes = [
        (send!(app, front, put()), 428, "if_match_required"),
        (
            send!(app, front, put(), ("If-Match", "\"2\"")),
            412,
            "version_mismatch",
        ),
        (
            send!(app, front, put(), ("If-Match", "3")),
            422,
            "invalid_input",
        ),
    ];
    for (seen, status, code) in codes {
        assert_eq!((seen.status.as_u16(), seen.code().as_str()), (status, code));
    }
    let renamed = send!(app, front, put(), ("If-Match", "\"3\""));
    assert_eq!(renamed.header("etag"), Some("\"4\""));
}

#[actix_web::test]
async fn old_answers_are_forgotten() {
    let front = Front::open().await;
    let app = app!(front);
    for key in ["old", "young"] {
        send!(app, front, post("", "a"), ("Idempotency-Key", key));
    }
    let age = "UPDATE tenancy.answers SET made_at = now() - interval '24 hours 1 second' WHERE key = 'old'";
    front.db.admin().await.batch_execute(age).await.unwrap();
    assert_eq!(sweep_answers(front.db.db()).await.unwrap(), 1);
    let old = send!(app, front, post("", "a"), ("Idempotency-Key", "old"));
    assert_eq!(old.header("idempotent-replayed"), None);
    let young = send!(app, front, post("", "a"), ("Idempotency-Key", "young"));
    assert_eq!(young.header("idempotent-replayed"), Some("true"));
}

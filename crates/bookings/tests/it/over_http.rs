//! The routes of guests and of staff, from the outside.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::ETAG;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_kernel::{Actor, Clock, FixedClock};
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::desk::{Desk, noon, stay};

/// The application with the routes of both sides, and a key of the business.
macro_rules! open {
    ($desk:expr) => {{
        let mut tx = $desk.tx().await;
        let key = create_api_key(&mut tx, "test", Actor::System)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let db = $desk.database.db().clone();
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(noon()));
        let app = App::new()
            .app_data(web::Data::new(db.clone()))
            .app_data(web::Data::new(Directory::new(db, $desk.demo.slug.clone())))
            .app_data(web::Data::new(clock))
            .service(web::scope("/api/v1").configure(motel_bookings::http::configure_staff))
            .configure(motel_bookings::http::configure)
            .configure(motel_web::configure);
        (
            init_service(app).await,
            key.secret.expose_secret().to_owned(),
        )
    }};
}

/// Sends a request with a key; answers status, `ETag` and body.
macro_rules! send {
    ($app:expr, $key:expr, $request:expr) => {{
        let request = $request.insert_header(("Authorization", format!("Bearer {}", $key)));
        let answer = call_service(&$app, request.to_request()).await;
        let status = answer.status();
        let etag = answer
            .headers()
            .get(ETAG)
            .map(|tag| tag.to_str().unwrap().to_owned());
        let body: Value = serde_json::from_slice(&read_body(answer).await).unwrap_or(Value::Null);
        (status, etag.unwrap_or_default(), body)
    }};
}

fn post(path: &str, body: Value) -> TestRequest {
    TestRequest::post().uri(path).set_json(body)
}

fn guest() -> Value {
    json!({ "full_name": "Ana Souza", "email": "ana@example.com" })
}

#[actix_web::test]
async fn a_guest_books_several_rooms_at_the_price_they_were_quoted() {
    let desk = Desk::open().await;
    let (app, key) = open!(desk);
    let rooms = json!([
        { "check_in": "2026-12-03", "check_out": "2026-12-05", "room_type": "standard_queen", "adults": 2 },
        { "check_in": "2026-12-03", "check_out": "2026-12-04", "room_type": "king_suite", "adults": 1 },
    ]);
    let (status, _, quote) = send!(app, key, post("/quotes", json!({ "rooms": rooms })));
    assert_eq!(status, StatusCode::CREATED, "{quote}");
    // (120 + 144 + 180) and 12 %.
    assert_eq!(quote["total_minor"], 49_728);

    let by_quote = json!({ "quote_id": quote["quote_id"], "guest": guest() });
    let (status, _, booking) = send!(app, key, post("/bookings", by_quote.clone()));
    assert_eq!(status, StatusCode::CREATED, "{booking}");
    assert_eq!(booking["total_minor"], 49_728);
    assert_eq!(booking["rooms"].as_array().unwrap().len(), 2);
    assert_eq!(booking["rooms"][1]["room_type"], "king_suite");
    let (status, _, again) = send!(app, key, post("/bookings", by_quote));
    assert_eq!(
        (status, &again["code"]),
        (StatusCode::CONFLICT, &json!("quote_expired"))
    );

    let (status, _, missing) = send!(app, key, post("/bookings", json!({ "guest": guest() })));
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(missing["errors"][0]["field"], "check_in");
}

#[actix_web::test]
async fn staff_hold_confirm_change_and_cancel_and_are_told_what_it_does() {
    let desk = Desk::open().await;
    let (app, key) = open!(desk);
    let order = json!({
        "stays": [{ "arrival": "2026-12-03", "departure": "2026-12-05", "unit_group": "king_suite", "adults": 2 }],
        "guest": { "name": "Ana Souza", "email": "ana@example.com" },
        "hold": { "minutes": 30 },
    });
    let (status, _, booking) = send!(app, key, post("/api/v1/bookings", order));
    assert_eq!(status, StatusCode::CREATED, "{booking}");
    let path = format!(
        "/api/v1/reservations/{}",
        booking["reservations"][0]["id"].as_str().unwrap()
    );
    let (_, etag, held) = send!(app, key, TestRequest::get().uri(&path));
    assert_eq!((etag.as_str(), &held["status"]), ("\"1\"", &json!("held")));
    let allowed = |shown: &Value, action: &str| {
        let actions = shown["allowed_actions"].as_array().unwrap();
        let found = actions.iter().find(|it| it["action"] == action).unwrap();
        (found["allowed"].as_bool().unwrap(), found["code"].clone())
    };
    assert_eq!(allowed(&held, "confirm"), (true, Value::Null));
    assert_eq!(allowed(&held, "check-in"), (false, json!("wrong_status")));

    let confirm = format!("{path}/actions/confirm");
    let (status, etag, _) = send!(app, key, post(&confirm, json!({})));
    assert_eq!((status, etag.as_str()), (StatusCode::OK, "\"2\""));

    let change = |query: &str, seen: &str| {
        let request = TestRequest::patch().uri(&format!("{path}{query}"));
        let request = request.insert_header(("If-Match", format!("\"{seen}\"")));
        request.set_json(json!({ "departure": "2026-12-06", "reason": "one more" }))
    };
    let (status, _, tried) = send!(app, key, change("?dry_run=true", "2"));
    assert_eq!(status, StatusCode::OK, "{tried}");
    // Saturday: 216 and 12 %.
    assert_eq!(tried["difference"]["amount_minor"], 24_192);
    assert_eq!(tried["inventory"].as_array().unwrap().len(), 1);
    assert_eq!(desk.free(&desk.rooms.king_suite, stay(4, 1)).await, [3]);
    let (status, _, changed) = send!(app, key, change("", "2"));
    assert_eq!(status, StatusCode::OK);
    assert_eq!(changed["difference"], tried["difference"]);
    assert_eq!(desk.free(&desk.rooms.king_suite, stay(4, 1)).await, [2]);
    let (status, _, stale) = send!(app, key, change("", "2"));
    assert_eq!(
        (status, &stale["code"]),
        (StatusCode::PRECONDITION_FAILED, &json!("version_mismatch"))
    );

    let cancel = format!("{path}/actions/cancel");
    let (status, _, cancelled) = send!(app, key, post(&cancel, json!({ "reason": "ill" })));
    assert_eq!(status, StatusCode::OK);
    assert_eq!(cancelled["reservation"]["status"], "cancelled");
    let (status, _, _) = send!(app, key, post(&format!("{path}/actions/undo"), json!({})));
    assert_eq!(status, StatusCode::OK);
    let (_, _, events) = send!(app, key, TestRequest::get().uri(&format!("{path}/events")));
    let kinds: Vec<&str> = events
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["held", "confirmed", "extended", "cancelled", "undone"]
    );
    assert_eq!(events[3]["reason"], "ill");
    assert!(events[3]["actor"].as_str().unwrap().starts_with("api_key:"));

    let list = "/api/v1/bookings?status=confirmed&arrival_from=2026-12-03&limit=1";
    let (status, _, page) = send!(app, key, TestRequest::get().uri(list));
    assert_eq!(status, StatusCode::OK, "{page}");
    assert_eq!(page["data"][0]["code"], booking["code"]);
    let unknown = "/api/v1/reservations/nonsense";
    let (status, _, _) = send!(app, key, TestRequest::get().uri(unknown));
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(desk.unsound().await, [""; 0]);
}

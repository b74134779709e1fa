//! The routes of guests and of staff.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_kernel::{Actor, Clock, FixedClock};
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::kitchen::{Kitchen, noon};

/// Sends a request; answers status, headers and body.
macro_rules! send {
    ($app:expr, $request:expr) => {{
        let answer = call_service(&$app, $request.to_request()).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = read_body(answer).await;
        let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
        (status, headers, body)
    }};
}

/// The application over a kitchen, and a key of its tenant.
macro_rules! front {
    ($kitchen:expr) => {{
        let kitchen: &Kitchen = &$kitchen;
        let mut tx = kitchen.tx().await;
        let key = create_api_key(&mut tx, "test", Actor::System)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(noon()));
        let db = kitchen.database.db().clone();
        let directory = Directory::new(db.clone(), kitchen.demo.slug.clone());
        let app = init_service(
            App::new()
                .app_data(web::Data::new(db))
                .app_data(web::Data::new(clock))
                .app_data(web::Data::new(directory))
                .service(web::scope("/api/v1").configure(motel_appointments::http::configure_staff))
                .configure(motel_appointments::http::configure)
                .configure(motel_web::configure),
        )
        .await;
        (app, format!("Bearer {}", key.secret.expose_secret()))
    }};
}

fn feast(guests: u32, miles: u32) -> Value {
    json!({
        "service": "feast", "starts_at": "2026-12-12T23:00:00Z", "guests": guests, "miles": miles,
        "guest": { "full_name": "Ines Prado", "email": "ines@example.com" },
    })
}

fn post(path: &str, body: Value) -> TestRequest {
    TestRequest::post().uri(path).set_json(body)
}

#[actix_web::test]
async fn a_guest_finds_a_slot_books_it_and_looks_it_up() {
    let kitchen = Kitchen::open().await;
    let (app, _) = front!(kitchen);
    let (status, _, services) = send!(app, TestRequest::get().uri("/services"));
    assert_eq!(status, StatusCode::OK);
    assert_eq!(services[0]["details"]["code"], "feast");
    assert_eq!(services[0]["stations"].as_array().unwrap().len(), 3);

    let search = "/services/feast/slots?from=2026-12-01&to=2026-12-12&guests=30&miles=40";
    let (status, _, found) = send!(app, TestRequest::get().uri(search));
    assert_eq!(status, StatusCode::OK, "{found}");
    // $1,650 and ten miles at $2, and 12 % tax on top.
    assert_eq!(found["price"]["subtotal"]["amount_minor"], 167_000);
    assert_eq!(found["price"]["total"]["amount_minor"], 187_040);
    let slots = found["slots"].as_array().unwrap();
    assert_eq!(slots.len(), 48);
    assert_eq!(slots[0]["closed"]["code"], "too_short_notice");
    let six = slots
        .iter()
        .find(|slot| slot["starts_at"] == "2026-12-12T23:00:00Z")
        .unwrap();
    assert_eq!(
        (&six["available"], &six["local_time"]),
        (&json!(true), &json!("18:00"))
    );

    let (status, _, booked) = send!(app, post("/appointments", feast(30, 40)));
    assert_eq!(status, StatusCode::CREATED, "{booked}");
    assert_eq!(booked["price"], found["price"]);
    let code = booked["code"].as_str().unwrap();
    let look = format!("/appointments/{code}?email=INES@example.com");
    let (status, _, shown) = send!(app, TestRequest::get().uri(&look));
    assert_eq!((status, &shown), (StatusCode::OK, &booked));
    for nothing in [
        format!("/appointments/{code}?email=other@example.com"),
        "/appointments/RM-222222?email=ines@example.com".to_owned(),
        "/services/supper/slots".to_owned(),
        "/services/fea%00st/slots".to_owned(),
    ] {
        let (status, _, _) = send!(app, TestRequest::get().uri(&nothing));
        assert_eq!(status, StatusCode::NOT_FOUND, "{nothing}");
    }
    let (_, _, large) = send!(app, post("/appointments", feast(61, 0)));
    assert_eq!(large["code"], "fully_booked");
    let search = "/services/feast/slots?from=2026-12-12&to=2026-12-12&guests=61&miles=0";
    let (_, _, found) = send!(app, TestRequest::get().uri(search));
    let closed: Vec<_> = found["slots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| &slot["closed"]["code"])
        .collect();
    assert_eq!(
        closed,
        [
            &Value::Null,
            &Value::Null,
            &json!("fully_booked"),
            &Value::Null
        ]
    );
}

#[actix_web::test]
async fn what_stands_in_the_way_of_a_guest_is_said() {
    let kitchen = Kitchen::open().await;
    let (app, _) = front!(kitchen);
    let slots = async |query: &str| {
        let uri = format!("/services/feast/slots?from=2026-12-12&to=2026-12-12&{query}");
        send!(app, TestRequest::get().uri(&uri)).2
    };
    for (query, code) in [
        ("guests=91&miles=1", "too_many_guests"),
        ("guests=9&miles=101", "too_far"),
    ] {
        let found = slots(query).await;
        assert_eq!(found["refusal"]["code"], code);
        assert_eq!(found["slots"][0]["closed"]["code"], code, "{found}");
    }
    // Without a place there is no price yet; times are shown all the same.
    let found = slots("guests=9").await;
    assert_eq!(found["refusal"]["code"], "destination_missing");
    assert_eq!(found["slots"][0]["available"], true);

    for (query, field) in [
        ("from=2026-12-12&to=2026-12-11", "to"),
        ("from=2026-12-12&to=2027-01-12", "to"),
        ("from=9999-01-01", "from"),
        ("guests=0", "guests"),
        ("miles=-1", "miles"),
        ("miles=1&postcode=97000", "postcode"),
        ("station=paula", "station"),
    ] {
        let uri = format!("/services/feast/slots?{query}");
        let (status, _, body) = send!(app, TestRequest::get().uri(&uri));
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(body["errors"][0]["field"], field, "{body}");
    }
    let wrong = json!({
        "service": "", "starts_at": "+262000-01-01T00:00:00Z", "guests": 0, "miles": 10_001,
        "add_ons": [{ "code": "salmon" }, { "code": "salmon" }], "notes": "x".repeat(2_001),
        "guest": { "full_name": "", "email": "nobody" },
    });
    let (status, _, body) = send!(app, post("/appointments", wrong));
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<_> = body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        [
            "service",
            "starts_at",
            "guests",
            "add_ons",
            "miles",
            "notes",
            "guest.full_name",
            "guest.email"
        ]
    );
    let mut seen = feast(30, 0);
    seen["agreed_total_minor"] = json!(1);
    let (status, _, body) = send!(app, post("/appointments", seen));
    assert_eq!(
        (status, body["code"].as_str()),
        (StatusCode::CONFLICT, Some("price_changed"))
    );
}

#[actix_web::test]
async fn a_guest_who_asks_twice_with_a_key_books_once() {
    let kitchen = Kitchen::open().await;
    let (app, _) = front!(kitchen);
    let keyed = |body| post("/appointments", body).insert_header(("Idempotency-Key", "one"));
    let (first, _, booked) = send!(app, keyed(feast(30, 0)));
    let (again, _, same) = send!(app, keyed(feast(30, 0)));
    assert_eq!((first, again), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(booked, same);
    let (other, _, _) = send!(app, keyed(feast(31, 0)));
    assert_eq!(other, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn staff_try_move_and_call_off_an_appointment() {
    let kitchen = Kitchen::open().await;
    let (app, bearer) = front!(kitchen);
    let staff = |request: TestRequest| request.insert_header(("Authorization", bearer.as_str()));
    let (status, headers, made) = send!(app, staff(post("/api/v1/appointments", feast(30, 0))));
    assert_eq!(status, StatusCode::CREATED, "{made}");
    assert_eq!(headers.get("etag").unwrap(), "\"1\"");
    let path = headers
        .get("location")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();

    let later = json!({ "starts_at": "2026-12-13T23:00:00Z", "guests": 31, "reason": "One more" });
    let action = |name: &str| format!("{path}/actions/{name}");
    let dry = format!("{}?dry_run=true", action("reschedule"));
    let (status, headers, tried) = send!(app, staff(post(&dry, later.clone())));
    assert_eq!(status, StatusCode::OK, "{tried}");
    assert_eq!(headers.get("dry-run").unwrap(), "true");
    assert_eq!(tried["difference"]["amount_minor"], 6_160);
    let (_, _, still) = send!(app, staff(TestRequest::get().uri(&path)));
    assert_eq!(still, made);

    let tagged = |tag: &'static str, body| {
        staff(post(&action("reschedule"), body)).insert_header(("If-Match", tag))
    };
    let (status, _, done) = send!(app, tagged("\"1\"", later.clone()));
    assert_eq!((status, &done), (StatusCode::OK, &tried));
    let (status, _, _) = send!(app, tagged("\"1\"", json!({ "guests": 5 })));
    assert_eq!(status, StatusCode::PRECONDITION_FAILED);

    let (status, _, early) = send!(app, staff(post(&action("complete"), json!({}))));
    assert_eq!(
        (status, early["code"].as_str()),
        (StatusCode::CONFLICT, Some("not_allowed"))
    );
    let (status, _, off) = send!(
        app,
        staff(post(&action("cancel"), json!({ "reason": "Flu" })))
    );
    assert_eq!(status, StatusCode::OK);
    assert_eq!(off["appointment"]["status"], "cancelled");
    let events = format!("{path}/events");
    let (_, _, history) = send!(app, staff(TestRequest::get().uri(&events)));
    let told: Vec<_> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["kind"].as_str().unwrap(), one["reason"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("booked", None),
            ("rescheduled", Some("One more")),
            ("cancelled", Some("Flu"))
        ]
    );
    let who = history[0]["actor"].as_str().unwrap();
    assert!(who.starts_with("api_key:"), "{who}");

    let list = "/api/v1/appointments?status=cancelled&from=2026-12-13&to=2026-12-13&email=ines@example.com&limit=1";
    let (_, _, page) = send!(app, staff(TestRequest::get().uri(list)));
    assert_eq!(page["data"], json!([off["appointment"]]));
    for wrong in [
        "status=gone",
        "email=x",
        "from=0001-01-01",
        "limit=0",
        "cursor=x",
        "service_id=x",
    ] {
        let uri = format!("/api/v1/appointments?{wrong}");
        let (status, _, _) = send!(app, staff(TestRequest::get().uri(&uri)));
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let (status, _, _) = send!(app, TestRequest::get().uri(&path));
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn staff_hold_and_confirm_under_one_key() {
    let kitchen = Kitchen::open().await;
    let (app, bearer) = front!(kitchen);
    let keyed = |key: &'static str, path: &str, body| {
        post(path, body)
            .insert_header(("Authorization", bearer.as_str()))
            .insert_header(("Idempotency-Key", key))
    };
    let mut wanted = feast(30, 0);
    wanted["hold_minutes"] = json!(30);
    let (_, _, held) = send!(app, keyed("hold", "/api/v1/appointments", wanted.clone()));
    let (_, headers, again) = send!(app, keyed("hold", "/api/v1/appointments", wanted));
    assert_eq!(headers.get("idempotent-replayed").unwrap(), "true");
    assert_eq!((&held, held["status"].as_str()), (&again, Some("held")));
    let confirm = format!(
        "/api/v1/appointments/{}/actions/confirm",
        held["id"].as_str().unwrap()
    );
    let (status, _, done) = send!(app, keyed("confirm", &confirm, json!({})));
    assert_eq!(status, StatusCode::OK, "{done}");
    assert_eq!(done["appointment"]["status"], "booked");
}

#[actix_web::test]
async fn staff_set_up_services_stations_and_closed_days() {
    let kitchen = Kitchen::open().await;
    let (app, bearer) = front!(kitchen);
    let staff = |request: TestRequest| request.insert_header(("Authorization", bearer.as_str()));
    let (_, _, services) = send!(app, staff(TestRequest::get().uri("/api/v1/services")));
    let id = services[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/services/{id}");
    let (_, headers, feast) = send!(app, staff(TestRequest::get().uri(&path)));
    assert_eq!(headers.get("etag").unwrap(), "\"1\"");
    let mut details = feast["details"].clone();
    details["price_minor"] = json!(6_000);
    let put = |tag: &'static str, body: &Value| {
        staff(TestRequest::put().uri(&path).set_json(body)).insert_header(("If-Match", tag))
    };
    let bare = staff(TestRequest::put().uri(&path).set_json(&details));
    assert_eq!(send!(app, bare).0, StatusCode::PRECONDITION_REQUIRED);
    let (status, _, dearer) = send!(app, put("\"1\"", &details));
    assert_eq!(status, StatusCode::OK, "{dearer}");
    assert_eq!(dearer["version"], 2);
    assert_eq!(
        send!(app, put("\"1\"", &details)).0,
        StatusCode::PRECONDITION_FAILED
    );
    let (status, _, taken) = send!(app, staff(post("/api/v1/services", details.clone())));
    assert_eq!(
        (status, taken["code"].as_str()),
        (StatusCode::CONFLICT, Some("code_taken"))
    );
    details["code"] = json!("brunch");
    let (status, _, brunch) = send!(app, staff(post("/api/v1/services", details.clone())));
    assert_eq!(status, StatusCode::CREATED, "{brunch}");
    details["max_guests"] = json!(0);
    let (status, _, wrong) = send!(app, staff(post("/api/v1/services", details)));
    assert_eq!(
        (status, wrong["errors"][0]["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("max_guests"))
    );

    let hours = json!([{ "days": ["sun"], "from": "10:00", "until": "14:00" }]);
    let paula =
        json!({ "code": "paula", "name": "Paula", "working_hours": hours, "services": ["brunch"] });
    let (status, headers, made) = send!(app, staff(post("/api/v1/stations", paula.clone())));
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let station = headers
        .get("location")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    let (_, _, shown) = send!(app, staff(TestRequest::get().uri(&station)));
    assert_eq!(shown, made);
    let mut both = paula;
    both["services"] = json!(["feast", "brunch"]);
    let change = staff(TestRequest::put().uri(&station).set_json(&both))
        .insert_header(("If-Match", "\"1\""));
    let (status, _, changed) = send!(app, change);
    assert_eq!(status, StatusCode::OK, "{changed}");
    assert_eq!(changed["details"]["services"], json!(["brunch", "feast"]));

    let closed = json!({ "station_id": made["id"], "first_day": "2026-12-24", "last_day": "2026-12-26", "reason": "Away" });
    let (status, _, closed) = send!(app, staff(post("/api/v1/blackouts", closed)));
    assert_eq!(status, StatusCode::CREATED, "{closed}");
    let list = "/api/v1/blackouts?from=2026-12-26&to=2026-12-31";
    let (_, _, listed) = send!(app, staff(TestRequest::get().uri(list)));
    assert_eq!(listed, json!([closed]));
    let path = format!("/api/v1/blackouts/{}", closed["id"].as_str().unwrap());
    let remove = || staff(TestRequest::delete().uri(&path));
    assert_eq!(send!(app, remove()).0, StatusCode::NO_CONTENT);
    assert_eq!(send!(app, remove()).0, StatusCode::NOT_FOUND);
    let nobody =
        json!({ "service_id": made["id"], "first_day": "2026-12-24", "last_day": "2026-12-26" });
    assert_eq!(
        send!(app, staff(post("/api/v1/blackouts", nobody))).0,
        StatusCode::NOT_FOUND
    );
}

//! What staff see, over HTTP.

use std::sync::Arc;

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_kernel::{Actor, Clock, FixedClock};
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::motel::{Motel, day, now};

/// The status and the body of an answer.
macro_rules! call {
    ($app:expr, $key:expr, $request:expr) => {{
        let bearer = format!("Bearer {}", $key);
        let request = $request.insert_header(("Authorization", bearer));
        let answer = call_service(&$app, request.to_request()).await;
        let status = answer.status().as_u16();
        let dry = answer.headers().contains_key("dry-run");
        let body = read_body(answer).await;
        (
            status,
            dry,
            serde_json::from_slice::<Value>(&body).unwrap_or_default(),
        )
    }};
}

async fn key(motel: &Motel) -> String {
    let mut tx = motel.tx().await;
    let made = create_api_key(&mut tx, "a program", Actor::System)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    made.secret.expose_secret().to_owned()
}

macro_rules! app {
    ($motel:expr) => {{
        let db = $motel.test.db().clone();
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(now()));
        let directory = Directory::new(db.clone(), "demo-motel".parse().unwrap());
        let app = App::new()
            .app_data(web::Data::new(db))
            .app_data(web::Data::new(clock))
            .app_data(web::Data::new(directory))
            .service(web::scope("/api/v1").configure(motel_night_audit::http::configure_staff))
            .configure(motel_web::configure);
        init_service(app).await
    }};
}

fn close(query: &str, business_date: &str) -> TestRequest {
    TestRequest::post()
        .uri(&format!("/api/v1/night-audits{query}"))
        .set_json(json!({ "business_date": business_date }))
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(&format!("/api/v1{path}"))
}

#[actix_web::test]
async fn a_day_is_tried_closed_listed_and_shown() {
    let motel = Motel::open().await;
    let booking = motel.book(1, 1).await;
    motel.check_in(&booking, now()).await;
    let (app, key) = (app!(motel), key(&motel).await);

    let (status, dry, tried) = call!(app, key, close("?dry_run=true", "2026-12-01"));
    assert_eq!((status, dry), (200, true), "{tried}");
    assert_eq!(tried["statistics"]["sold"], 1);
    assert_eq!(motel.count("night_audit.audits").await, 0);
    assert_eq!(motel.business_date().await, day(1));

    let named = || close("", "2026-12-01").insert_header(("Idempotency-Key", "evening-1"));
    let (status, _, closed) = call!(app, key, named());
    assert_eq!(status, 201, "{closed}");
    assert_eq!(closed["charged_nights"], tried["charged_nights"]);
    assert_eq!(
        closed["charged_nights"][0]["amount"]["amount_minor"],
        booking.total().minor()
    );
    assert!(closed["actor"].as_str().unwrap().starts_with("api_key:"));
    assert_eq!(call!(app, key, named()).2, closed);

    let (status, _, again) = call!(app, key, close("", "2026-12-01"));
    assert_eq!(
        (status, again["code"].as_str()),
        (409, Some("already_closed"))
    );
    let (status, _, ahead) = call!(app, key, close("", "2026-12-02"));
    assert_eq!((status, ahead["code"].as_str()), (409, Some("not_begun")));
    let (status, _, far) = call!(app, key, close("", "2027-12-02"));
    assert_eq!(
        (status, far["code"].as_str()),
        (409, Some("not_the_business_date"))
    );
    assert_eq!(call!(app, key, close("", "tomorrow")).0, 422);

    let (_, _, page) = call!(app, key, get("/night-audits?limit=1"));
    assert_eq!(
        (&page["data"][0], &page["next_cursor"]),
        (&closed, &Value::Null)
    );
    assert_eq!(call!(app, key, get("/night-audits/2026-12-01")).2, closed);
    for unknown in ["2026-12-02", "yesterday"] {
        assert_eq!(
            call!(app, key, get(&format!("/night-audits/{unknown}"))).0,
            404
        );
    }
    assert_eq!(call!(app, "rmk_nobody", get("/night-audits")).0, 401);
}

#[actix_web::test]
async fn the_schedule_is_shown_and_changed_by_whoever_has_seen_it() {
    let motel = Motel::open().await;
    let (app, key) = (app!(motel), key(&motel).await);
    let (_, _, schedule) = call!(app, key, get("/night-audit-schedule"));
    assert_eq!(
        schedule,
        json!({ "automatic": true, "hour": 3, "business_date": "2026-12-01", "next_due_at": "2026-12-02T08:00:00Z", "version": 1 })
    );
    let put = |hour: i64| {
        TestRequest::put()
            .uri("/api/v1/night-audit-schedule")
            .set_json(json!({ "automatic": true, "hour": hour }))
    };
    assert_eq!(call!(app, key, put(4)).0, 428);
    assert_eq!(
        call!(app, key, put(13).insert_header(("If-Match", "\"1\""))).0,
        422
    );
    let (status, _, changed) = call!(app, key, put(4).insert_header(("If-Match", "\"1\"")));
    assert_eq!(
        (status, &changed["next_due_at"]),
        (200, &json!("2026-12-02T09:00:00Z"))
    );
    assert_eq!(
        call!(app, key, put(5).insert_header(("If-Match", "\"1\""))).0,
        412
    );
}

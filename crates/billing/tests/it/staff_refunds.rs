//! What staff do with payments, over HTTP.

use std::sync::Arc;

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_kernel::{Clock, FixedClock, PaymentLinkId, RefundId};
use motel_tenancy::Directory;
use motel_tenancy::testing::other_tenant;
use serde_json::{Value, json};

use crate::motel::{Motel, now};
use crate::staff::key;

/// The status, whether it was only tried or answered before, and the body.
macro_rules! call {
    ($app:expr, $key:expr, $request:expr) => {{
        let bearer = format!("Bearer {}", $key);
        let request = $request.insert_header(("Authorization", bearer));
        let answer = call_service(&$app, request.to_request()).await;
        let status = answer.status().as_u16();
        let marks = ["dry-run", "idempotent-replayed"];
        let marked = marks
            .iter()
            .any(|name| answer.headers().contains_key(*name));
        let body = read_body(answer).await;
        (
            status,
            marked,
            serde_json::from_slice::<Value>(&body).unwrap(),
        )
    }};
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
            .service(web::scope("/api/v1").configure(motel_billing::http::configure_staff))
            .configure(motel_web::configure);
        init_service(app).await
    }};
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(&format!("/api/v1{path}"))
}

fn post(path: &str, body: Value) -> TestRequest {
    TestRequest::post()
        .uri(&format!("/api/v1{path}"))
        .set_json(body)
}

const ASKED: &str = "SELECT count(*) FROM billing.refunds";

#[actix_web::test]
async fn a_refund_is_tried_asked_for_once_and_looked_at() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.pay(&booking).await;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let path = format!("/payments/{}/refunds", link.id);
    let part = json!({ "amount_minor": 10_000, "currency": "USD", "reason": "noise" });

    let tried = call!(
        app,
        key,
        post(&format!("{path}?dry_run=true"), part.clone())
    );
    assert_eq!((tried.0, tried.1), (200, true), "{}", tried.2);
    assert_eq!(tried.2["state"], "requested");
    assert_eq!(motel.number(ASKED).await, 0);
    let events = "SELECT count(*) FROM jobs.events WHERE kind = 'refund.requested'";
    assert_eq!(
        motel.number(events).await,
        0,
        "nothing is sent that was only tried"
    );

    let named = || post(&path, part.clone()).insert_header(("Idempotency-Key", "refund-1"));
    let (status, _, asked) = call!(app, key, named());
    assert_eq!(status, 201, "{asked}");
    let (_, replayed, again) = call!(app, key, named());
    assert!(replayed && again == asked);
    assert_eq!(motel.number(ASKED).await, 1);
    let shown = call!(
        app,
        key,
        get(&format!("/refunds/{}", asked["id"].as_str().unwrap()))
    );
    assert_eq!((shown.0, &shown.2), (200, &asked));
    assert_eq!(asked["reason"], "noise");

    let list = format!("/bookings/{}/payments", booking.id);
    let (_, _, listed) = call!(app, key, get(&list));
    let payment = &listed["payments"][0];
    assert_eq!(payment["paid"]["amount_minor"], 42_112);
    assert_eq!(payment["left"]["amount_minor"], 32_112);
    assert_eq!(payment["refunds"], json!([asked]));
    assert_eq!(
        (&payment["gateway"], &payment["state"]),
        (&json!("stripe"), &json!("succeeded"))
    );

    let rest = json!({ "reason": "all of it" });
    let (status, _, rest) = call!(app, key, post(&path, rest));
    assert_eq!(
        (status, &rest["amount"]["amount_minor"]),
        (201, &json!(32_112))
    );
    for (body, code) in [
        (json!({ "reason": "more" }), "nothing_to_refund"),
        (
            json!({ "amount_minor": 1, "currency": "USD", "reason": "more" }),
            "above_paid",
        ),
    ] {
        let (status, _, problem) = call!(app, key, post(&path, body));
        assert_eq!((status, &problem["code"]), (409, &json!(code)));
    }
}

#[actix_web::test]
async fn bad_input_is_refused_and_asks_for_nothing() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.pay(&booking).await;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let path = format!("/payments/{}/refunds", link.id);
    for (body, field) in [
        (
            json!({ "amount_minor": 0, "currency": "USD", "reason": "x" }),
            "amount_minor",
        ),
        (
            json!({ "amount_minor": -1, "currency": "USD", "reason": "x" }),
            "amount_minor",
        ),
        (
            json!({ "amount_minor": i64::MAX, "currency": "USD", "reason": "x" }),
            "amount_minor",
        ),
        (
            json!({ "amount_minor": 5, "currency": "EUR", "reason": "x" }),
            "currency",
        ),
        (json!({ "amount_minor": 5, "reason": "x" }), "currency"),
        (json!({ "currency": "USD", "reason": "x" }), "currency"),
        (
            json!({ "amount_minor": 5, "currency": "USD", "reason": " " }),
            "reason",
        ),
        (json!({ "reason": "x".repeat(501) }), "reason"),
    ] {
        let (status, _, problem) = call!(app, key, post(&path, body.clone()));
        assert_eq!(status, 422, "{body}: {problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{body}: {problem}");
    }
    let due = format!("/bookings/{}/refunds", booking.id);
    let (status, _, problem) = call!(
        app,
        key,
        post(&due, json!({ "reason": "x", "amount_minor": 1 }))
    );
    assert_eq!(status, 422, "{problem}");
    let (status, _, problem) = call!(app, key, post(&due, json!({ "reason": "x" })));
    assert_eq!(
        (status, &problem["code"]),
        (409, &json!("nothing_to_refund"))
    );
    let nobody = format!("/payments/{}/refunds", PaymentLinkId::new());
    for request in [
        post(&nobody, json!({ "reason": "x" })),
        post("/payments/7/refunds", json!({ "reason": "x" })),
        get(&format!("/refunds/{}", RefundId::new())),
        get("/refunds/7"),
    ] {
        assert_eq!(call!(app, key, request).0, 404);
    }
    assert_eq!(motel.number(ASKED).await, 0);
}

#[actix_web::test]
async fn another_tenant_neither_sees_nor_sends_anything() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.pay(&booking).await;
    let refund = motel.request_refund(link.id, Some(1_000)).await.unwrap();
    let stranger = other_tenant(&motel.test).await.tenant;
    let (app, key) = (app!(motel), key(&motel, stranger).await);
    let why = json!({ "reason": "mischief" });
    for request in [
        get(&format!("/bookings/{}/payments", booking.id)),
        get(&format!("/refunds/{}", refund.id)),
        post(&format!("/payments/{}/refunds", link.id), why.clone()),
        post(&format!("/bookings/{}/refunds", booking.id), why),
    ] {
        let (status, _, problem) = call!(app, key, request);
        assert_eq!(status, 404, "{problem}");
    }
    assert_eq!(motel.number(ASKED).await, 1);
}

//! What staff see and do, over HTTP.

use std::sync::Arc;

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_billing::{FolioKind, commands};
use motel_kernel::{Actor, Clock, FixedClock};
use motel_payments::EventKind;
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use motel_tenancy::testing::other_tenant;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::motel::{Motel, day, event, now};

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
        let text = String::from_utf8(body.to_vec()).unwrap();
        let json = serde_json::from_str::<Value>(&text).unwrap_or(Value::String(text));
        (status, marked, json)
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

pub(crate) async fn key(motel: &Motel, tenant: motel_kernel::TenantId) -> String {
    let mut tx = motel.test.db().tenant(tenant).await.unwrap();
    let made = create_api_key(&mut tx, "a program", Actor::System)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    made.secret.expose_secret().to_owned()
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(&format!("/api/v1{path}"))
}

fn post(path: &str, body: Value) -> TestRequest {
    TestRequest::post()
        .uri(&format!("/api/v1{path}"))
        .set_json(body)
}

fn minibar(minor: i64) -> Value {
    json!({ "kind": "extra", "code": "minibar", "amount_minor": minor, "currency": "USD", "description": "Minibar" })
}

fn balance(folio: &Value) -> i64 {
    folio["balance"]["amount_minor"].as_i64().unwrap()
}

#[actix_web::test]
async fn a_line_is_tried_posted_once_and_taken_back_once() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let folio = motel.keep(&booking).await;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let total = booking.total().minor();
    let path = format!("/folios/{}/postings", folio.id);

    let tried = call!(
        app,
        key,
        post(&format!("{path}?dry_run=true"), minibar(900))
    );
    assert_eq!((tried.0, tried.1), (200, true), "{}", tried.2);
    assert_eq!(balance(&tried.2), total + 900);
    assert_eq!(motel.balance(&booking).await, total);

    let named = || post(&path, minibar(900)).insert_header(("Idempotency-Key", "minibar-1"));
    let (status, _, posted) = call!(app, key, named());
    assert_eq!(status, 201, "{posted}");
    let (_, replayed, again) = call!(app, key, named());
    assert!(replayed && again == posted);
    assert_eq!(motel.balance(&booking).await, total + 900);
    let line = &posted["postings"][0];
    assert_eq!(line["account"], "revenue:extra:minibar");

    let back = format!("/postings/{}/actions/reverse", line["id"].as_str().unwrap());
    let (status, _, taken) = call!(app, key, post(&back, json!({ "reason": "not theirs" })));
    assert_eq!((status, balance(&taken)), (200, total), "{taken}");
    assert_eq!(taken["postings"][1]["description"], "Minibar: not theirs");
    let (status, _, problem) = call!(app, key, post(&back, json!({ "reason": "again" })));
    assert_eq!((status, &problem["code"]), (409, &json!("not_reversible")));
    let counter = taken["postings"][1]["id"].as_str().unwrap();
    let back = format!("/postings/{counter}/actions/reverse");
    let (status, _, _) = call!(app, key, post(&back, json!({ "reason": "again" })));
    assert_eq!(status, 409);
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[actix_web::test]
async fn bad_input_is_refused_and_posts_nothing() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let folio = motel.keep(&booking).await;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let path = format!("/folios/{}/postings", folio.id);
    let with = |field: &str, value: Value| {
        let mut body = minibar(900);
        body[field] = value;
        body
    };
    for (body, field) in [
        (with("amount_minor", json!(0)), "amount_minor"),
        (with("amount_minor", json!(-5)), "amount_minor"),
        (with("amount_minor", json!(i64::MAX)), "amount_minor"),
        (with("currency", json!("EUR")), "currency"),
        (with("currency", json!("XXX1")), "currency"),
        (with("code", json!("Mini Bar")), "code"),
        (with("description", json!("")), "description"),
        (with("kind", json!("tax")), "kind"),
        (with("kind", json!("adjustment")), "code"),
    ] {
        let (status, _, problem) = call!(app, key, post(&path, body.clone()));
        assert_eq!(status, 422, "{body}: {problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{body}: {problem}");
    }
    let mut refund = minibar(1);
    refund["kind"] = json!("refund");
    refund["code"] = json!("stripe");
    let (status, _, _) = call!(app, key, post(&path, refund.clone()));
    assert_eq!(status, 422);
    refund["code"] = json!("cash");
    refund["reason"] = json!("noise");
    let (status, _, problem) = call!(app, key, post(&path, refund));
    assert_eq!((status, &problem["code"]), (409, &json!("above_paid")));
    let (status, _, _) = call!(app, key, get("/folios/7"));
    assert_eq!(status, 404);
    assert_eq!(motel.accounts().await, []);
}

#[actix_web::test]
async fn a_company_pays_the_room_and_a_line_is_moved() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    motel.charge(&booking, day(3)).await;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let of_booking = format!("/bookings/{}/folios", booking.id);
    let company = json!({ "kind": "company", "name": "Acme Ltd" });
    let (status, _, opened) = call!(app, key, post(&of_booking, company));
    assert_eq!(status, 201, "{opened}");
    let acme = opened["folio"]["id"].as_str().unwrap().to_owned();

    let rules = json!({ "rules": [{ "charge": "room", "folio_id": acme }] });
    let request = TestRequest::put()
        .uri(&format!("/api/v1/bookings/{}/folio-routing", booking.id))
        .set_json(rules);
    let (status, _, routed) = call!(app, key, request);
    assert_eq!(status, 200, "{routed}");
    assert_eq!(routed["routing"][0]["charge"], "room");
    // Saturday's room is still to come, and now on the company.
    assert_eq!(balance(&routed["folios"][1]), 16_800);

    let guest = &routed["folios"][0];
    let lines = guest["postings"].as_array().unwrap();
    let friday = lines.iter().find(|line| line["kind"] == "charge").unwrap();
    let from = guest["folio"]["id"].as_str().unwrap();
    let path = format!("/folios/{from}/actions/transfer");
    let body = json!({ "to": acme, "posting_id": friday["id"] });
    let (status, _, moved) = call!(app, key, post(&path, body.clone()));
    assert_eq!(status, 200, "{moved}");
    assert_eq!(balance(&moved["to"]), 33_600);
    assert_eq!(
        balance(&moved["from"]) + balance(&moved["to"]),
        booking.total().minor()
    );
    let (status, _, problem) = call!(app, key, post(&path, body));
    assert_eq!((status, &problem["code"]), (409, &json!("not_movable")));
    for both in [
        json!({ "to": acme }),
        json!({ "to": acme, "posting_id": friday["id"], "amount_minor": 5 }),
        json!({ "to": acme, "amount_minor": 0 }),
    ] {
        let (status, _, _) = call!(app, key, post(&path, both));
        assert_eq!(status, 422);
    }
    let close = format!("/folios/{acme}/actions/close");
    let (status, _, problem) = call!(app, key, post(&close, json!({})));
    assert_eq!((status, &problem["code"]), (409, &json!("folio_not_even")));
    let (_, _, listed) = call!(app, key, get(&of_booking));
    assert_eq!(listed["folios"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn another_tenant_neither_sees_nor_changes_anything() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    motel.charge(&booking, day(3)).await;
    let folio = motel.keep(&booking).await;
    let line = motel.account(&booking).await.postings.remove(0);
    let stranger = other_tenant(&motel.test).await.tenant;
    let (app, key) = (app!(motel), key(&motel, stranger).await);
    let before = motel.accounts().await;
    for request in [
        get(&format!("/folios/{}", folio.id)),
        get(&format!("/bookings/{}/folios", booking.id)),
        post(&format!("/folios/{}/postings", folio.id), minibar(1)),
        post(
            &format!("/postings/{}/actions/reverse", line.id),
            json!({ "reason": "mischief" }),
        ),
        post(&format!("/folios/{}/actions/close", folio.id), json!({})),
        post(
            &format!("/folios/{}/actions/transfer", folio.id),
            json!({ "to": folio.id, "amount_minor": 1 }),
        ),
    ] {
        let (status, _, problem) = call!(app, key, request);
        assert_eq!(status, 404, "{problem}");
    }
    let reports = call!(
        app,
        key,
        get("/reports/trial-balance?from=2026-11-01&until=2026-12-31")
    );
    assert_eq!(reports.2["rows"], json!([]));
    assert_eq!(motel.accounts().await, before);
}

#[actix_web::test]
async fn reports_are_sums_of_the_ledger() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    motel.charge(&booking, day(3)).await;
    motel.charge(&booking, day(4)).await;
    let mut early = event("evt_1", EventKind::Paid, &link);
    early.amount = crate::motel::usd(link.amount.minor() + 1_234);
    motel.take(&early).await;
    let mut tx = motel.tx().await;
    commands::open_folio(&mut tx, &booking, FolioKind::Company, "Acme")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    // What no night audit tells the day of is posted on the day the property works on: today, by its clock.
    let span = "?from=2026-01-01&until=2026-12-31";
    let ledger = motel.accounts().await;
    let mut rows = Vec::new();
    for name in [
        "trial-balance",
        "payments",
        "deposits",
        "taxes",
        "daily-revenue",
    ] {
        let (status, _, report) = call!(app, key, get(&format!("/reports/{name}{span}")));
        assert_eq!(status, 200, "{report}");
        let mut sums: Vec<(String, i64)> = Vec::new();
        for row in report["rows"].as_array().unwrap() {
            let (account, detail) = (
                row["account"].as_str().unwrap(),
                row["detail"].as_str().unwrap(),
            );
            let name = format!("{account}:{detail}")
                .trim_end_matches(':')
                .to_owned();
            let minor = row["closing"]["amount_minor"].as_i64().unwrap();
            match sums.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += minor,
                None => sums.push((name, minor)),
            }
        }
        sums.retain(|(_, minor)| *minor != 0);
        for sum in &sums {
            assert!(ledger.contains(sum), "{name}: {sum:?} of {ledger:?}");
        }
        rows.push((name, sums.len(), report));
    }
    let trial = &rows[0];
    assert_eq!(trial.1, ledger.len());
    let total = &trial.2["totals"][0];
    assert_eq!(total["closing"]["amount_minor"], 0);
    assert_eq!(total["debits"], total["credits"]);
    let deposits = &rows[2].2["rows"];
    assert_eq!(deposits[0]["booking_code"], booking.code.to_string());
    assert_eq!(deposits[0]["closing"]["amount_minor"], -1_234);
    // Friday and Saturday, rooms; Friday the dog, too.
    let days = rows[4].2["rows"].as_array().unwrap();
    let of = |day: &str| -> i64 {
        let of_day = days.iter().filter(|row| row["day"] == day);
        of_day
            .map(|row| row["credits"]["amount_minor"].as_i64().unwrap())
            .sum()
    };
    assert_eq!(of("2026-12-04") + of("2026-12-05"), 37_600);

    let (_, _, sheet) = call!(app, key, get(&format!("/reports/taxes{span}&format=csv")));
    assert_eq!(
        sheet.as_str().unwrap(),
        "day,account,detail,booking,currency,opening,debits,credits,closing\n,taxes,tax,,USD,0.00,0.00,45.12,-45.12\n"
    );
    // Nothing is counted twice at the edge of a span: it opens with what the one before closed with.
    let before = call!(
        app,
        key,
        get("/reports/taxes?from=2026-01-01&until=2026-12-03")
    )
    .2;
    assert_eq!(before["rows"], json!([]));
    let after = call!(
        app,
        key,
        get("/reports/taxes?from=2026-12-06&until=2026-12-06")
    )
    .2;
    assert_eq!(after["rows"][0]["opening"]["amount_minor"], -4_512);
    assert_eq!(after["rows"][0]["credits"]["amount_minor"], 0);
    for bad in [
        "?from=2026-12-02&until=2026-12-01",
        "?from=2020-01-01&until=2026-01-01",
        "?until=2026-01-01",
        "?format=pdf",
    ] {
        let (status, _, _) = call!(app, key, get(&format!("/reports/taxes{bad}")));
        assert_eq!(status, 422, "{bad}");
    }
    let (status, _, _) = call!(app, key, get("/reports/everything"));
    assert_eq!(status, 404);
}

//! What staff do, over HTTP.

use std::sync::Arc;

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_kernel::{Actor, Clock, FixedClock, TenantId};
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use motel_tenancy::testing::other_tenant;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::motel::{Motel, now};

macro_rules! app {
    ($motel:expr) => {{
        let db = $motel.test.db().clone();
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(now()));
        let directory = Directory::new(db.clone(), "demo-motel".parse().unwrap());
        let staff = web::scope("/api/v1").configure(motel_invoices::http::configure_staff);
        let app = App::new()
            .app_data(web::Data::new(db))
            .app_data(web::Data::new(clock))
            .app_data(web::Data::new(directory))
            .service(staff)
            .configure(motel_web::configure);
        init_service(app).await
    }};
}

/// The status, the headers and the body.
macro_rules! call {
    ($app:expr, $key:expr, $request:expr) => {{
        let bearer = format!("Bearer {}", $key);
        let request = $request.insert_header(("Authorization", bearer));
        let answer = call_service(&$app, request.to_request()).await;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, read_body(answer).await)
    }};
}

macro_rules! json_of {
    ($app:expr, $key:expr, $request:expr) => {{
        let (status, _, body) = call!($app, $key, $request);
        (status, serde_json::from_slice::<Value>(&body).unwrap())
    }};
}

async fn key(motel: &Motel, tenant: TenantId) -> String {
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

#[actix_web::test]
async fn an_invoice_is_tried_issued_once_shown_and_credited() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    motel.pay(folio, 10_000).await;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let path = format!("/folios/{folio}/actions/invoice");
    let body = json!({
        "kind": "invoice", "language": "fr",
        "addressee": { "company": "Acme  SA", "city": "Paris", "country": "FR", "tax_id": "FR1" },
    });

    let dry = post(&format!("{path}?dry_run=true"), body.clone());
    let (status, tried) = json_of!(app, key, dry);
    assert_eq!((status, &tried["number"]), (200, &json!("INV-2026-000001")));
    let named = || post(&path, body.clone()).insert_header(("Idempotency-Key", "first"));
    let (status, headers, made) = call!(app, key, named());
    let issued: Value = serde_json::from_slice(&made).unwrap();
    assert_eq!(status, 201, "{issued}");
    assert_eq!(
        issued["number"], "INV-2026-000001",
        "a trial takes no number"
    );
    let (_, headers_again, again) = call!(app, key, named());
    assert!(headers_again.contains_key("idempotent-replayed"));
    assert_eq!(again, made);
    assert_eq!(issued["issued_on"], "2026-12-01");
    assert_eq!(issued["addressee"]["company"], "Acme SA");
    assert_eq!(issued["total"]["amount_minor"], 16_128);
    assert_eq!(issued["balance"]["amount_minor"], 6_128);
    assert_eq!(issued["payments"][0]["description"], "Paiement, espèces");
    assert_eq!(issued["taxes"][0]["rate_basis_points"], 1_200);
    let at = headers.get("location").unwrap().to_str().unwrap();
    let id = issued["id"].as_str().unwrap().to_owned();
    assert_eq!(at, format!("/api/v1/invoices/{id}"));
    let (status, shown) = json_of!(app, key, get(&format!("/invoices/{id}")));
    assert_eq!((status, &shown), (200, &issued));
    let (status, problem) = json_of!(app, key, post(&path, body.clone()));
    assert_eq!(
        (status, &problem["code"]),
        (409, &json!("nothing_to_invoice"))
    );

    let credit = format!("/invoices/{id}/actions/credit");
    let one = json!({ "reason": "too much", "lines": [1] });
    let (status, note) = json_of!(app, key, post(&credit, one.clone()));
    assert_eq!((status, &note["number"]), (201, &json!("CN-2026-000001")));
    assert_eq!(note["total"]["amount_minor"], -14_400);
    assert_eq!(
        (&note["corrects"], &note["reason"]),
        (&json!(id), &json!("too much"))
    );
    let (status, problem) = json_of!(app, key, post(&credit, one));
    assert_eq!(
        (status, &problem["code"]),
        (409, &json!("already_credited"))
    );
    let (_, shown) = json_of!(app, key, get(&format!("/invoices/{id}")));
    let credited = shown["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["credited"]);
    assert_eq!(credited.collect::<Vec<_>>(), [&json!(true), &json!(false)]);
    let note = note["id"].as_str().unwrap();
    let credit = format!("/invoices/{note}/actions/credit");
    let (status, problem) = json_of!(app, key, post(&credit, json!({ "reason": "x" })));
    assert_eq!((status, &problem["code"]), (409, &json!("not_creditable")));
}

#[actix_web::test]
async fn documents_are_listed_by_pages_the_latest_first() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let (_, other) = motel.stayed().await;
    let first = motel.issue(folio).await.unwrap();
    let note = motel.credit(first.id, None).await.unwrap();
    let second = motel.issue(other).await.unwrap();
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let (mut ids, mut path) = (Vec::new(), "/invoices?limit=2".to_owned());
    loop {
        let (status, page) = json_of!(app, key, get(&path));
        assert_eq!(status, 200, "{page}");
        for row in page["data"].as_array().unwrap() {
            ids.push(row["id"].as_str().unwrap().to_owned());
        }
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/invoices?limit=2&cursor={next}");
    }
    assert_eq!(ids, [second.id, note.id, first.id].map(|id| id.to_string()));
    let (_, of_folio) = json_of!(app, key, get(&format!("/invoices?folio_id={folio}")));
    let kinds: Vec<_> = of_folio["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["kind"])
        .collect();
    assert_eq!(kinds, [&json!("credit_note"), &json!("invoice")]);
    assert_eq!(of_folio["data"][0]["total"]["amount_minor"], -16_128);
}

#[actix_web::test]
async fn a_document_comes_in_the_form_that_is_wanted() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let id = motel.issue(folio).await.unwrap().id;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let path = format!("/invoices/{id}/document");
    let html = "text/html,application/xhtml+xml,*/*;q=0.8";
    for (query, accept, expected) in [
        ("", None, "application/pdf"),
        ("", Some("application/pdf"), "application/pdf"),
        ("", Some(html), "text/html; charset=utf-8"),
        ("?format=pdf", Some(html), "application/pdf"),
        ("?format=html", None, "text/html; charset=utf-8"),
    ] {
        let mut request = get(&format!("{path}{query}"));
        if let Some(accept) = accept {
            request = request.insert_header(("Accept", accept));
        }
        let (status, headers, body) = call!(app, key, request);
        let header = |name: &str| headers.get(name).map_or("", |it| it.to_str().unwrap());
        assert_eq!(
            (status, header("content-type")),
            (200, expected),
            "{query} {accept:?}"
        );
        if expected == "application/pdf" {
            assert!(body.starts_with(b"%PDF-"));
            let name = "inline; filename=\"INV-2026-000001.pdf\"";
            assert_eq!(header("content-disposition"), name);
        } else {
            assert!(
                String::from_utf8(body.to_vec())
                    .unwrap()
                    .contains("INV-2026-000001")
            );
            assert!(header("content-security-policy").starts_with("default-src 'none'"));
        }
    }
    let (status, problem) = json_of!(app, key, get(&format!("{path}?format=doc")));
    assert_eq!(
        (status, &problem["errors"][0]["field"]),
        (422, &json!("format"))
    );
}

#[actix_web::test]
async fn bad_input_is_refused_and_takes_no_number() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let path = format!("/folios/{folio}/actions/invoice");
    let addressee = |field: &str, value: Value| {
        let mut body = json!({ "kind": "invoice", "addressee": {} });
        body["addressee"][field] = value;
        body
    };
    for (body, field) in [
        (json!({}), "kind"),
        (json!({ "kind": "credit_note" }), "kind"),
        (json!({ "kind": "invoice", "language": "pt" }), "language"),
        (json!({ "kind": "invoice", "folio": 1 }), "folio"),
        (addressee("name", json!("a".repeat(121))), "addressee.name"),
        (addressee("street", json!("a\u{0}b")), "addressee.street"),
        (addressee("country", json!("Germany")), "addressee.country"),
        (addressee("country", json!("ÄÖ")), "addressee.country"),
        (addressee("planet", json!("Earth")), "addressee.planet"),
    ] {
        let (status, problem) = json_of!(app, key, post(&path, body.clone()));
        assert_eq!(status, 422, "{body}: {problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    let issued = motel.issue(folio).await.unwrap();
    assert_eq!(issued.snapshot.number.sequence, 1);
    let path = format!("/invoices/{}", issued.id);
    for (action, body, field) in [
        ("credit", json!({ "reason": "" }), "reason"),
        ("credit", json!({ "reason": "x", "lines": [] }), "lines"),
        ("credit", json!({ "reason": "x", "lines": [9] }), "lines"),
        ("credit", json!({ "reason": "x", "lines": [-1] }), "lines"),
        (
            "credit",
            json!({ "reason": "x", "lines": vec![1; 1_001] }),
            "lines",
        ),
        ("send", json!({ "email": "nobody" }), "email"),
        ("send", json!({}), "email"),
    ] {
        let request = post(&format!("{path}/actions/{action}"), body.clone());
        let (status, problem) = json_of!(app, key, request);
        assert_eq!(status, 422, "{body}: {problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    for path in [
        "/invoices?folio_id=7",
        "/invoices?cursor=x",
        "/invoices?limit=0",
    ] {
        let (status, _) = json_of!(app, key, get(path));
        assert_eq!(status, 422, "{path}");
    }
    let note = motel.credit(issued.id, None).await.unwrap();
    assert_eq!(note.snapshot.number.sequence, 1);
}

#[actix_web::test]
async fn another_tenant_neither_sees_nor_does_anything() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let id = motel.issue(folio).await.unwrap().id;
    let stranger = other_tenant(&motel.test).await.tenant;
    let (app, key) = (app!(motel), key(&motel, stranger).await);
    for request in [
        get(&format!("/invoices/{id}")),
        get(&format!("/invoices/{id}/document")),
        get("/invoices/7"),
        post(
            &format!("/invoices/{id}/actions/credit"),
            json!({ "reason": "mischief" }),
        ),
        post(
            &format!("/invoices/{id}/actions/send"),
            json!({ "email": "me@example.com" }),
        ),
        post(
            &format!("/folios/{folio}/actions/invoice"),
            json!({ "kind": "invoice" }),
        ),
        post("/folios/7/actions/invoice", json!({ "kind": "invoice" })),
    ] {
        let (status, problem) = json_of!(app, key, request);
        assert_eq!(status, 404, "{problem}");
    }
    let (status, listed) = json_of!(app, key, get("/invoices"));
    assert_eq!((status, &listed["data"]), (200, &json!([])));
    let outside = call_service(&app, get("/invoices").to_request()).await;
    assert_eq!(outside.status().as_u16(), 401);
}

#[actix_web::test]
async fn sending_is_told_to_the_outbox_once() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let id = motel.issue(folio).await.unwrap().id;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let path = format!("/invoices/{id}/actions/send");
    let request = |query: &str| {
        post(
            &format!("{path}{query}"),
            json!({ "email": "Ana@Example.com" }),
        )
    };
    let (status, _) = json_of!(app, key, request("?dry_run=true"));
    assert_eq!(status, 200);
    for _ in 0..2 {
        let named = request("").insert_header(("Idempotency-Key", "to-ana"));
        let (status, sent) = json_of!(app, key, named);
        assert_eq!((status, &sent["number"]), (200, &json!("INV-2026-000001")));
    }
    let mut admin = motel.test.admin().await;
    let told = "SELECT payload ->> 'to' AS receiver FROM jobs.events WHERE kind = 'invoice.sent'";
    let told: Vec<Told> = diesel_async::RunQueryDsl::load(diesel::sql_query(told), &mut admin)
        .await
        .unwrap();
    let told: Vec<&str> = told.iter().map(|it| it.receiver.as_str()).collect();
    assert_eq!(told, ["ana@example.com"]);
}

#[derive(diesel::QueryableByName)]
struct Told {
    #[diesel(sql_type = diesel::sql_types::Text)]
    receiver: String,
}

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_kernel::Actor;
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::motel;

/// Sends a request with a key of the tenant; answers status, `ETag` and body.
macro_rules! send {
    ($app:expr, $key:expr, $request:expr) => {{
        let bearer = format!("Bearer {}", $key);
        let request = $request.insert_header(("Authorization", bearer));
        let answer = call_service(&$app, request.to_request()).await;
        let status = answer.status();
        let tag = answer.headers().get("etag").cloned();
        let body = read_body(answer).await;
        let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
        (
            status,
            tag.map(|tag| tag.to_str().unwrap().to_owned()),
            body,
        )
    }};
}

fn city() -> Value {
    json!({
        "code": "city",
        "name": "City tax",
        "charge": { "kind": "flat", "amount_minor": 300, "currency": "USD", "per": "person_night" },
        "included": false,
        "max_nights": 7,
        "exempt_flags": ["business"],
        "age_bands": [{ "from": 0, "until": 16, "share_basis_points": 0 }],
        "rounding": "per_line",
    })
}

#[actix_web::test]
async fn taxes_and_fees_are_made_read_changed_and_taken_away() {
    let (database, demo) = motel().await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let key = create_api_key(&mut tx, "test", Actor::System)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let key = key.secret.expose_secret().to_owned();
    let directory = Directory::new(database.db().clone(), demo.slug.clone());
    let app = init_service(
        App::new()
            .app_data(web::Data::new(database.db().clone()))
            .app_data(web::Data::new(directory))
            .service(web::scope("/api/v1").configure(motel_taxes::http::configure_staff))
            .configure(motel_web::configure),
    )
    .await;
    let post = |path: &str, body: Value| TestRequest::post().uri(path).set_json(body);

    let tried = send!(app, key, post("/api/v1/taxes?dry_run=true", city()));
    assert_eq!(tried.0, StatusCode::OK);
    let made = send!(app, key, post("/api/v1/taxes", city()));
    assert_eq!(
        (made.0, made.1.as_deref()),
        (StatusCode::CREATED, Some("\"1\""))
    );
    assert_eq!(made.2["charge"], city()["charge"]);
    assert_eq!(made.2["age_bands"], city()["age_bands"]);
    let path = format!("/api/v1/taxes/{}", made.2["id"].as_str().unwrap());

    let list = send!(app, key, TestRequest::get().uri("/api/v1/taxes?limit=1"));
    assert_eq!(list.2["data"], json!([made.2]));
    assert_eq!(list.2["next_cursor"], Value::Null);
    let twice = send!(app, key, post("/api/v1/taxes", city()));
    assert_eq!(
        (twice.0, twice.2["code"].as_str()),
        (StatusCode::CONFLICT, Some("unfit_levies"))
    );

    let mut renamed = city();
    renamed["name"] = json!("Tourist tax");
    let put = || TestRequest::put().uri(&path).set_json(&renamed);
    assert_eq!(send!(app, key, put()).0, StatusCode::PRECONDITION_REQUIRED);
    let changed = send!(app, key, put().insert_header(("If-Match", "\"1\"")));
    assert_eq!(
        (changed.0, changed.1.as_deref()),
        (StatusCode::OK, Some("\"2\""))
    );
    let stale = send!(app, key, put().insert_header(("If-Match", "\"1\"")));
    assert_eq!(stale.0, StatusCode::PRECONDITION_FAILED);
    let shown = send!(app, key, TestRequest::get().uri(&path));
    assert_eq!(shown.2["name"], "Tourist tax");

    let delete = || {
        TestRequest::delete()
            .uri(&path)
            .insert_header(("If-Match", "\"2\""))
    };
    assert_eq!(send!(app, key, delete()).0, StatusCode::NO_CONTENT);
    assert_eq!(send!(app, key, delete()).0, StatusCode::NOT_FOUND);
    assert_eq!(
        send!(app, key, TestRequest::get().uri("/api/v1/taxes/x")).0,
        StatusCode::NOT_FOUND
    );

    let fee = json!({
        "code": "cleaning", "name": "Cleaning", "occasion": "always", "taxed": true,
        "charge": { "kind": "percent", "basis_points": 250 },
    });
    let made = send!(app, key, post("/api/v1/fees", fee.clone()));
    assert_eq!(made.0, StatusCode::CREATED);
    assert_eq!(made.2["charge"], fee["charge"]);
}

#[actix_web::test]
async fn what_is_wrong_is_named_and_strangers_are_turned_away() {
    let (database, demo) = motel().await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let key = create_api_key(&mut tx, "test", Actor::System)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let key = key.secret.expose_secret().to_owned();
    let directory = Directory::new(database.db().clone(), demo.slug.clone());
    let app = init_service(
        App::new()
            .app_data(web::Data::new(database.db().clone()))
            .app_data(web::Data::new(directory))
            .service(web::scope("/api/v1").configure(motel_taxes::http::configure_staff)),
    )
    .await;
    let post = |body: Value| TestRequest::post().uri("/api/v1/taxes").set_json(body);
    let mut wrong = city();
    wrong["code"] = json!("City!");
    wrong["valid_from"] = json!("2027-01-01");
    wrong["valid_until"] = json!("2026-01-01");
    wrong["charge"]["amount_minor"] = json!(-1);
    wrong["age_bands"][0]["until"] = json!(0);
    let (status, _, body) = send!(app, key, post(wrong));
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<_> = body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        ["code", "charge.amount_minor", "age_bands", "valid_until"]
    );

    let (status, _, body) = send!(app, "rmk_wrong", post(city()));
    assert_eq!(
        (status, body["code"].as_str()),
        (StatusCode::UNAUTHORIZED, Some("signed_out"))
    );
}

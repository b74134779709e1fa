//! What a role or a key does not permit is refused by name, before anything else is looked at.

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection;
use motel_kernel::{Actor, Clock, SystemClock};
use motel_tenancy::commands::create_limited_api_key;
use motel_tenancy::{Directory, KeyTerms, Permission, Permissions, Role};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::front::{Front, Seen, app};

macro_rules! call {
    ($app:expr, $request:expr) => {
        Seen::of(call_service(&$app, $request.to_request()).await).await
    };
}

async fn key(front: &Front, permissions: &[Permission], end: Option<DateTime<Utc>>) -> String {
    let terms = KeyTerms {
        permissions: Some(permissions.iter().copied().collect()),
        expires_at: end,
    };
    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    let made = create_limited_api_key(&mut tx, "limited", terms, Actor::System).await;
    tx.commit().await.unwrap();
    format!("Bearer {}", made.unwrap().secret.expose_secret())
}

async fn become_a(front: &Front, role: Role) {
    let sql = format!("UPDATE tenancy.staff SET role = '{role}'");
    front.db.admin().await.batch_execute(&sql).await.unwrap();
}

#[actix_web::test]
async fn what_is_missing_is_named_and_nothing_else_is_said() {
    let front = Front::open().await;
    let app = app!(front);
    let opened = call_service(&app, TestRequest::post().uri("/open").to_request()).await;
    let cookie = opened.response().cookies().next().unwrap().into_owned();
    // No JSON at all: whoever may not refund does not hear of it.
    let refund = || {
        let request = TestRequest::post().uri("/desk/refunds");
        let request = request.insert_header(("Content-Type", "application/json"));
        request.set_payload("{").cookie(cookie.clone())
    };
    assert_eq!(call!(app, refund()).status, StatusCode::BAD_REQUEST);
    for role in [Role::FrontDesk, Role::Housekeeping] {
        become_a(&front, role).await;
        let refused = call!(app, refund());
        assert_eq!(
            (refused.status.as_u16(), refused.code().as_str()),
            (403, "forbidden")
        );
        let detail = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("folios:refund"), "{detail}");
    }
    // A page says the same.
    let sessions = TestRequest::get().uri("/api/v1/sessions");
    let sessions = call!(app, sessions.cookie(cookie.clone())).json();
    let sessions = sessions["sessions"].as_array().unwrap();
    assert_eq!((sessions.len(), &sessions[0]["current"]), (1, &json!(true)));
}

#[actix_web::test]
async fn a_key_opens_what_it_is_for_until_it_is_over() {
    let front = Front::open().await;
    let app = app!(front);
    let soon = SystemClock.now() + TimeDelta::hours(1);
    let bearer = key(&front, &[Permission::ReadApiKeys], Some(soon)).await;
    let ours = |request: TestRequest| request.insert_header(("Authorization", bearer.clone()));
    let list = call!(app, ours(TestRequest::get().uri("/api/v1/api-keys")));
    assert_eq!(list.status, StatusCode::OK);
    let kept = &list.json()["data"][1];
    assert_eq!(kept["permissions"], json!(["api-keys:read"]));
    assert_eq!(list.json()["data"][0]["permissions"], Value::Null);
    let clock = TestRequest::post().uri("/api/v1/clock");
    let refused = call!(
        app,
        ours(clock.set_json(json!({ "advance_by_seconds": 1 })))
    );
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("settings:write"), "{}", refused.text);

    let directory = Directory::new(front.db.db().clone(), front.demo.slug.clone());
    let secret = bearer.strip_prefix("Bearer ").unwrap();
    for (now, works) in [(soon - TimeDelta::seconds(1), true), (soon, false)] {
        let holder = directory.holder_of(secret, now).await.unwrap();
        assert_eq!(holder.is_some(), works);
    }
}

#[actix_web::test]
async fn nobody_gives_a_key_more_than_they_have() {
    let front = Front::open().await;
    let app = app!(front);
    let opened = call_service(&app, TestRequest::post().uri("/open").to_request()).await;
    let cookie = opened.response().cookies().next().unwrap().into_owned();
    let make = |body: Value| {
        let request = TestRequest::post().uri("/api/v1/api-keys");
        request.set_json(body).cookie(cookie.clone())
    };
    let made = call!(
        app,
        make(json!({ "name": "a", "role": "housekeeping", "expires_at": "2100-01-01T00:00:00Z" }))
    );
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let words = ["rooms:read", "housekeeping:read", "housekeeping:write"];
    assert_eq!(made.json()["key"]["permissions"], json!(words));
    let all = call!(app, make(json!({ "name": "b" })));
    assert_eq!(all.json()["key"]["permissions"], Value::Null);
    for (slip, field) in [
        (
            json!({ "name": "c", "permissions": ["rooms:paint"] }),
            "permissions.0",
        ),
        (json!({ "name": "c", "permissions": [] }), "permissions"),
        (json!({ "name": "c", "role": "king" }), "role"),
        (
            json!({ "name": "c", "role": "owner", "permissions": ["rooms:read"] }),
            "role",
        ),
        (
            json!({ "name": "c", "expires_at": "2020-01-01T00:00:00Z" }),
            "expires_at",
        ),
    ] {
        let refused = call!(app, make(slip.clone()));
        assert_eq!(refused.status.as_u16(), 422, "{slip}");
        assert_eq!(refused.json()["errors"][0]["field"], field, "{slip}");
    }
    become_a(&front, Role::Manager).await;
    let refused = call!(app, make(json!({ "name": "d" })));
    assert!(refused.text.contains("api-keys:write"), "{}", refused.text);
    assert_eq!(front.keys().await, 3);
}

#[actix_web::test]
async fn a_member_sees_and_ends_their_own_sessions() {
    let front = Front::open().await;
    let app = app!(front);
    let mut cookies = Vec::new();
    for browser in ["Desk", "Telephone", "Library"] {
        let open = TestRequest::post().uri("/open");
        let open = open.insert_header(("User-Agent", browser)).to_request();
        let opened = call_service(&app, open).await;
        cookies.push(opened.response().cookies().next().unwrap().into_owned());
    }
    let list = |cookie: usize| {
        let request = TestRequest::get().uri("/api/v1/sessions");
        request.cookie(cookies[cookie].clone())
    };
    let sessions = call!(app, list(0)).json()["sessions"].clone();
    let id_of = |browser: &str| {
        let sessions = sessions.as_array().unwrap();
        let found = sessions.iter().find(|it| it["user_agent"] == browser);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let end = |path: &str| {
        let request = TestRequest::delete().uri(&format!("/api/v1/sessions{path}"));
        request.cookie(cookies[0].clone())
    };
    let gone = call!(app, end(&format!("/{}", id_of("Telephone"))));
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(call!(app, list(1)).status, StatusCode::UNAUTHORIZED);
    for missing in [id_of("Telephone"), "nonsense".to_owned()] {
        let again = call!(app, end(&format!("/{missing}")));
        assert_eq!(again.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(call!(app, list(2)).status, StatusCode::OK);
    assert_eq!(call!(app, end("")).status, StatusCode::NO_CONTENT);
    assert_eq!(call!(app, list(2)).status, StatusCode::UNAUTHORIZED);
    assert_eq!(call!(app, list(0)).status, StatusCode::OK);

    let program = TestRequest::get().uri("/api/v1/sessions");
    let program = program.insert_header(("Authorization", format!("Bearer {}", front.key)));
    assert_eq!(call!(app, program).code(), "staff_only");
    let roles = TestRequest::get().uri("/api/v1/roles");
    let roles = call!(app, roles.cookie(cookies[0].clone())).json();
    assert_eq!(roles["roles"][0]["role"], "owner");
    let everything = roles["permissions"].as_array().unwrap().len();
    assert_eq!(everything, Permissions::all().iter().count());
}

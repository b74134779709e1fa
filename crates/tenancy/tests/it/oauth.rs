//! Programs exchange their key for a token: OAuth 2.1, client credentials.

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use base64::Engine;
use chrono::{DateTime, Utc};
use diesel_async::SimpleAsyncConnection;
use motel_kernel::{Actor, ApiKeyId};
use motel_tenancy::commands::{create_limited_api_key, revoke_api_key};
use motel_tenancy::{KeyTerms, Permission};
use secrecy::ExposeSecret;

use crate::front::{Front, Seen, app};

macro_rules! call {
    ($app:expr, $request:expr) => {
        Seen::of(call_service(&$app, $request.to_request()).await).await
    };
}

/// A program: the id of its key, and the key.
struct Program {
    id: ApiKeyId,
    secret: String,
}

async fn program(front: &Front, end: Option<DateTime<Utc>>) -> Program {
    let permissions = [Permission::ReadApiKeys, Permission::ReadRooms];
    let terms = KeyTerms {
        permissions: Some(permissions.into_iter().collect()),
        expires_at: end,
    };
    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    let made = create_limited_api_key(&mut tx, "channel manager", terms, Actor::System).await;
    tx.commit().await.unwrap();
    let made = made.unwrap();
    Program {
        id: made.key.id,
        secret: made.secret.expose_secret().to_owned(),
    }
}

fn ask(body: &str) -> TestRequest {
    TestRequest::post()
        .uri("/api/v1/oauth/token")
        .insert_header(("Content-Type", "application/x-www-form-urlencoded"))
        .set_payload(body.to_owned())
}

fn basic(id: &str, secret: &str) -> (&'static str, String) {
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}"));
    ("Authorization", format!("Basic {pair}"))
}

fn list(word: &str) -> TestRequest {
    let list = TestRequest::get().uri("/api/v1/api-keys");
    list.insert_header(("Authorization", format!("Bearer {word}")))
}

const GRANT: &str = "grant_type=client_credentials";

#[actix_web::test]
async fn a_key_is_exchanged_for_a_token_in_either_way() {
    let front = Front::open().await;
    let app = app!(front);
    let program = program(&front, None).await;
    let id = program.id.to_string();
    let by_header = ask(GRANT).insert_header(basic(&id, &program.secret));
    let in_body = ask(&format!(
        "{GRANT}&client_id={id}&client_secret={}",
        program.secret
    ));
    for way in [by_header, in_body] {
        let given = call!(app, way);
        assert_eq!(given.status, StatusCode::OK, "{}", given.text);
        assert_eq!(given.header("cache-control"), Some("no-store"));
        assert_eq!(given.header("pragma"), Some("no-cache"));
        let given = given.json();
        assert_eq!(given["token_type"], "Bearer");
        assert_eq!(given["expires_in"], 900);
        assert_eq!(given["scope"], "rooms:read api-keys:read");
        assert_eq!(given["refresh_token"], serde_json::Value::Null);
        let word = given["access_token"].as_str().unwrap();
        let who = TestRequest::get().uri("/who");
        let who = call!(
            app,
            who.insert_header(("Authorization", format!("Bearer {word}")))
        );
        assert_eq!(who.text, format!("api_key:{id} of DM001"));
    }
}

#[actix_web::test]
async fn a_scope_narrows_a_token_and_never_widens_it() {
    let front = Front::open().await;
    let app = app!(front);
    let program = program(&front, None).await;
    let id = program.id.to_string();
    let scoped = |scope: &str| {
        ask(&format!("{GRANT}&scope={scope}")).insert_header(basic(&id, &program.secret))
    };
    let rooms = call!(app, scoped("rooms%3Aread")).json();
    assert_eq!(rooms["scope"], "rooms:read");
    let refused = call!(app, list(rooms["access_token"].as_str().unwrap()));
    assert!(refused.text.contains("api-keys:read"), "{}", refused.text);
    let keys = call!(app, scoped("api-keys%3Aread")).json();
    assert_eq!(
        call!(app, list(keys["access_token"].as_str().unwrap())).status,
        StatusCode::OK
    );
    for above in [
        "api-keys%3Awrite",
        "rooms%3Aread+folios%3Arefund",
        "everything",
    ] {
        let refused = call!(app, scoped(above));
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{above}");
        assert_eq!(refused.json()["error"], "invalid_scope", "{above}");
    }

    // What the key may do less from now on, the token may as well.
    let less = "UPDATE tenancy.api_keys SET permissions = '{rooms:read}'";
    front.db.admin().await.batch_execute(less).await.unwrap();
    assert_eq!(
        call!(app, list(keys["access_token"].as_str().unwrap())).code(),
        "forbidden"
    );
}

#[actix_web::test]
async fn a_token_is_over_with_its_key() {
    let front = Front::open().await;
    let app = app!(front);
    let end = "2100-01-01T00:00:00Z".parse().unwrap();
    let (lost, short) = (
        program(&front, None).await,
        program(&front, Some(end)).await,
    );
    let mut words = Vec::new();
    for program in [&lost, &short] {
        let given = ask(GRANT).insert_header(basic(&program.id.to_string(), &program.secret));
        let given = call!(app, given).json();
        words.push(given["access_token"].as_str().unwrap().to_owned());
    }
    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    revoke_api_key(&mut tx, lost.id).await.unwrap();
    tx.commit().await.unwrap();
    let over = format!(
        "UPDATE tenancy.api_keys SET created_at = now() - interval '1 hour', expires_at = now() WHERE id = '{}'",
        short.id
    );
    front.db.admin().await.batch_execute(&over).await.unwrap();
    for (program, word) in [lost, short].iter().zip(&words) {
        assert_eq!(call!(app, list(word)).code(), "signed_out");
        let again = ask(GRANT).insert_header(basic(&program.id.to_string(), &program.secret));
        assert_eq!(call!(app, again).json()["error"], "invalid_client");
    }
}

#[actix_web::test]
async fn what_is_refused_is_said_as_rfc_6749_says_it() {
    let front = Front::open().await;
    let app = app!(front);
    let (one, other) = (program(&front, None).await, program(&front, None).await);
    let id = one.id.to_string();
    let right = || basic(&id, &one.secret);
    let body = format!("{GRANT}&client_id={id}&client_secret={}", one.secret);
    let json = TestRequest::post()
        .uri("/api/v1/oauth/token")
        .insert_header(right());
    for (request, status, error) in [
        (ask(GRANT), 401, "invalid_client"),
        (
            ask(GRANT).insert_header(basic(&id, &other.secret)),
            401,
            "invalid_client",
        ),
        (
            ask(GRANT).insert_header(basic("", &one.secret)),
            401,
            "invalid_client",
        ),
        (
            ask(GRANT).insert_header(("Authorization", format!("Bearer {}", one.secret))),
            401,
            "invalid_client",
        ),
        (ask(&body).insert_header(right()), 400, "invalid_request"),
        (ask("").insert_header(right()), 400, "invalid_request"),
        (
            ask(&format!("{GRANT}&{GRANT}")).insert_header(right()),
            400,
            "invalid_request",
        ),
        (
            ask(&"x".repeat(20_000)).insert_header(right()),
            400,
            "invalid_request",
        ),
        (json.set_json(GRANT), 400, "invalid_request"),
        (
            ask("grant_type=password").insert_header(right()),
            400,
            "unsupported_grant_type",
        ),
        (
            ask("grant_type=refresh_token").insert_header(right()),
            400,
            "unsupported_grant_type",
        ),
    ] {
        let refused = call!(app, request);
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["error"]),
            (status, &error.into()),
            "{}",
            refused.text
        );
        assert_eq!(refused.header("content-type"), Some("application/json"));
        assert_eq!(refused.header("cache-control"), Some("no-store"));
        let challenge = refused.header("www-authenticate");
        assert_eq!(
            challenge,
            (status == 401).then_some("Basic realm=\"RemoteMotel\"")
        );
    }
}

#[actix_web::test]
async fn guesses_are_counted_and_lead_to_a_wait_that_the_right_key_waits_out_too() {
    let front = Front::open().await;
    let app = app!(front);
    let (one, other) = (program(&front, None).await, program(&front, None).await);
    let id = one.id.to_string();
    for _ in 0..5 {
        let guess = ask(GRANT).insert_header(basic(&id, &other.secret));
        assert_eq!(call!(app, guess).status, StatusCode::UNAUTHORIZED);
    }
    let right = || ask(GRANT).insert_header(basic(&id, &one.secret));
    let waits = call!(app, right());
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(waits.json()["error"], "temporarily_unavailable");
    let seconds: u32 = waits.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    // From elsewhere the program is not kept out, nor is another one here.
    let elsewhere = right().peer_addr("198.51.100.7:4000".parse().unwrap());
    assert_eq!(call!(app, elsewhere).status, StatusCode::OK);
    let another = ask(GRANT).insert_header(basic(&other.id.to_string(), &other.secret));
    assert_eq!(call!(app, another).status, StatusCode::OK);
}

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use motel_kernel::{Clock, FixedClock};
use motel_tenancy::commands::open_session;
use motel_tenancy::second_factor::{begin_set_up, confirm_set_up};
use motel_tenancy::{Device, Reach, Role, StaffSession, TenantState};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::front::{Front, Seen, app};
use crate::phone::{Phone, STEP};

const PASSWORD: &str = "battery horse staple";

/// Rosa's recovery codes, and her telephone. The front's clock stands still.
async fn guard(front: &Front) -> (Phone, Vec<SecretString>) {
    let db = front.db.db();
    let mut tx = db.tenant(front.demo.tenant).await.unwrap();
    let opened = open_session(&mut tx, &front.rosa, &Device::default())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let session = StaffSession {
        id: opened.id,
        tenant: front.demo.tenant,
        staff_id: front.rosa.id,
        display_name: String::new(),
        role: Role::Owner.into(),
        reach: Reach::Everywhere,
        state: TenantState::Active,
        lacks_second_factor: false,
    };
    let before = FixedClock::at("2026-12-02T03:00:00Z".parse().unwrap()).now() - STEP;
    let begun = begin_set_up(db, &front.keys, &session, &PASSWORD.into(), before)
        .await
        .unwrap();
    let phone = Phone::reading(&begun);
    let code = phone.code(before);
    let codes = confirm_set_up(db, &front.keys, &session, &code, before)
        .await
        .unwrap();
    (phone, codes)
}

macro_rules! post {
    ($app:expr, $path:expr, $body:expr) => {{
        let request = TestRequest::post().uri($path).set_json($body);
        let answer = call_service(&$app, request.to_request()).await;
        let cookie = answer
            .response()
            .cookies()
            .next()
            .map(|cookie| cookie.into_owned());
        (Seen::of(answer).await, cookie)
    }};
}

fn credentials() -> Value {
    json!({ "email": "rosa@motel.example", "password": PASSWORD })
}

#[actix_web::test]
async fn signing_in_takes_a_code_and_the_challenge_is_worth_nothing_else() {
    let front = Front::open().await;
    let (phone, codes) = guard(&front).await;
    let app = app!(front);
    let (asked, cookie) = post!(app, "/api/v1/session", credentials());
    assert_eq!(
        (asked.status, asked.code().as_str()),
        (StatusCode::UNAUTHORIZED, "second_factor_needed")
    );
    assert!(cookie.is_none(), "no session is opened");
    let challenge = asked.json()["challenge"].as_str().unwrap().to_owned();

    for bearer in [challenge.clone(), challenge[32..].to_owned()] {
        let request = TestRequest::get()
            .uri("/who")
            .insert_header(("authorization", format!("Bearer {bearer}")));
        let seen = call_service(&app, request.to_request()).await;
        assert_eq!(seen.status(), StatusCode::UNAUTHORIZED);
    }
    let now = "2026-12-02T03:00:00Z".parse().unwrap();
    for (challenge, code, expected) in [
        (challenge.as_str(), "000", "wrong_code"),
        ("", "000000", "challenge_over"),
        (&challenge.to_uppercase(), "000000", "challenge_over"),
        (&challenge[1..], "000000", "challenge_over"),
    ] {
        let body = json!({ "challenge": challenge, "code": code });
        let (refused, cookie) = post!(app, "/api/v1/session/second-factor", body);
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::UNAUTHORIZED, expected)
        );
        assert!(cookie.is_none());
    }
    use secrecy::ExposeSecret;
    let body = json!({ "challenge": challenge, "code": phone.code(now).expose_secret() });
    let (entered, cookie) = post!(app, "/api/v1/session/second-factor", body.clone());
    assert_eq!(entered.status, StatusCode::OK, "{}", entered.text);
    assert_eq!(entered.json()["actor"], format!("staff:{}", front.rosa.id));
    let who = TestRequest::get().uri("/who").cookie(cookie.unwrap());
    assert_eq!(
        call_service(&app, who.to_request()).await.status(),
        StatusCode::OK
    );
    let (again, _) = post!(app, "/api/v1/session/second-factor", body);
    assert_eq!(again.code(), "challenge_over");

    let (asked, _) = post!(app, "/api/v1/session", credentials());
    let body = json!({ "challenge": asked.json()["challenge"], "code": codes[0].expose_secret() });
    let (entered, _) = post!(app, "/api/v1/session/second-factor", body);
    assert_eq!(entered.status, StatusCode::OK, "{}", entered.text);
}

#[actix_web::test]
async fn a_wrong_password_is_not_told_that_a_code_would_be_asked_for() {
    let front = Front::open().await;
    guard(&front).await;
    let app = app!(front);
    for email in ["rosa@motel.example", "nobody@motel.example"] {
        let wrong = json!({ "email": email, "password": "wrong" });
        let (refused, _) = post!(app, "/api/v1/session", wrong);
        assert_eq!(refused.code(), "wrong_credentials");
        assert!(refused.json()["challenge"].is_null());
    }
}

//! Access tokens give what their holder may do now, and refresh tokens are good once.

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection;
use motel_kernel::{SessionId, StaffId};
use motel_tenancy::tokens::{AccessTokens, Grant, Holder, Lifetime, RefreshToken, Rotation};
use motel_tenancy::tokens::{Family, open_family, rotate};
use motel_tenancy::{Device, Permission, Permissions, queries, testing};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::front::{Front, Seen, access_tokens, app};

macro_rules! call {
    ($app:expr, $request:expr) => {
        Seen::of(call_service(&$app, $request.to_request()).await).await
    };
}

/// What the clock of a [`Front`] shows.
fn now() -> DateTime<Utc> {
    "2026-12-02T03:00:00Z".parse().unwrap()
}

fn who(word: &str) -> TestRequest {
    let bearer = format!("Bearer {word}");
    TestRequest::get()
        .uri("/who")
        .insert_header(("Authorization", bearer))
}

fn sign_in(password: &str) -> TestRequest {
    TestRequest::post()
        .uri("/api/v1/session/tokens")
        .set_json(json!({ "email": "rosa@motel.example", "password": password }))
}

fn refresh(token: &Value) -> TestRequest {
    TestRequest::post()
        .uri("/api/v1/session/tokens/refresh")
        .set_json(json!({ "refresh_token": token }))
}

async fn family(front: &Front) -> Family {
    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    let family = open_family(&mut tx, &front.rosa, &Device::default()).await;
    tx.commit().await.unwrap();
    family.unwrap()
}

fn grant(front: &Front, session: SessionId) -> Grant {
    Grant {
        tenant: front.demo.tenant,
        holder: Holder::Staff(front.rosa.id, session),
        permissions: Permissions::all(),
    }
}

fn word(tokens: &AccessTokens, grant: &Grant, at: DateTime<Utc>) -> String {
    let token = tokens.issue(grant, None, at).unwrap();
    token.word.expose_secret().to_owned()
}

async fn run(front: &Front, sql: &str) {
    front.db.admin().await.batch_execute(sql).await.unwrap();
}

async fn open_sessions(front: &Front) -> usize {
    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    queries::sessions_of(&mut tx, front.rosa.id)
        .await
        .unwrap()
        .len()
}

#[actix_web::test]
async fn a_program_of_a_member_signs_in_goes_on_and_signs_out() {
    let front = Front::open().await;
    let app = app!(front);
    for wrong in ["", "wrong horse battery"] {
        assert_eq!(call!(app, sign_in(wrong)).code(), "wrong_credentials");
    }
    let opened = call!(app, sign_in("battery horse staple"));
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    assert_eq!(opened.header("cache-control"), Some("no-store"));
    assert_eq!(opened.header("set-cookie"), None, "a token needs no cookie");
    let first = opened.json();
    assert_eq!(
        (&first["token_type"], &first["expires_in"]),
        (&json!("Bearer"), &json!(900))
    );
    assert!(first["scope"].as_str().unwrap().contains("folios:refund"));
    let seen = call!(app, who(first["access_token"].as_str().unwrap()));
    assert_eq!(seen.text, format!("staff:{} of DM001", front.rosa.id));

    let second = call!(app, refresh(&first["refresh_token"])).json();
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    let access = second["access_token"].as_str().unwrap();
    assert_eq!(call!(app, who(access)).status, StatusCode::OK);

    let out = TestRequest::delete().uri("/api/v1/session");
    let out = out.insert_header(("Authorization", format!("bEARER  {access}")));
    assert_eq!(call!(app, out).status, StatusCode::NO_CONTENT);
    assert_eq!(call!(app, who(access)).code(), "signed_out");
    assert_eq!(
        call!(app, refresh(&second["refresh_token"])).code(),
        "refresh_refused"
    );
    assert_eq!(open_sessions(&front).await, 0);
}

#[actix_web::test]
async fn signing_out_ends_the_cookie_whatever_else_is_sent() {
    let front = Front::open().await;
    let app = app!(front);
    for word in [
        "Bearer rmk_nothing",
        "Bearer a.b.c",
        "Basic cHJveHk6d29yZA==",
    ] {
        let credentials =
            json!({ "email": "rosa@motel.example", "password": "battery horse staple" });
        let enter = TestRequest::post().uri("/api/v1/session");
        let opened = call_service(&app, enter.set_json(credentials).to_request()).await;
        let cookie = opened.response().cookies().next().unwrap().into_owned();
        assert_eq!(open_sessions(&front).await, 1, "{word}");
        let out = TestRequest::delete().uri("/api/v1/session");
        let out = out.cookie(cookie).insert_header(("Authorization", word));
        assert_eq!(call!(app, out).status, StatusCode::NO_CONTENT, "{word}");
        assert_eq!(open_sessions(&front).await, 0, "{word}");
    }
}

#[actix_web::test]
async fn what_is_no_token_of_now_and_here_opens_nothing() {
    let front = Front::open().await;
    let app = app!(front);
    let ours = access_tokens();
    let session = family(&front).await.session;
    let grant = grant(&front, session);
    let good = word(&ours, &grant, now());
    assert_eq!(call!(app, who(&good)).status, StatusCode::OK);

    let elsewhere = AccessTokens::new(
        &"another secret".into(),
        "https://motel.example",
        Lifetime::default(),
    );
    let (head, rest) = good.split_once('.').unwrap();
    let (claims, signature) = rest.split_once('.').unwrap();
    // {"alg":"none","typ":"at+jwt"}
    let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    for (what, bad) in [
        (
            "expired",
            word(&ours, &grant, now() - TimeDelta::minutes(16)),
        ),
        (
            "not yet valid",
            word(&ours, &grant, now() + TimeDelta::minutes(1)),
        ),
        ("signed by somebody else", word(&elsewhere, &grant, now())),
        ("of no algorithm", format!("{unsigned}.{claims}.")),
        (
            "of no algorithm, with a signature",
            format!("{unsigned}.{claims}.{signature}"),
        ),
        ("without a signature", format!("{head}.{claims}.")),
        ("in other letters", good.to_lowercase()),
        ("with more behind it", format!("{good}.x")),
        ("empty parts", "..".to_owned()),
    ] {
        let refused = call!(app, who(&bad));
        assert_eq!(
            (refused.status.as_u16(), refused.code().as_str()),
            (401, "signed_out"),
            "{what}"
        );
    }
    // Clocks that differ a little do no harm.
    for seconds in [-15 * 60 - 29, 30] {
        let skewed = word(&ours, &grant, now() + TimeDelta::seconds(seconds));
        assert_eq!(call!(app, who(&skewed)).status, StatusCode::OK, "{seconds}");
    }
}

#[actix_web::test]
async fn a_token_names_a_session_of_that_member_of_that_tenant() {
    let front = Front::open().await;
    let app = app!(front);
    let other = testing::other_tenant(&front.db).await;
    let session = family(&front).await.session;
    let right = grant(&front, session);
    for wrong in [
        Grant {
            tenant: other.tenant,
            ..right
        },
        Grant {
            holder: Holder::Staff(StaffId::new(), session),
            ..right
        },
        Grant {
            holder: Holder::Staff(front.rosa.id, SessionId::new()),
            ..right
        },
    ] {
        let word = word(&access_tokens(), &wrong, now());
        assert_eq!(
            call!(app, who(&word)).status,
            StatusCode::UNAUTHORIZED,
            "{wrong:?}"
        );
    }
}

#[actix_web::test]
async fn what_ends_a_session_ends_its_tokens_at_once() {
    let front = Front::open().await;
    let app = app!(front);
    for end in [
        "UPDATE tenancy.sessions SET ended_at = greatest(now(), created_at)",
        "UPDATE tenancy.sessions SET created_at = now() - interval '13 hours',
                                     last_seen_at = now() - interval '12 hours'",
        "UPDATE tenancy.sessions SET created_at = now() - interval '30 days 2 seconds',
                                     expires_at = now() - interval '1 second'",
        "UPDATE tenancy.staff SET active = false",
    ] {
        run(&front, "UPDATE tenancy.staff SET active = true").await;
        let family = family(&front).await;
        let word = word(&access_tokens(), &grant(&front, family.session), now());
        assert_eq!(call!(app, who(&word)).status, StatusCode::OK);
        run(&front, end).await;
        assert_eq!(
            call!(app, who(&word)).status,
            StatusCode::UNAUTHORIZED,
            "{end}"
        );
        let token = json!(family.refresh.expose_secret());
        assert_eq!(
            call!(app, refresh(&token)).code(),
            "refresh_refused",
            "{end}"
        );
    }
}

#[actix_web::test]
async fn a_new_password_ends_the_tokens_of_the_old_one() {
    let front = Front::open().await;
    let app = app!(front);
    let cookie = call_service(&app, TestRequest::post().uri("/open").to_request()).await;
    let cookie = cookie.response().cookies().next().unwrap().into_owned();
    let tokens = call!(app, sign_in("battery horse staple")).json();
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(call!(app, who(access)).status, StatusCode::OK);
    let change = TestRequest::put().uri("/api/v1/session/password").set_json(
        json!({ "old_password": "battery horse staple", "new_password": "staple battery horse" }),
    );
    let changed = call!(app, change.cookie(cookie));
    assert_eq!(changed.status, StatusCode::NO_CONTENT, "{}", changed.text);
    assert_eq!(call!(app, who(access)).status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        call!(app, refresh(&tokens["refresh_token"])).code(),
        "refresh_refused"
    );
}

#[actix_web::test]
async fn a_token_gives_what_the_role_permits_now_and_no_more_than_it_says() {
    let front = Front::open().await;
    let app = app!(front);
    let session = family(&front).await.session;
    let full = word(&access_tokens(), &grant(&front, session), now());
    let keys = |word: &str| {
        let list = TestRequest::get().uri("/api/v1/api-keys");
        list.insert_header(("Authorization", format!("Bearer {word}")))
    };
    assert_eq!(call!(app, keys(&full)).status, StatusCode::OK);
    let narrow = Grant {
        permissions: [Permission::ReadRooms].into_iter().collect(),
        ..grant(&front, session)
    };
    let narrow = word(&access_tokens(), &narrow, now());
    assert!(call!(app, keys(&narrow)).text.contains("api-keys:read"));
    assert_eq!(call!(app, who(&narrow)).status, StatusCode::OK);

    run(&front, "UPDATE tenancy.staff SET role = 'housekeeping'").await;
    assert_eq!(call!(app, keys(&full)).code(), "forbidden");
}

#[actix_web::test]
async fn a_refresh_token_that_comes_back_ends_the_family_and_is_noted() {
    let front = Front::open().await;
    let app = app!(front);
    let first = call!(app, sign_in("battery horse staple")).json();
    let second = call!(app, refresh(&first["refresh_token"])).json();
    let access = second["access_token"].as_str().unwrap();
    assert_eq!(call!(app, who(access)).status, StatusCode::OK);

    assert_eq!(
        call!(app, refresh(&first["refresh_token"])).code(),
        "refresh_refused"
    );
    assert_eq!(call!(app, who(access)).status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        call!(app, refresh(&second["refresh_token"])).code(),
        "refresh_refused"
    );
    assert_eq!(noted(&front).await, 1);
    // Another sign-in is another family.
    let other = call!(app, sign_in("battery horse staple")).json();
    assert_eq!(
        call!(app, refresh(&first["refresh_token"])).code(),
        "refresh_refused"
    );
    assert_eq!(
        call!(app, refresh(&other["refresh_token"])).status,
        StatusCode::OK
    );
}

async fn noted(front: &Front) -> i64 {
    use diesel_async::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let noted = "SELECT count(*) FROM tenancy.refresh_tokens WHERE replayed_at IS NOT NULL";
    let count: Count = diesel::sql_query(noted)
        .get_result(&mut front.db.admin().await)
        .await
        .unwrap();
    count.count
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_refresh_at_once_one_goes_on() {
    let front = Front::open().await;
    let family = family(&front).await;
    let token = RefreshToken::parse(family.refresh.expose_secret()).unwrap();
    let db = front.db.db();
    // Both have begun before either asks.
    let mut one = db.tenant(front.demo.tenant).await.unwrap();
    let mut other = db.tenant(front.demo.tenant).await.unwrap();
    for tx in [&mut one, &mut other] {
        queries::sessions_of(tx, front.rosa.id).await.unwrap();
    }
    let asked = async |mut tx: motel_db::TenantTx| {
        let rotation = rotate(&mut tx, &token).await.unwrap();
        tx.commit().await.unwrap();
        rotation
    };
    let both = tokio::join!(asked(one), asked(other));
    let both = [both.0, both.1];
    let next: Vec<&SecretString> = both
        .iter()
        .filter_map(|rotation| match rotation {
            Rotation::Renewed(_, next) => Some(next),
            _ => None,
        })
        .collect();
    let refused = both
        .iter()
        .filter(|it| matches!(it, Rotation::Refused))
        .count();
    assert_eq!((next.len(), refused), (1, 1), "{both:?}");
    assert_eq!((open_sessions(&front).await, noted(&front).await), (1, 0));

    // What the one was given is good, once more.
    let next = RefreshToken::parse(next[0].expose_secret()).unwrap();
    let mut again = db.tenant(front.demo.tenant).await.unwrap();
    assert!(matches!(
        rotate(&mut again, &next).await.unwrap(),
        Rotation::Renewed(..)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_refreshes_while_another_does_is_refused_without_waiting_and_ends_nothing() {
    let front = Front::open().await;
    let family = family(&front).await;
    let token = RefreshToken::parse(family.refresh.expose_secret()).unwrap();
    let mut first = front.db.db().tenant(front.demo.tenant).await.unwrap();
    let renewed = rotate(&mut first, &token).await.unwrap();
    assert!(matches!(renewed, Rotation::Renewed(..)), "{renewed:?}");
    // This one begins after the first has exchanged it, and before anybody was told so.
    let mut second = front.db.db().tenant(front.demo.tenant).await.unwrap();
    let patience = std::time::Duration::from_secs(5);
    let asked = tokio::time::timeout(patience, rotate(&mut second, &token)).await;
    let refused = asked.unwrap().unwrap();
    assert!(matches!(refused, Rotation::Refused), "{refused:?}");
    first.commit().await.unwrap();
    second.commit().await.unwrap();
    assert_eq!((open_sessions(&front).await, noted(&front).await), (1, 0));
}

#[actix_web::test]
async fn texts_and_other_tenants_tokens_are_refused_alike() {
    let front = Front::open().await;
    let app = app!(front);
    let other = testing::other_tenant(&front.db).await;
    let family = family(&front).await;
    let text = family.refresh.expose_secret();
    let theirs = text.replace(
        &front.demo.tenant.as_uuid().simple().to_string(),
        &other.tenant.as_uuid().simple().to_string(),
    );
    assert_ne!(theirs, text);
    for wrong in [
        "",
        "rmr_",
        &text.to_uppercase(),
        &theirs,
        &front.key,
        "' OR 1=1 --",
    ] {
        assert_eq!(
            call!(app, refresh(&json!(wrong))).code(),
            "refresh_refused",
            "{wrong}"
        );
    }
    // A refresh token opens no route, and an access token refreshes nothing.
    assert_eq!(call!(app, who(text)).status, StatusCode::UNAUTHORIZED);
    let access = word(&access_tokens(), &grant(&front, family.session), now());
    assert_eq!(
        call!(app, refresh(&json!(access))).code(),
        "refresh_refused"
    );
    assert_eq!(call!(app, refresh(&json!(text))).status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_forgotten_with_their_session_and_never_printed() {
    let front = Front::open().await;
    let family = family(&front).await;
    assert!(!format!("{family:?}").contains(family.refresh.expose_secret()));
    run(
        &front,
        "UPDATE tenancy.sessions SET created_at = now() - interval '31 days', expires_at = now()",
    )
    .await;
    let swept = motel_tenancy::commands::sweep_sessions(front.db.db()).await;
    assert_eq!(swept.unwrap(), 1);
    let token = RefreshToken::parse(family.refresh.expose_secret()).unwrap();
    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    assert!(matches!(
        rotate(&mut tx, &token).await.unwrap(),
        Rotation::Refused
    ));
}

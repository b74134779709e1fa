use std::collections::BTreeSet;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use diesel_async::SimpleAsyncConnection;
use motel_db::TenantTx;
use motel_kernel::StaffId;
use motel_tenancy::commands::{end_session, end_sessions_of, open_session, sweep_sessions};
use motel_tenancy::{Device, TenancyError, queries, testing};

use crate::front::{Front, app};

/// Signs Rosa in and keeps the cookie; with a cookie to bring along, as a browser that was signed in before.
macro_rules! enter {
    ($app:expr $(, $cookie:expr)?) => {{
        let request = TestRequest::post().uri("/open")$(.cookie($cookie))?;
        let answer = call_service(&$app, request.to_request()).await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        answer.response().cookies().next().unwrap().into_owned()
    }};
}

macro_rules! ask {
    ($app:expr, $cookie:expr) => {
        call_service(&$app, ask_with($cookie).to_request()).await
    };
}

fn ask_with(cookie: &Cookie<'static>) -> TestRequest {
    TestRequest::get().uri("/who").cookie(cookie.clone())
}

async fn tx(front: &Front) -> TenantTx {
    front.db.db().tenant(front.demo.tenant).await.unwrap()
}

async fn run(front: &Front, sql: &str) {
    front.db.admin().await.batch_execute(sql).await.unwrap();
}

#[actix_web::test]
async fn signing_in_again_makes_a_new_session_and_ends_the_one_before() {
    let front = Front::open().await;
    let app = app!(front);
    let first = enter!(app);
    let second = enter!(app, first.clone());
    assert_ne!(first.value(), second.value());
    assert_eq!(ask!(app, &first).status(), StatusCode::UNAUTHORIZED);
    assert_eq!(ask!(app, &second).status(), StatusCode::OK);

    // Another browser is none of that one's business.
    let elsewhere = enter!(app);
    assert_eq!(ask!(app, &second).status(), StatusCode::OK);
    assert_eq!(ask!(app, &elsewhere).status(), StatusCode::OK);
}

#[actix_web::test]
async fn what_ends_a_session_ends_it_at_once() {
    let front = Front::open().await;
    let app = app!(front);
    for end in [
        "UPDATE tenancy.sessions SET ended_at = now()",
        "UPDATE tenancy.sessions SET created_at = now() - interval '30 days 2 seconds',
                                     expires_at = now() - interval '1 second'",
        "UPDATE tenancy.sessions SET created_at = now() - interval '13 hours',
                                     last_seen_at = now() - interval '12 hours'",
        "UPDATE tenancy.staff SET active = false",
    ] {
        run(&front, "UPDATE tenancy.staff SET active = true").await;
        let cookie = enter!(app);
        assert_eq!(ask!(app, &cookie).status(), StatusCode::OK);
        run(&front, end).await;
        let refused = ask!(app, &cookie);
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED, "{end}");
    }
}

#[actix_web::test]
async fn use_is_noted_once_a_minute_and_the_cookie_lasts_as_long_again() {
    let front = Front::open().await;
    let app = app!(front);
    let cookie = enter!(app);
    let seen = async || {
        let sessions = queries::sessions_of(&mut tx(&front).await, front.rosa.id).await;
        sessions.unwrap()[0].last_seen_at
    };
    let opened = seen().await;
    let answer = ask!(app, &cookie);
    assert!(answer.response().cookies().next().is_none());
    assert_eq!(seen().await, opened, "within the minute nothing is written");

    let back = "UPDATE tenancy.sessions SET created_at = now() - interval '2 hours',
                                            last_seen_at = now() - interval '61 seconds'";
    run(&front, back).await;
    let answer = ask!(app, &cookie);
    assert!(answer.response().cookies().next().is_some());
    assert!(seen().await >= opened);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_sessions_end_except_the_one_that_asks() {
    let front = Front::open().await;
    let (rosa, mut tx) = (front.rosa.id, tx(&front).await);
    let mut opened = Vec::new();
    for browser in ["Desk", "Telephone", "Library"] {
        let device = Device::new(browser, "192.0.2.7".parse().ok());
        opened.push(open_session(&mut tx, &front.rosa, &device).await.unwrap());
    }
    let tokens: BTreeSet<_> = opened.iter().map(|it| format!("{:?}", it.token)).collect();
    assert_eq!(tokens.len(), 1, "a token is printed: {tokens:?}");
    let listed = queries::sessions_of(&mut tx, rosa).await.unwrap();
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[0].address.as_deref(), Some("192.0.2.7"));

    let kept = opened[1].id;
    assert_eq!(end_sessions_of(&mut tx, rosa, Some(kept)).await.unwrap(), 2);
    let left = queries::sessions_of(&mut tx, rosa).await.unwrap();
    assert_eq!((left.len(), left[0].id), (1, kept));
    let stranger = StaffId::new();
    assert!(!end_session(&mut tx, stranger, kept).await.unwrap());
    assert!(end_session(&mut tx, rosa, kept).await.unwrap());
    assert!(!end_session(&mut tx, rosa, kept).await.unwrap());
    assert_eq!(end_sessions_of(&mut tx, rosa, None).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_neither_opens_nor_ends_nor_lists_them() {
    let front = Front::open().await;
    let other = testing::other_tenant(&front.db).await;
    let rosa = front.rosa.id;
    let mut ours = tx(&front).await;
    let opened = open_session(&mut ours, &front.rosa, &Device::default())
        .await
        .unwrap();
    ours.commit().await.unwrap();

    let mut theirs = front.db.db().tenant(other.tenant).await.unwrap();
    assert_eq!(queries::sessions_of(&mut theirs, rosa).await.unwrap(), []);
    assert!(!end_session(&mut theirs, rosa, opened.id).await.unwrap());
    assert_eq!(end_sessions_of(&mut theirs, rosa, None).await.unwrap(), 0);
    let refused = open_session(&mut theirs, &front.rosa, &Device::default()).await;
    assert!(
        matches!(refused, Err(TenancyError::NotFound(_))),
        "{refused:?}"
    );
    drop(theirs);
    let still = queries::sessions_of(&mut tx(&front).await, rosa).await;
    assert_eq!(still.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_showed_a_password_that_was_changed_meanwhile_gets_no_session() {
    let front = Front::open().await;
    for change in ["password_hash = password_hash || 'x'", "active = false"] {
        run(&front, &format!("UPDATE tenancy.staff SET {change}")).await;
        let mut tx = tx(&front).await;
        let refused = open_session(&mut tx, &front.rosa, &Device::default()).await;
        assert!(
            matches!(refused, Err(TenancyError::NotFound(_))),
            "{change}: {refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_opened_while_others_are_being_ended_ends_as_well() {
    let front = Front::open().await;
    let mut ending = tx(&front).await;
    // Now the transaction has its time.
    queries::sessions_of(&mut ending, front.rosa.id)
        .await
        .unwrap();
    let mut opening = tx(&front).await;
    open_session(&mut opening, &front.rosa, &Device::default())
        .await
        .unwrap();
    opening.commit().await.unwrap();
    let ended = end_sessions_of(&mut ending, front.rosa.id, None).await;
    assert_eq!(ended.unwrap(), 1);
    ending.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_that_cannot_go_on_are_forgotten() {
    let front = Front::open().await;
    let mut tx = tx(&front).await;
    for _ in 0..2 {
        open_session(&mut tx, &front.rosa, &Device::default())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let old =
        "UPDATE tenancy.sessions SET created_at = now() - interval '31 days', expires_at = now()
               WHERE id = (SELECT min(id::text)::uuid FROM tenancy.sessions)";
    run(&front, old).await;
    assert_eq!(sweep_sessions(front.db.db()).await.unwrap(), 1);
    assert_eq!(sweep_sessions(front.db.db()).await.unwrap(), 0);
}

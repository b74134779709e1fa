use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use diesel_async::SimpleAsyncConnection;
use motel_kernel::Email;
use motel_tenancy::commands::create_staff;
use motel_tenancy::{NewStaff, Role};
use serde_json::{Value, json};

use crate::front::{Front, Seen, app};

async fn take_in_dana(front: &Front) {
    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    let new = NewStaff {
        email: Email::parse("dana@motel.example").unwrap(),
        password: "correct horse battery".into(),
        display_name: "Dana".to_owned(),
        role: Role::Owner,
    };
    create_staff(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn make_sandbox(front: &Front) {
    let sandbox = "UPDATE tenancy.tenants SET sandbox = true";
    front.db.admin().await.batch_execute(sandbox).await.unwrap();
}

fn credentials(password: &str) -> Value {
    json!({ "email": "dana@motel.example", "password": password })
}

macro_rules! call {
    ($app:expr, $request:expr) => {
        Seen::of(call_service(&$app, $request.to_request()).await).await
    };
}

#[actix_web::test]
async fn staff_sign_in_make_a_key_for_a_program_and_take_it_away() {
    let front = Front::open().await;
    take_in_dana(&front).await;
    let app = app!(front);
    let session = || TestRequest::post().uri("/api/v1/session");

    for wrong in ["", "wrong horse battery", &"x".repeat(5_000)] {
        let refused = call!(app, session().set_json(credentials(wrong)));
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{wrong}");
        assert_eq!(refused.code(), "wrong_credentials");
    }
    let opened = call_service(
        &app,
        session()
            .set_json(credentials("correct horse battery"))
            .to_request(),
    )
    .await;
    let cookie = opened.response().cookies().next().unwrap().into_owned();
    let who = Seen::of(opened).await.json();
    assert_eq!(who["tenant"], "demo-motel");
    let show = TestRequest::get()
        .uri("/api/v1/session")
        .cookie(cookie.clone());
    assert_eq!(call!(app, show).json(), who);

    let keys = |id: &str| format!("/api/v1/api-keys{id}");
    let make = TestRequest::post()
        .uri(&keys(""))
        .set_json(json!({ "name": "a program" }));
    let made = call!(app, make.cookie(cookie.clone()));
    assert_eq!(made.status, StatusCode::CREATED);
    let (made, bearer) = (
        made.json(),
        format!("Bearer {}", made.json()["secret"].as_str().unwrap()),
    );
    let program = |request: TestRequest| request.insert_header(("Authorization", bearer.clone()));

    let list = TestRequest::get().uri(&keys("?limit=1"));
    let first = call!(app, program(list)).json();
    assert_eq!(first["data"][0]["name"], "first");
    let next = first["next_cursor"].as_str().unwrap();
    let list = TestRequest::get().uri(&keys(&format!("?limit=1&cursor={next}")));
    let second = call!(app, program(list)).json();
    assert_eq!(second["data"][0], made["key"]);
    assert_eq!(second["next_cursor"], Value::Null);
    assert!(!second.to_string().contains(&bearer["Bearer ".len()..]));

    let another = TestRequest::post()
        .uri(&keys(""))
        .set_json(json!({ "name": "b" }));
    assert_eq!(call!(app, program(another)).code(), "staff_only");

    let id = format!("/{}", made["key"]["id"].as_str().unwrap());
    let revoke = |query: &str| TestRequest::delete().uri(&keys(&format!("{id}{query}")));
    let tried = call!(app, revoke("?dry_run=true").cookie(cookie.clone()));
    assert_eq!(tried.header("dry-run"), Some("true"));
    let show = || TestRequest::get().uri("/api/v1/session");
    assert_eq!(call!(app, program(show())).status, StatusCode::OK);
    let revoked = call!(app, revoke("").cookie(cookie.clone()));
    assert_eq!(revoked.status, StatusCode::NO_CONTENT);
    assert_eq!(call!(app, program(show())).status, StatusCode::UNAUTHORIZED);
    for unknown in ["/nonsense", "/01890a5d-ac96-774b-bcce-b302099a8057"] {
        let revoke = TestRequest::delete().uri(&keys(unknown));
        assert_eq!(
            call!(app, revoke.cookie(cookie.clone())).status,
            StatusCode::NOT_FOUND
        );
    }

    let out = call_service(
        &app,
        TestRequest::delete().uri("/api/v1/session").to_request(),
    )
    .await;
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
}

#[actix_web::test]
async fn a_sandbox_clock_goes_forward_and_what_is_read_goes_with_it() {
    let front = Front::open().await;
    make_sandbox(&front).await;
    let app = app!(front);
    let bearer = format!("Bearer {}", front.key);
    let ours = |request: TestRequest| request.insert_header(("Authorization", bearer.clone()));
    let read = || ours(TestRequest::get().uri("/api/v1/clock"));
    let turn = |query: &str, body: Value| {
        let post = TestRequest::post().uri(&format!("/api/v1/clock{query}"));
        ours(post.set_json(body))
    };

    // 03:00 in London is the evening before in New York.
    let start = call!(app, read()).json();
    assert_eq!(start["now"], "2026-12-02T03:00:00Z");
    assert_eq!(start["today"], "2026-12-01");

    let tried = call!(
        app,
        turn("?dry_run=true", json!({ "advance_by_seconds": 7200 }))
    );
    assert_eq!(tried.json()["now"], "2026-12-02T05:00:00Z");
    assert_eq!(call!(app, read()).json(), start);

    let moved = call!(app, turn("", json!({ "advance_by_seconds": 7200 }))).json();
    assert_eq!(moved["now"], "2026-12-02T05:00:00Z");
    assert_eq!(moved["today"], "2026-12-02");
    assert_eq!(call!(app, read()).json(), moved);

    let later = json!({ "set_to": "2027-12-01T00:00:00-05:00" });
    let later = call!(app, turn("", later)).json();
    assert_eq!(later["now"], "2027-12-01T05:00:00Z");
    let back = call!(app, turn("", json!({ "set_to": "2027-01-01T00:00:00Z" })));
    assert_eq!(
        (back.status.as_u16(), back.code().as_str()),
        (409, "clock_refused")
    );
    for slip in [
        json!({}),
        json!({ "advance_by_seconds": -1 }),
        json!({ "advance_by_seconds": i64::MAX }),
        json!({ "advance_by_seconds": 1, "set_to": "2028-01-01T00:00:00Z" }),
        json!({ "set_to": "tomorrow" }),
    ] {
        assert_eq!(
            call!(app, turn("", slip.clone())).status.as_u16(),
            422,
            "{slip}"
        );
    }
    assert_eq!(call!(app, read()).json(), later);
}

#[actix_web::test]
async fn the_clock_of_real_business_is_not_moved() {
    let front = Front::open().await;
    let app = app!(front);
    let post = TestRequest::post()
        .uri("/api/v1/clock")
        .insert_header(("Authorization", format!("Bearer {}", front.key)))
        .set_json(json!({ "advance_by_seconds": 1 }));
    let refused = call!(app, post);
    assert_eq!(
        (refused.status.as_u16(), refused.code().as_str()),
        (403, "not_a_sandbox")
    );
}

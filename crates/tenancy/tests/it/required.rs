//! A business that asks everybody for a second factor.

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use diesel_async::SimpleAsyncConnection;
use motel_tenancy::Role;
use motel_tenancy::TenancyError;
use motel_tenancy::second_factor::{is_second_factor_required, require_second_factor};
use motel_tenancy::team::TeamRefusal;

use crate::crew::Crew;
use crate::front::{Front, Seen, app};

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_decides_for_their_business_alone() {
    let crew = Crew::open().await;
    let max = crew.take_in("max@motel.example", Role::Manager).await;
    let mut tx = crew.db.db().tenant(crew.demo.tenant).await.unwrap();
    let refused = require_second_factor(&mut tx, max.id, true).await;
    assert!(matches!(
        refused,
        Err(TenancyError::Team(TeamRefusal::BeyondRole))
    ));
    require_second_factor(&mut tx, crew.owner.id, true)
        .await
        .unwrap();
    assert!(is_second_factor_required(&mut tx).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = crew.db.db().tenant(crew.other.tenant).await.unwrap();
    assert!(!is_second_factor_required(&mut tx).await.unwrap());
}

#[actix_web::test]
async fn who_has_none_may_do_nothing_else_and_programs_go_on() {
    let front = Front::open().await;
    let app = app!(front);
    let open = TestRequest::post().uri("/open").to_request();
    let opened = call_service(&app, open).await;
    let cookie = opened.response().cookies().next().unwrap().into_owned();
    let who = || TestRequest::get().uri("/who").cookie(cookie.clone());
    assert_eq!(
        call_service(&app, who().to_request()).await.status(),
        StatusCode::OK
    );

    let require = "UPDATE tenancy.tenants SET second_factor_required = true";
    front.db.admin().await.batch_execute(require).await.unwrap();
    for (method, path) in [
        ("GET", "/who"),
        ("POST", "/keys"),
        ("POST", "/desk/refunds"),
        ("GET", "/api/v1/session"),
        ("GET", "/api/v1/sessions"),
        ("PUT", "/api/v1/session/password"),
    ] {
        let request = TestRequest::with_uri(path).method(method.parse().unwrap());
        let request = request
            .cookie(cookie.clone())
            .set_json(serde_json::json!({}));
        let seen = Seen::of(call_service(&app, request.to_request()).await).await;
        assert_eq!(
            (seen.status, seen.code().as_str()),
            (StatusCode::FORBIDDEN, "second_factor_required"),
            "{path}"
        );
    }
    let program = TestRequest::get()
        .uri("/who")
        .insert_header(("authorization", format!("Bearer {}", front.key)));
    assert_eq!(
        call_service(&app, program.to_request()).await.status(),
        StatusCode::OK
    );
    let have = "UPDATE tenancy.staff SET second_factor_at = now()";
    front.db.admin().await.batch_execute(have).await.unwrap();
    assert_eq!(
        call_service(&app, who().to_request()).await.status(),
        StatusCode::OK
    );
    let out = TestRequest::delete()
        .uri("/api/v1/session")
        .cookie(cookie.clone());
    assert_eq!(
        call_service(&app, out.to_request()).await.status(),
        StatusCode::NO_CONTENT
    );
}

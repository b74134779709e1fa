use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpRequest, HttpResponse, test, web};
use motel_kernel::{Clock, Email, FixedClock};
use motel_tenancy::commands::create_staff;
use motel_tenancy::http::{
    CurrentClock, PublicTenant, StaffFragment, StaffPage, close_session, open_session,
};
use motel_tenancy::testing::{self, DemoTenant};
use motel_tenancy::{Directory, NewStaff, Role, Staff, may};
use motel_testkit::TestDb;
use motel_web::{Problem, SessionSettings, session_middleware};
use serde_json::Value;

async fn today(place: PublicTenant, clock: CurrentClock) -> String {
    format!("{} {}", place.slug, place.property.today(&*clock))
}

async fn greet(staff: StaffFragment<may::BeKnown>) -> String {
    staff.display_name.clone()
}

async fn page(staff: StaffPage<may::ReadGuests>) -> String {
    staff.display_name.clone()
}

async fn open(request: HttpRequest, staff: web::Data<Staff>) -> Result<HttpResponse, Problem> {
    open_session(&request, &staff).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn close(request: HttpRequest) -> Result<HttpResponse, Problem> {
    close_session(&request).await?;
    Ok(HttpResponse::NoContent().finish())
}

macro_rules! app {
    ($db:expr, $demo:expr) => {{
        let directory = Directory::new($db.db().clone(), $demo.slug.clone());
        let clock: Arc<dyn Clock> =
            Arc::new(FixedClock::at("2026-12-02T03:00:00Z".parse().unwrap()));
        let settings = SessionSettings {
            secret: "a secret of a test".into(),
            secure: false,
        };
        test::init_service(
            App::new()
                .wrap(session_middleware(&settings))
                .wrap(from_fn(motel_web::request_context))
                .app_data(web::Data::new(directory))
                .app_data(web::Data::new(clock))
                .app_data(web::Data::new($db.db().clone()))
                .app_data(web::Data::new(dana(&$db, &$demo).await))
                .route("/today", web::get().to(today))
                .route("/t/{tenant}/today", web::get().to(today))
                .route("/api/greet", web::get().to(greet))
                .route("/page", web::get().to(page))
                .route("/open", web::post().to(open))
                .route("/close", web::post().to(close)),
        )
        .await
    }};
}

async fn dana(db: &TestDb, demo: &DemoTenant) -> Staff {
    let dana = NewStaff {
        email: Email::parse("dana@motel.example").unwrap(),
        password: "correct horse battery".into(),
        display_name: "Dana".to_owned(),
        role: Role::Owner,
    };
    let mut tx = db.db().tenant(demo.tenant).await.unwrap();
    let dana = create_staff(&mut tx, &dana).await.unwrap();
    tx.commit().await.unwrap();
    dana
}

#[actix_web::test]
async fn the_path_or_the_default_names_the_tenant() {
    let db = TestDb::new(&["tenancy"]).await;
    let demo = testing::demo_tenant(&db).await;
    testing::other_tenant(&db).await;
    let app = app!(db, demo);
    for (path, text) in [
        ("/today", "demo-motel 2026-12-01"),
        ("/t/other-motel/today", "other-motel 2026-12-01"),
    ] {
        let body =
            test::call_and_read_body(&app, test::TestRequest::get().uri(path).to_request()).await;
        assert_eq!(body, text);
    }
}

#[actix_web::test]
async fn an_unknown_tenant_is_a_404() {
    let db = TestDb::new(&["tenancy"]).await;
    let demo = testing::demo_tenant(&db).await;
    let app = app!(db, demo);
    for slug in ["nobody", "Demo-Motel", "%27--", "%00", &"x".repeat(3_000)] {
        let request = test::TestRequest::get()
            .uri(&format!("/t/{slug}/today"))
            .to_request();
        let response = test::call_service(&app, request).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{slug}");
        let problem: Value = test::read_body_json(response).await;
        assert_eq!(problem["code"], "unknown_tenant", "{slug}");
    }
}

#[actix_web::test]
async fn staff_pages_open_after_sign_in_only() {
    let db = TestDb::new(&["tenancy"]).await;
    let demo = testing::demo_tenant(&db).await;
    let app = app!(db, demo);
    let get = |path: &str| test::TestRequest::get().uri(path);

    let refused = test::call_service(&app, get("/api/greet").to_request()).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let sent_away = test::call_service(&app, get("/page").to_request()).await;
    assert_eq!(sent_away.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        sent_away.headers().get(LOCATION).unwrap(),
        "/console/sign-in"
    );

    let opened =
        test::call_service(&app, test::TestRequest::post().uri("/open").to_request()).await;
    let cookie = opened.response().cookies().next().unwrap().into_owned();
    for path in ["/api/greet", "/page"] {
        let body =
            test::call_and_read_body(&app, get(path).cookie(cookie.clone()).to_request()).await;
        assert_eq!(body, "Dana", "{path}");
    }

    let mut forged = cookie.clone();
    forged.set_value(format!("{}x", cookie.value()));
    let refused = test::call_service(&app, get("/api/greet").cookie(forged).to_request()).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);

    let close = test::TestRequest::post()
        .uri("/close")
        .cookie(cookie.clone())
        .to_request();
    let closed = test::call_service(&app, close).await;
    let emptied = closed.response().cookies().next().unwrap().into_owned();
    // A copy that somebody kept is worth as little.
    for cookie in [emptied, cookie] {
        let refused = test::call_service(&app, get("/api/greet").cookie(cookie).to_request()).await;
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    }
}

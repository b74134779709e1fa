use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, read_body_json};
use actix_web::{App, web};
use motel_housekeeping::http::configure_staff;
use motel_kernel::{Clock, FixedClock};
use motel_tenancy::Directory;
use motel_web::{SessionSettings, session_middleware};
use serde_json::{Value, json};

use crate::house::{House, PASSWORD, day, noon};

/// The staff interface with sign-in and housekeeping, on the second day.
macro_rules! app {
    ($house:expr) => {{
        let db = $house.db.db().clone();
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(noon(day(1))));
        let settings = SessionSettings {
            secret: "a secret of a test".into(),
            secure: false,
        };
        let staff = web::scope("/api/v1")
            .configure(motel_tenancy::http::configure_staff)
            .configure(configure_staff);
        init_service(
            App::new()
                .wrap(session_middleware(&settings))
                .wrap(from_fn(motel_web::request_context))
                .app_data(web::Data::new(Directory::new(
                    db.clone(),
                    $house.demo.slug.clone(),
                )))
                .app_data(web::Data::new(db))
                .app_data(web::Data::new(clock))
                .service(staff)
                .configure(motel_web::configure),
        )
        .await
    }};
}

#[actix_web::test]
async fn a_day_on_the_telephone() {
    let house = House::open().await;
    let stay = house.guest(day(0), 3).await;
    let rosa = house.member("rosa@motel.example").await;
    let app = app!(house);
    let credentials = json!({ "email": "rosa@motel.example", "password": PASSWORD });
    let sign_in = TestRequest::post()
        .uri("/api/v1/session")
        .set_json(credentials);
    let signed_in = call_service(&app, sign_in.to_request()).await;
    let cookie = signed_in.response().cookies().next().unwrap().into_owned();
    macro_rules! ask {
        ($request:expr, $path:expr) => {{
            let request = $request
                .uri(&format!("/api/v1/housekeeping{}", $path))
                .cookie(cookie.clone());
            let response = call_service(&app, request.to_request()).await;
            let status = response.status();
            let body: Value = read_body_json(response).await;
            (status.as_u16(), body)
        }};
    }

    let tried = ask!(TestRequest::post(), "/plan?dry_run=true").1;
    assert_eq!(tried["made"].as_array().unwrap().len(), 1);
    let none = ask!(TestRequest::get(), "/tasks").1;
    assert_eq!(none["data"], json!([]));
    let planned = ask!(TestRequest::post(), "/plan").1;
    let task = &planned["made"][0];
    assert_eq!(task["kind"], "stay_over");
    assert_eq!(task["unit_id"], stay.unit.unwrap().to_string());
    assert_eq!(task["allowed_actions"], json!(["assign", "start"]));
    let of = format!("/tasks/{}", task["id"].as_str().unwrap());

    let early = ask!(TestRequest::post(), format!("{of}/actions/done"));
    assert_eq!(
        (early.0, early.1["code"].as_str()),
        (409, Some("wrong_state"))
    );
    let stale = TestRequest::post().insert_header(("If-Match", "\"9\""));
    let stale = ask!(stale, format!("{of}/actions/start"));
    assert_eq!(
        (stale.0, stale.1["code"].as_str()),
        (412, Some("version_mismatch"))
    );
    let note = TestRequest::patch().set_json(json!({ "note": "dog in the room" }));
    assert_eq!(ask!(note, of).1["note"], "dog in the room");
    let give = TestRequest::post().set_json(json!({ "assignee": rosa.to_string() }));
    assert_eq!(
        ask!(give, format!("{of}/actions/assign")).1["status"],
        "assigned"
    );
    let mine = ask!(
        TestRequest::get(),
        "/tasks?date=2026-12-02&assignee=me&status=assigned"
    )
    .1;
    assert_eq!(mine["data"][0]["id"], task["id"]);
    assert_eq!(mine["next_cursor"], Value::Null);
    ask!(TestRequest::post(), format!("{of}/actions/start"));
    ask!(TestRequest::post(), format!("{of}/actions/done"));
    let look = TestRequest::post().set_json(json!({ "passed": true }));
    let seen = ask!(look, format!("{of}/actions/inspect"));
    assert_eq!(
        (seen.0, seen.1["status"].as_str()),
        (200, Some("inspected"))
    );

    let first = ask!(TestRequest::get(), "/units?limit=4").1;
    let next = first["next_cursor"].as_str().unwrap().to_owned();
    let second = ask!(TestRequest::get(), format!("/units?limit=10&cursor={next}")).1;
    let all: Vec<&Value> = [&first, &second]
        .iter()
        .flat_map(|page| page["data"].as_array().unwrap())
        .collect();
    assert_eq!(all.len(), 10);
    let inspected: Vec<_> = all
        .iter()
        .filter(|unit| unit["condition"] == "inspected")
        .collect();
    assert_eq!(inspected.len(), 1);
    assert_eq!(inspected[0]["occupied"], true);

    let rule = ask!(TestRequest::get(), "/rule").1;
    assert_eq!(rule["linen_every"], 3);
    let mut wanted = rule.clone();
    wanted.as_object_mut().unwrap().remove("version");
    wanted["linen_every"] = json!(31);
    let refused = ask!(TestRequest::put().set_json(&wanted), "/rule");
    assert_eq!(refused.1["errors"][0]["field"], "linen_every");
    wanted["linen_every"] = json!(2);
    let put = ask!(TestRequest::put().set_json(&wanted), "/rule");
    assert_eq!((put.0, put.1["version"].as_i64()), (200, Some(2)));
}

#[actix_web::test]
async fn slips_are_refused_and_strangers_stay_outside() {
    let house = House::open().await;
    let app = app!(house);
    let outside = TestRequest::get().uri("/api/v1/housekeeping/tasks");
    let outside = call_service(&app, outside.to_request()).await;
    assert_eq!(outside.status(), StatusCode::UNAUTHORIZED);
    let mut tx = house.tx().await;
    let key = motel_tenancy::commands::create_api_key(&mut tx, "t", motel_kernel::Actor::System)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let bearer = format!(
        "Bearer {}",
        secrecy::ExposeSecret::expose_secret(&key.secret)
    );
    let unknown = "01890a5d-ac96-774b-bcce-b302099a8057";
    for (request, path, status) in [
        (TestRequest::get(), "/tasks?status=lost", 422),
        (TestRequest::get(), "/tasks?assignee=rosa", 422),
        (TestRequest::get(), "/tasks?date=tomorrow", 422),
        (TestRequest::get(), "/tasks?cursor=x", 422),
        (TestRequest::get(), "/tasks?assignee=me", 200),
        (TestRequest::get(), "/tasks/x", 404),
        (TestRequest::get(), &format!("/tasks/{unknown}"), 404),
        (
            TestRequest::post(),
            &format!("/tasks/{unknown}/actions/start"),
            404,
        ),
        (TestRequest::post(), "/plan?date=2027-12-01", 422),
        (TestRequest::post(), "/plan?date=+262142-12-31", 422),
    ] {
        let request = request
            .uri(&format!("/api/v1/housekeeping{path}"))
            .insert_header(("Authorization", bearer.as_str()));
        let answer = call_service(&app, request.to_request()).await;
        assert_eq!(answer.status().as_u16(), status, "{path}");
    }
}

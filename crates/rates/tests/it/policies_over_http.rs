use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_kernel::Actor;
use motel_rates::queries;
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::{Motel, noon, request, stay};

/// Sends a request with a key of the tenant; answers status and body.
macro_rules! send {
    ($app:expr, $key:expr, $request:expr) => {{
        let bearer = format!("Bearer {}", $key);
        let request = $request.insert_header(("Authorization", bearer));
        let answer = call_service(&$app, request.to_request()).await;
        let status = answer.status();
        let body = read_body(answer).await;
        let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
        (status, body)
    }};
}

fn strict() -> Value {
    json!({
        "code": "strict",
        "name": "Strict",
        "rules": [
            { "from": { "anchor": "creation", "hours_after": 0 }, "fee": { "basis_points": 1_000 } },
            { "from": { "anchor": "arrival_days", "days_before": 7, "at": "18:00:00" }, "fee": { "basis_points": 10_000, "first_nights": 1 } },
            { "from": { "anchor": "arrival_hours", "hours_before": 24 }, "fee": { "basis_points": 10_000 } },
        ],
        "no_show": { "basis_points": 10_000, "fixed_minor": 500 },
        "rate_plans": ["standard"],
    })
}

#[actix_web::test]
async fn a_policy_is_made_named_by_a_plan_and_taken_away() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let key = create_api_key(&mut tx, "test", Actor::System)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let key = key.secret.expose_secret().to_owned();
    let directory = Directory::new(motel.database.db().clone(), motel.demo.slug.clone());
    let app = init_service(
        App::new()
            .app_data(web::Data::new(motel.database.db().clone()))
            .app_data(web::Data::new(directory))
            .service(web::scope("/api/v1").configure(motel_rates::http::configure_staff)),
    )
    .await;
    let post = |body: Value| {
        TestRequest::post()
            .uri("/api/v1/cancellation-policies")
            .set_json(body)
    };
    let (status, made) = send!(app, key, post(strict()));
    assert_eq!(status, StatusCode::CREATED, "{made}");
    assert_eq!(made["rate_plans"], json!(["standard"]));
    assert_eq!(made["rules"][1]["from"], strict()["rules"][1]["from"]);
    let (status, again) = send!(app, key, post(strict()));
    assert_eq!(
        (status, &again["code"]),
        (StatusCode::CONFLICT, &json!("code_taken"))
    );

    // Thursday, 10 December, and the night after: 120 and 144 and 12 %, booked at noon of the 1st.
    let steps = async || {
        let found = motel.search(&request(stay(9, 2), 2, 0, 0)).await;
        let terms = found.offers[0].terms().clone();
        let steps = terms.cancellation.iter();
        let steps: Vec<_> = steps
            .map(|step| (step.from.to_string(), step.fee.minor()))
            .collect();
        (steps, terms.no_show_fee.minor())
    };
    let step = |from: &str, fee: i64| (from.to_owned(), fee);
    assert_eq!(
        steps().await,
        (
            vec![
                step(&noon(0).to_string(), 2_957),
                step("2026-12-03 23:00:00 UTC", 13_440),
                step("2026-12-09 20:00:00 UTC", 29_568),
            ],
            29_568
        )
    );

    let path = format!(
        "/api/v1/cancellation-policies/{}",
        made["id"].as_str().unwrap()
    );
    let mut unknown = strict();
    unknown["rate_plans"] = json!(["none"]);
    let put = |body: &Value| TestRequest::put().uri(&path).set_json(body);
    let (status, _) = send!(app, key, put(&unknown).insert_header(("If-Match", "\"1\"")));
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, _) = send!(app, key, put(&strict()));
    assert_eq!(status, StatusCode::PRECONDITION_REQUIRED);
    let mut nobody = strict();
    nobody["rate_plans"] = json!([]);
    let (status, changed) = send!(app, key, put(&nobody).insert_header(("If-Match", "\"1\"")));
    assert_eq!((status, &changed["version"]), (StatusCode::OK, &json!(2)));
    // Now the plan goes by the house again: the first night, from 24 hours before.
    let house = (vec![step("2026-12-09 20:00:00 UTC", 13_440)], 13_440);
    assert_eq!(steps().await, house);

    let (status, _) = send!(
        app,
        key,
        put(&strict()).insert_header(("If-Match", "\"2\""))
    );
    assert_eq!(status, StatusCode::OK);
    let delete = TestRequest::delete()
        .uri(&path)
        .insert_header(("If-Match", "\"3\""));
    assert_eq!(send!(app, key, delete).0, StatusCode::NO_CONTENT);
    assert_eq!(steps().await, house);
    let mut tx = motel.tx().await;
    let left = queries::cancellation_policies(&mut tx, motel.property.id)
        .await
        .unwrap();
    assert_eq!(left, []);
}

#[actix_web::test]
async fn rules_out_of_bounds_are_named() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let key = create_api_key(&mut tx, "test", Actor::System)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let key = key.secret.expose_secret().to_owned();
    let directory = Directory::new(motel.database.db().clone(), motel.demo.slug.clone());
    let app = init_service(
        App::new()
            .app_data(web::Data::new(motel.database.db().clone()))
            .app_data(web::Data::new(directory))
            .service(web::scope("/api/v1").configure(motel_rates::http::configure_staff)),
    )
    .await;
    let mut wrong = strict();
    wrong["rules"][0]["from"]["hours_after"] = json!(9_000);
    wrong["rules"][1]["fee"]["first_nights"] = json!(0);
    wrong["no_show"]["basis_points"] = json!(10_001);
    let post = TestRequest::post()
        .uri("/api/v1/cancellation-policies")
        .set_json(wrong);
    let (status, body) = send!(app, key, post);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<_> = body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        [
            "rules[0].from",
            "rules[1].fee.first_nights",
            "no_show.basis_points"
        ]
    );
}

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{App, test, web};
use chrono::{DateTime, Utc};
use motel_kernel::{Clock, FixedClock};
use motel_tenancy::Directory;
use serde_json::{Value, json};

use crate::{Motel, stay};

/// Noon of `day(0)` in New York.
fn noon() -> DateTime<Utc> {
    "2026-12-01T17:00:00Z".parse().unwrap()
}

async fn get(motel: &Motel, path: &str) -> (StatusCode, Value) {
    let db = motel.database.db().clone();
    let directory = Directory::new(db.clone(), motel.demo.slug.clone());
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(noon()));
    let app = App::new()
        .app_data(web::Data::new(db))
        .app_data(web::Data::new(directory))
        .app_data(web::Data::new(clock))
        .configure(motel_rates::http::configure)
        .service(web::scope("/api/v1/public/{tenant}").configure(motel_rates::http::configure))
        .configure(motel_web::configure);
    let app = test::init_service(app).await;
    let answer = test::call_service(&app, test::TestRequest::get().uri(path).to_request()).await;
    let status = answer.status();
    let body = test::read_body(answer).await;
    (status, serde_json::from_slice(&body).unwrap())
}

fn fields(problem: &Value) -> Vec<&str> {
    let errors = problem["errors"].as_array().unwrap();
    errors
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_shown_with_the_price_of_each_night() {
    let motel = Motel::open().await;
    let query = "check_in=2026-12-03&check_out=2026-12-05&adults=2&pets=1";
    let (status, body) = get(&motel, &format!("/availability?{query}")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        body,
        json!({
            "available": true,
            "check_in": "2026-12-03",
            "check_out": "2026-12-05",
            "nights": 2,
            "rooms": [{
                "room_type": "pet_friendly",
                "name": "Pet-Friendly Room",
                "available_count": 2,
                "max_guests": 4,
                "nightly": [
                    { "date": "2026-12-03", "price": 140.0, "price_minor": 14_000, "rate_plan": "standard" },
                    { "date": "2026-12-04", "price": 168.0, "price_minor": 16_800, "rate_plan": "standard" },
                ],
                "room_total": 308.0,
                "pet_fee": 40.0,
                "tax": 41.76,
                "total": 389.76,
                "total_minor": 38_976,
                "currency": "USD",
                "free_cancellation_until": "2026-12-02T20:00:00Z",
            }],
            "reason": null,
            "reasons": [
                {
                    "room_type": "standard_queen",
                    "name": "Standard Queen",
                    "code": "pets_not_allowed",
                    "message": "Pets can't stay in this room.",
                },
                {
                    "room_type": "king_suite",
                    "name": "King Suite",
                    "code": "pets_not_allowed",
                    "message": "Pets can't stay in this room.",
                },
            ],
            "alternatives": [],
        })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answer_at_the_root_and_under_the_tenant() {
    let motel = Motel::open().await;
    let query = "availability?check_in=2026-12-03&check_out=2026-12-05&adults=2";
    let at_root = get(&motel, &format!("/{query}")).await;
    let under_tenant = get(&motel, &format!("/api/v1/public/demo-motel/{query}")).await;
    assert_eq!(at_root, under_tenant);
    assert_eq!(at_root.0, StatusCode::OK);
    let (status, problem) = get(&motel, &format!("/api/v1/public/nobody/{query}")).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::NOT_FOUND, &json!("unknown_tenant"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_available_says_why_and_when_there_is() {
    let motel = Motel::open().await;
    motel.sell(&motel.rooms.king_suite, stay(2, 2), 3).await;
    let query = "check_in=2026-12-03&check_out=2026-12-05&adults=2&room_type=king_suite";
    let (status, body) = get(&motel, &format!("/availability?{query}")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        (&body["available"], &body["rooms"]),
        (&json!(false), &json!([]))
    );
    let sentence = "Sold out on the night of Thursday, December 3, 2026.";
    assert_eq!(body["reason"], sentence);
    assert_eq!(body["reasons"][0]["code"], "sold_out");
    let alternatives = body["alternatives"].as_array().unwrap();
    let check_ins: Vec<_> = alternatives
        .iter()
        .map(|other| other["check_in"].as_str().unwrap())
        .collect();
    assert_eq!(check_ins, ["2026-12-01", "2026-12-05", "2026-12-06"]);
    // Saturday and Sunday: (216 + 180) × 1.12
    assert_eq!(alternatives[1]["rooms"][0]["total"], 443.52);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_a_422_that_names_the_fields() {
    let motel = Motel::open().await;
    let cases: &[(&str, &[&str])] = &[
        ("", &["check_in", "check_out"]),
        ("check_in=2026-12-03", &["check_out"]),
        ("check_in=2026-11-30&check_out=2026-12-02", &["check_in"]),
        ("check_in=2026-12-05&check_out=2026-12-03", &["check_out"]),
        ("check_in=2026-12-05&check_out=2026-12-05", &["check_out"]),
        ("check_in=2026-12-05&check_out=2027-01-05", &["check_out"]),
        ("check_in=2026-12-05&check_out=2054-04-22", &["check_out"]),
        (
            "check_in=2026-12-03&check_out=2026-12-05&adults=0",
            &["adults"],
        ),
        (
            "check_in=2026-12-03&check_out=2026-12-05&adults=-1",
            &["adults"],
        ),
        (
            "check_in=2026-12-03&check_out=2026-12-05&children=-1&pets=x",
            &["children", "pets"],
        ),
        (
            "check_in=2026-12-03&check_out=2026-12-05&room_type=penthouse",
            &["room_type"],
        ),
        (
            "check_in=2026-12-03&check_in=2026-12-04&check_out=2026-12-05",
            &["check_in"],
        ),
        (
            "check_in=%27%3B+DROP+TABLE+rates.rates&check_out=%00",
            &["check_in", "check_out"],
        ),
        (
            "check_in=2026-12-03&check_out=2026-12-05&room_type=%00%27",
            &["room_type"],
        ),
    ];
    for (query, named) in cases {
        let (status, problem) = get(&motel, &format!("/availability?{query}")).await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{query}: {problem}"
        );
        assert_eq!(problem["code"], "invalid_input", "{query}");
        assert_eq!(fields(&problem), *named, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_at_the_ends_of_the_calendar_are_answered() {
    let motel = Motel::open().await;
    for check_in in ["9999-12-30", "262142-12-30"] {
        let check_out = check_in.replace("-30", "-31");
        let (status, body) = get(
            &motel,
            &format!("/availability?check_in={check_in}&check_out={check_out}"),
        )
        .await;
        assert!(
            status.is_success() || status == StatusCode::UNPROCESSABLE_ENTITY,
            "{check_in}: {body}"
        );
    }
}

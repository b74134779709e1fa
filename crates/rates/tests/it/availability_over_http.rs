use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{App, test, web};
use chrono::{DateTime, Utc};
use motel_kernel::{Clock, FixedClock};
use motel_rates::commands::create_package;
use motel_rates::{DateWindow, PackageDetails, PackageEffect, RestrictionKind};
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

/// Every field of `expected` is in `body`, lists as long as expected.
fn contains(body: &Value, expected: &Value) {
    match (body, expected) {
        (Value::Object(body), Value::Object(expected)) => {
            for (field, value) in expected {
                contains(
                    body.get(field).unwrap_or_else(|| panic!("no {field}")),
                    value,
                );
            }
        }
        (Value::Array(body), Value::Array(expected)) => {
            assert_eq!(body.len(), expected.len(), "{body:?}");
            body.iter()
                .zip(expected)
                .for_each(|(one, other)| contains(one, other));
        }
        _ => assert_eq!(body, expected),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_shown_with_the_price_of_each_night() {
    let motel = Motel::open().await;
    let query = "check_in=2026-12-03&check_out=2026-12-05&adults=2&pets=1";
    let (status, body) = get(&motel, &format!("/availability?{query}")).await;
    assert_eq!(status, StatusCode::OK);
    contains(
        &body,
        &json!({
            "available": true,
            "check_in": "2026-12-03",
            "check_out": "2026-12-05",
            "nights": 2,
            "rooms": [{
                "room_type": "pet_friendly",
                "name": "Pet-Friendly Room",
                "available_count": 2,
                "sellable_count": 2,
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
                "plans": [{
                    "rate_plan": "standard",
                    "subtotal": 348.0,
                    "total_minor": 38_976,
                    "fees": [
                        { "code": "pets", "name": "Pet fee", "date": "2026-12-03", "amount": 20.0, "amount_minor": 2_000 },
                        { "code": "pets", "name": "Pet fee", "date": "2026-12-04", "amount": 20.0, "amount_minor": 2_000 },
                    ],
                    // 12 % of 160 and of 188.
                    "taxes": [
                        { "code": "tax", "name": "Room tax", "date": "2026-12-03", "amount_minor": 1_920, "included": false },
                        { "code": "tax", "name": "Room tax", "date": "2026-12-04", "amount_minor": 2_256, "included": false },
                    ],
                    // The first night and its tax.
                    "cancellation": [{ "from": "2026-12-02T20:00:00Z", "fee_minor": 15_680 }],
                    "no_show_fee_minor": 15_680,
                }],
                "refused_plans": [],
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
        }),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answer_at_the_root_and_under_the_tenant() {
    let motel = Motel::open().await;
    let query = "availability?check_in=2026-12-03&check_out=2026-12-05&adults=2";
    let mut at_root = get(&motel, &format!("/{query}")).await;
    let mut under_tenant = get(&motel, &format!("/api/v1/public/demo-motel/{query}")).await;
    // Each says when it was true.
    for (_, body) in [&mut at_root, &mut under_tenant] {
        assert!(body.as_object_mut().unwrap().remove("as_of").is_some());
    }
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

#[tokio::test(flavor = "multi_thread")]
async fn a_minimum_stay_is_explained_and_a_longer_one_proposed() {
    let motel = Motel::open().await;
    motel
        .restrict(RestrictionKind::MinStayArrival, 3, stay(2, 1))
        .await;
    let query = "check_in=2026-12-03&check_out=2026-12-05&adults=2&room_type=king_suite";
    let (_, body) = get(&motel, &format!("/availability?{query}")).await;
    contains(
        &body["reasons"][0],
        &json!({
            "code": "minimum_stay",
            "available_count": 3,
            "reasons": [{ "code": "minimum_stay", "date": "2026-12-03", "limit": 3, "asked": 2 }],
            "refused_plans": [{ "rate_plan": "standard", "reasons": [{ "code": "minimum_stay" }] }],
        }),
    );
    let longer = &body["longer_stays"];
    assert_eq!(
        (&longer[0]["check_in"], &longer[0]["check_out"]),
        (&json!("2026-12-03"), &json!("2026-12-06"))
    );
    // Arriving a day earlier nothing asks for three nights any more, yet three are what was looked for.
    assert_eq!(longer[1]["check_in"], "2026-12-02");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_no_room_has_every_night_of_is_split_and_other_rooms_are_named() {
    let motel = Motel::open().await;
    motel.sell(&motel.rooms.king_suite, stay(2, 1), 3).await;
    motel.sell(&motel.rooms.pet_friendly, stay(4, 1), 2).await;
    motel.sell(&motel.rooms.standard_queen, stay(2, 3), 5).await;
    let query = "check_in=2026-12-03&check_out=2026-12-06&adults=2&room_type=king_suite";
    let (_, body) = get(&motel, &format!("/availability?{query}")).await;
    assert_eq!(body["other_room_types"], json!([]));
    let split = body["split_stays"].as_array().unwrap();
    // Pet-friendly for the night of the 3rd and the 4th, the king suite for that of the 5th: (140 + 168 + 216) × 1.12.
    contains(
        &split[0],
        &json!({
            "first": { "check_in": "2026-12-03", "check_out": "2026-12-05", "room_type": "pet_friendly" },
            "second": { "check_in": "2026-12-05", "check_out": "2026-12-06", "room_type": "king_suite" },
            "total_minor": 58_688,
        }),
    );

    let one_night = "check_in=2026-12-03&check_out=2026-12-04&adults=2&room_type=king_suite";
    let (_, body) = get(&motel, &format!("/availability?{one_night}")).await;
    contains(
        &body["other_room_types"],
        &json!([{ "room_type": "pet_friendly", "total_minor": 15_680 }]),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_shows_what_is_left_and_the_lowest_price_of_each_day() {
    let motel = Motel::open().await;
    motel.sell(&motel.rooms.standard_queen, stay(3, 1), 5).await;
    motel
        .restrict(RestrictionKind::MinStayArrival, 2, stay(4, 1))
        .await;
    motel.restrict(RestrictionKind::Closed, 1, stay(6, 1)).await;
    let (status, body) = get(&motel, "/calendar?month=2026-12&adults=2").await;
    assert_eq!(status, StatusCode::OK);
    let days = body["days"].as_array().unwrap();
    assert_eq!(days.len(), 31);
    contains(
        &days[0],
        &json!({ "date": "2026-12-01", "left": 10, "reason": null,
            "lowest": { "rate_plan": "standard", "nights": 1, "night": { "amount_minor": 12_000 }, "total": { "amount_minor": 13_440 } } }),
    );
    // Friday without a queen: the pet-friendly room at 168. Saturday for two nights: the queen at 144 and 120.
    contains(
        &days[3],
        &json!({ "left": 5, "lowest": { "nights": 1, "night": { "amount_minor": 16_800 } } }),
    );
    contains(
        &days[4],
        &json!({ "lowest": { "nights": 2, "night": { "amount_minor": 14_400 }, "total": { "amount_minor": 29_568 } } }),
    );
    contains(
        &days[6],
        &json!({ "left": 10, "lowest": null, "reason": { "code": "closed", "date": "2026-12-07" } }),
    );

    let (status, problem) = get(&motel, "/calendar?month=2026-13&nights=31").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(fields(&problem), ["month", "nights"]);
    // A month that is over offers nothing.
    let (status, body) = get(&motel, "/calendar?month=2026-10").await;
    assert_eq!((status, &body["days"]), (StatusCode::OK, &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn seven_people_are_put_into_as_few_rooms_as_will_do_or_as_many_as_they_ask_for() {
    let motel = Motel::open().await;
    let query = "check_in=2026-12-01&check_out=2026-12-02&adults=5&children=2&child_ages=4,9";
    let (status, body) = get(&motel, &format!("/availability/rooms?{query}")).await;
    assert_eq!(status, StatusCode::OK);
    let combinations = body["combinations"].as_array().unwrap();
    // Two adults a room at the most: three rooms. Two queens hold four adults, so the cheapest third has the children.
    let rooms = combinations[0]["rooms"].as_array().unwrap();
    let types: Vec<_> = rooms
        .iter()
        .map(|room| room["room_type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["standard_queen", "standard_queen", "pet_friendly"]);
    assert_eq!(
        combinations[0]["total"]["amount_minor"],
        (12_000 + 12_000 + 14_000) * 112 / 100
    );
    let guests: i64 = rooms
        .iter()
        .map(|room| room["adults"].as_i64().unwrap() + room["children"].as_i64().unwrap())
        .sum();
    assert_eq!(guests, 7);
    let totals: Vec<_> = combinations
        .iter()
        .map(|way| way["total"]["amount_minor"].as_i64().unwrap())
        .collect();
    assert!(totals.is_sorted(), "{totals:?}");

    let (_, body) = get(&motel, &format!("/availability/rooms?{query}&rooms=4")).await;
    assert_eq!(
        body["combinations"][0]["rooms"].as_array().unwrap().len(),
        4
    );
    let (_, body) = get(&motel, &format!("/availability/rooms?{query}&rooms=2")).await;
    assert_eq!(body["combinations"], json!([]));
    let (status, problem) = get(&motel, &format!("/availability/rooms?{query}&rooms=9")).await;
    assert_eq!(
        (status, fields(&problem)),
        (StatusCode::UNPROCESSABLE_ENTITY, vec!["rooms"])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn accessible_rooms_plans_and_promo_codes_can_be_asked_for() {
    let motel = Motel::open().await;
    let query = "check_in=2026-12-01&check_out=2026-12-02&adults=2";
    // 101 is the one accessible room.
    let (_, body) = get(&motel, &format!("/availability?{query}&accessible=true")).await;
    contains(
        &body["rooms"],
        &json!([{ "room_type": "standard_queen", "available_count": 5, "sellable_count": 1 }]),
    );
    assert_eq!(body["reasons"][0]["code"], "not_accessible");
    let (status, problem) = get(&motel, &format!("/availability?{query}&rate_plan=none")).await;
    assert_eq!(
        (status, fields(&problem)),
        (StatusCode::UNPROCESSABLE_ENTITY, vec!["rate_plan"])
    );
    let (_, body) = get(&motel, &format!("/availability?{query}&promo=nonsense")).await;
    assert_eq!(body["reasons"][0]["code"], "promo_unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_are_shown_the_packages_that_are_not_over() {
    let motel = Motel::open().await;
    let details = |code: &str, until| PackageDetails {
        code: code.to_owned(),
        name: code.to_owned(),
        description: "For two.".to_owned(),
        active: true,
        contents: vec!["breakfast".to_owned()],
        effect: PackageEffect::Discount {
            basis_points: 1_000,
        },
        booking: DateWindow {
            from: None,
            until: Some(until),
        },
        stay: DateWindow::default(),
        rate_plans: Vec::new(),
    };
    let mut tx = motel.tx().await;
    for package in [details("over", crate::day(0)), details("on", crate::day(1))] {
        create_package(&mut tx, motel.property.id, package)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let (status, body) = get(&motel, "/packages").await;
    assert_eq!(status, StatusCode::OK);
    contains(
        &body["packages"],
        &json!([{ "code": "on", "contents": ["breakfast"], "effect": { "kind": "discount", "basis_points": 1_000 } }]),
    );
    let query = "check_in=2026-12-01&check_out=2026-12-02&adults=2&room_type=standard_queen";
    let (_, body) = get(&motel, &format!("/availability?{query}")).await;
    // 108 and 12 %.
    contains(
        &body["rooms"][0]["plans"][0]["packages"],
        &json!([{ "code": "on", "total_minor": 12_096 }]),
    );
}

//! Plans, prices, seasons, restrictions and promo codes over the staff interface.

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::{App, test, web};
use motel_kernel::Actor;
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use motel_web::SessionSettings;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::{Motel, day, only, request, stay};

/// The motel, and a key of its staff.
struct Office {
    motel: Motel,
    key: String,
}

/// What came back.
struct Seen {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Office {
    async fn open() -> Self {
        let motel = Motel::open().await;
        let mut tx = motel.tx().await;
        let made = create_api_key(&mut tx, "office", Actor::System)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let key = made.secret.expose_secret().to_owned();
        Self { motel, key }
    }

    async fn send(&self, method: &str, path: &str, body: Value, headers: &[(&str, &str)]) -> Seen {
        let db = self.motel.database.db().clone();
        let directory = Directory::new(db.clone(), self.motel.demo.slug.clone());
        let settings = SessionSettings {
            secret: SecretString::from("k".repeat(64)),
            secure: false,
        };
        let app = App::new()
            .wrap(motel_web::session_middleware(&settings))
            .app_data(web::Data::new(db))
            .app_data(web::Data::new(directory))
            .service(web::scope("/api/v1").configure(motel_rates::http::configure_staff))
            .configure(motel_web::configure);
        let app = test::init_service(app).await;
        let mut request = test::TestRequest::default()
            .method(method.parse().unwrap())
            .uri(&format!("/api/v1{path}"));
        if !self.key.is_empty() {
            request = request.insert_header(("Authorization", format!("Bearer {}", self.key)));
        }
        for header in headers {
            request = request.insert_header(*header);
        }
        if !body.is_null() {
            request = request.set_json(body);
        }
        let answer = test::call_service(&app, request.to_request()).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = test::read_body(answer).await;
        let body = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body).unwrap()
        };
        Seen {
            status,
            headers,
            body,
        }
    }

    async fn get(&self, path: &str) -> Value {
        let seen = self.send("GET", path, Value::Null, &[]).await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
        seen.body
    }

    async fn post(&self, path: &str, body: Value) -> Seen {
        self.send("POST", path, body, &[]).await
    }

    async fn created(&self, path: &str, body: Value) -> Value {
        let seen = self.post(path, body).await;
        assert_eq!(seen.status, StatusCode::CREATED, "{}", seen.body);
        seen.body
    }

    async fn standard(&self) -> String {
        let plans = self.get("/rate-plans").await;
        plans["data"][0]["id"].as_str().unwrap().to_owned()
    }

    async fn king_nights(&self, from: u64, nights: u32) -> Vec<i64> {
        let king = only("king_suite", request(stay(from, nights), 2, 0, 0));
        let found = self.motel.search(&king).await;
        let price = found.offers[0].price();
        price
            .nights
            .iter()
            .map(|night| night.price.minor())
            .collect()
    }
}

fn refused(seen: &Seen, status: u16, code: &str) {
    assert_eq!(
        (seen.status.as_u16(), seen.body["code"].as_str()),
        (status, Some(code)),
        "{}",
        seen.body
    );
}

#[actix_web::test]
async fn a_plan_is_made_shown_changed_and_removed() {
    let office = Office::open().await;
    let saver = json!({
        "code": "saver", "name": "Saver", "sort": 5,
        "derivation": { "parent": "standard", "basis_points": -1000 },
        "length_discounts": [{ "from_nights": 7, "basis_points": 500 }],
        "occupancy": { "included_adults": 2, "extra_adult_minor": 2000, "children": [{ "until_age": 12, "amount_minor": 500 }] },
        "inclusions": ["breakfast"],
    });
    let made = office.post("/rate-plans", saver.clone()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    assert_eq!(made.headers.get("etag").unwrap(), "\"1\"");
    let path = made
        .headers
        .get("location")
        .unwrap()
        .to_str()
        .unwrap()
        .replace("/api/v1", "");
    let shown = office.get(&path).await;
    assert_eq!(shown, made.body);
    assert_eq!(
        (&shown["derivation"]["parent"], &shown["inclusions"]),
        (&json!("standard"), &json!(["breakfast"]))
    );
    assert_eq!(office.king_nights(2, 1).await, [16_200]);

    refused(
        &office.post("/rate-plans", saver.clone()).await,
        409,
        "code_taken",
    );
    let mut dearer = saver.clone();
    dearer["derivation"]["amount_minor"] = json!(100);
    refused(
        &office.send("PUT", &path, dearer.clone(), &[]).await,
        428,
        "if_match_required",
    );
    refused(
        &office
            .send("PUT", &path, dearer.clone(), &[("If-Match", "\"7\"")])
            .await,
        412,
        "version_mismatch",
    );
    let changed = office
        .send("PUT", &path, dearer, &[("If-Match", "\"1\"")])
        .await;
    assert_eq!(
        (changed.status, &changed.body["version"]),
        (StatusCode::OK, &json!(2))
    );
    assert_eq!(office.king_nights(2, 1).await, [16_300]);

    let standard = office.standard().await;
    let circle =
        json!({ "code": "standard", "name": "Standard", "derivation": { "parent": "saver" } });
    let version = office.get(&format!("/rate-plans/{standard}")).await["version"].to_string();
    let tag = format!("\"{version}\"");
    let seen = office
        .send(
            "PUT",
            &format!("/rate-plans/{standard}"),
            circle,
            &[("If-Match", &tag)],
        )
        .await;
    refused(&seen, 409, "derivation_cycle");
    let seen = office
        .send(
            "DELETE",
            &format!("/rate-plans/{standard}"),
            Value::Null,
            &[("If-Match", &tag)],
        )
        .await;
    refused(&seen, 409, "in_use");
    let gone = office
        .send("DELETE", &path, Value::Null, &[("If-Match", "\"2\"")])
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    refused(
        &office.send("GET", &path, Value::Null, &[]).await,
        404,
        "not_found",
    );
    refused(
        &office
            .send("GET", "/rate-plans/none", Value::Null, &[])
            .await,
        404,
        "not_found",
    );
}

#[actix_web::test]
async fn every_field_that_is_wrong_is_named() {
    let office = Office::open().await;
    let wrong = json!({
        "code": "Saver", "name": "", "weekday_changes": [0, 0, 0, 0, 0, 0, -20000], "rounding_minor": 0,
        "derivation": { "parent": "standard", "basis_points": 100001 },
        "occupancy": { "included_adults": 2, "children": [{ "until_age": 9, "amount_minor": 0 }, { "until_age": 9, "amount_minor": 0 }] },
        "length_discounts": [{ "from_nights": 1, "basis_points": 100 }],
    });
    let seen = office.post("/rate-plans", wrong).await;
    refused(&seen, 422, "invalid_input");
    let fields: Vec<_> = seen.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        [
            "code",
            "name",
            "weekday_changes",
            "derivation.basis_points",
            "occupancy.children",
            "length_discounts.from_nights",
            "rounding_minor",
        ]
    );
    let orphan =
        json!({ "code": "orphan", "name": "Orphan", "derivation": { "parent": "nobody" } });
    refused(
        &office.post("/rate-plans", orphan).await,
        422,
        "invalid_input",
    );
    let stranger = Office {
        key: String::new(),
        ..office
    };
    refused(
        &stranger.send("GET", "/rate-plans", Value::Null, &[]).await,
        401,
        "signed_out",
    );
}

#[actix_web::test]
async fn a_bulk_edit_is_tried_and_then_made() {
    let office = Office::open().await;
    let path = format!("/rate-plans/{}/prices", office.standard().await);
    let weekend = json!({
        "unit_groups": ["king_suite"], "from": "2026-12-01", "until": "2026-12-15", "weekdays": ["fri", "sat"],
        "edit": { "kind": "change", "basis_points": 500, "amount_minor": 100 },
    });
    let tried = office
        .post(&format!("{path}?dry_run=true"), weekend.clone())
        .await;
    assert_eq!(
        (tried.status, tried.headers.get("dry-run").is_some()),
        (StatusCode::OK, true)
    );
    assert_eq!(tried.body["changed"], 4);
    assert_eq!(
        tried.body["nights"][0],
        json!({
            "unit_group": "king_suite", "night": "2026-12-04",
            "before": { "amount_minor": 18_000, "currency": "USD" }, "after": { "amount_minor": 19_000, "currency": "USD" },
        })
    );
    assert_eq!(office.king_nights(3, 1).await, [21_600], "nothing was kept");

    let keyed = [("Idempotency-Key", "weekend-1")];
    let made = office.send("POST", &path, weekend.clone(), &keyed).await;
    assert_eq!((made.status, &made.body), (StatusCode::OK, &tried.body));
    let again = office.send("POST", &path, weekend, &keyed).await;
    assert_eq!(again.headers.get("idempotent-replayed").unwrap(), "true");
    // $190, and a fifth more on Fridays.
    assert_eq!(office.king_nights(3, 1).await, [22_800]);
    let listed = office
        .get(&format!(
            "{path}?from=2026-12-03&until=2026-12-05&unit_group=king_suite"
        ))
        .await;
    let seen: Vec<_> = listed["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|night| {
            (
                &night["base"]["amount_minor"],
                &night["price"]["amount_minor"],
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (&json!(18_000), &json!(18_000)),
            (&json!(19_000), &json!(22_800))
        ]
    );
    let first = office
        .get(&format!("{path}?from=2026-12-03&until=2026-12-05&limit=4"))
        .await;
    let next = first["next_cursor"].as_str().unwrap();
    let rest = office
        .get(&format!(
            "{path}?from=2026-12-03&until=2026-12-05&limit=4&cursor={next}"
        ))
        .await;
    assert_eq!(
        (rest["data"].as_array().unwrap().len(), &rest["next_cursor"]),
        (2, &Value::Null)
    );

    let endless =
        json!({ "from": "2026-12-01", "until": "2036-12-01", "edit": { "kind": "clear" } });
    refused(&office.post(&path, endless).await, 422, "invalid_input");
    let free = json!({ "from": "2026-12-01", "until": "2026-12-09", "edit": { "kind": "set", "amount_minor": 0 } });
    refused(&office.post(&path, free).await, 422, "invalid_input");
    let derived =
        json!({ "code": "saver", "name": "Saver", "derivation": { "parent": "standard" } });
    let saver = office.created("/rate-plans", derived).await;
    let edit = json!({ "from": "2026-12-01", "until": "2026-12-09", "edit": { "kind": "clear" } });
    let seen = office
        .post(
            &format!("/rate-plans/{}/prices", saver["id"].as_str().unwrap()),
            edit,
        )
        .await;
    refused(&seen, 409, "derived_prices");
}

#[actix_web::test]
async fn a_season_and_a_promo_code_bear_on_the_price() {
    let office = Office::open().await;
    let season = json!({
        "code": "marathon", "name": "Marathon", "priority": 3, "from": "2026-12-08", "until": "2026-12-09",
        "unit_group": "king_suite", "effect": { "kind": "price", "amount_minor": 30_000 },
    });
    let made = office.created("/seasons", season.clone()).await;
    assert_eq!(office.king_nights(7, 1).await, [30_000]);
    let path = format!("/seasons/{}", made["id"].as_str().unwrap());
    let mut milder = season;
    milder["effect"] = json!({ "kind": "change", "basis_points": 1000 });
    let changed = office
        .send("PUT", &path, milder, &[("If-Match", "\"1\"")])
        .await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(office.king_nights(7, 1).await, [19_800]);
    let gone = office
        .send("DELETE", &path, Value::Null, &[("If-Match", "\"2\"")])
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(office.get("/seasons").await["data"], json!([]));

    let code = json!({
        "code": "winter10", "name": "Winter", "discount": { "kind": "percent", "basis_points": 1000 },
        "rate_plans": ["standard"], "stay_until": "2027-01-01", "max_uses": 5,
    });
    let made = office.created("/promo-codes", code.clone()).await;
    assert_eq!(
        (&made["code"], &made["uses"], &made["rate_plans"]),
        (&json!("WINTER10"), &json!(0), &json!(["standard"]))
    );
    let king = only("king_suite", request(stay(7, 1), 2, 0, 0));
    let with_code = motel_rates::SearchRequest {
        promo: Some("winter10".to_owned()),
        ..king
    };
    let found = office.motel.search(&with_code).await;
    assert_eq!(found.offers[0].price().nights[0].price.minor(), 16_200);
    let backwards = json!({ "code": "no", "name": "No", "discount": { "kind": "per_night", "amount_minor": 1 }, "stay_from": "2027-01-02", "stay_until": "2027-01-01" });
    refused(
        &office.post("/promo-codes", backwards).await,
        422,
        "invalid_input",
    );
    let path = format!("/promo-codes/{}", made["id"].as_str().unwrap());
    let gone = office
        .send("DELETE", &path, Value::Null, &[("If-Match", "\"1\"")])
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
}

#[actix_web::test]
async fn restrictions_are_edited_by_kind_and_refuse_stays() {
    let office = Office::open().await;
    let edit = json!({
        "unit_group": "king_suite", "from": "2026-12-08", "until": "2026-12-15", "weekdays": ["tue"],
        "edits": [{ "kind": "closed_to_arrival", "value": 1 }, { "kind": "min_stay_through", "value": 3 }],
    });
    let tried = office
        .post("/restrictions?dry_run=true", edit.clone())
        .await;
    assert_eq!(
        (tried.status, &tried.body["changed"]),
        (StatusCode::OK, &json!(2))
    );
    let made = office.post("/restrictions", edit).await;
    assert_eq!(made.body, tried.body);
    let open = json!({
        "unit_group": "king_suite", "from": "2026-12-08", "until": "2026-12-15", "edits": [{ "kind": "closed_to_arrival", "value": null }],
    });
    let opened = office.post("/restrictions", open).await;
    assert_eq!(
        opened.body["nights"],
        json!([{ "kind": "closed_to_arrival", "night": "2026-12-08", "before": 1, "after": null }])
    );
    let king = only("king_suite", request(stay(7, 2), 2, 0, 0));
    let found = office.motel.search(&king).await;
    let reason = motel_rates::Reason::MinimumStayThrough {
        night: day(7),
        nights: 3,
        asked: 2,
    };
    assert_eq!(
        (found.offers.len(), found.unavailable[0].reason),
        (0, reason)
    );
    let listed = office
        .get("/restrictions?from=2026-12-08&until=2026-12-15")
        .await;
    let kinds: Vec<_> = listed["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["kind"], &one["unit_group"]))
        .collect();
    assert_eq!(
        kinds,
        [
            (&json!("min_stay_through"), &json!("king_suite")),
            (&json!("max_stay_through"), &Value::Null)
        ]
    );
    let twice = json!({
        "from": "2026-12-08", "until": "2026-12-15",
        "edits": [{ "kind": "closed", "value": 2 }, { "kind": "closed", "value": 1 }],
    });
    let seen = office.post("/restrictions", twice).await;
    refused(&seen, 422, "invalid_input");
    assert_eq!(seen.body["errors"].as_array().unwrap().len(), 2);
}

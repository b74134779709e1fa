//! What staff do with a reservation, from the quote to the undo, by HTTP alone.

use chrono::Days;
use serde_json::{Value, json};

use crate::desk::day;
use crate::office::Office;

fn two_nights(from: u64, nights: u64) -> Value {
    json!({
        "arrival": day(from), "departure": day(from) + Days::new(nights), "unit_group": "standard_queen", "adults": 2,
    })
}

fn ana() -> Value {
    json!({ "name": "Ana Souza", "email": "ana@example.com" })
}

/// How many standard queens are left for two nights.
async fn left(office: &Office, from: u64) -> i64 {
    let (check_in, check_out) = (day(from), day(from) + Days::new(2));
    let search = format!(
        "/availability?check_in={check_in}&check_out={check_out}&adults=2&room_type=standard_queen"
    );
    let found = office.desk.search(&search).await;
    found["rooms"][0]["available_count"].as_i64().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_is_held_confirmed_changed_and_cancelled() {
    let office = Office::open().await;
    let wanted = json!({ "stays": [two_nights(20, 2)] });
    let quote = office.post("/quotes", wanted).await.json(201);
    assert_eq!(left(&office, 20).await, 5, "a quote takes nothing");

    let held = json!({ "quote_id": quote["id"], "guest": ana(), "hold": { "minutes": 30 } });
    let booking = office.post("/bookings", held).await.json(201);
    assert_eq!(booking["total"], quote["total"]);
    assert_eq!(booking["status"], "held");
    assert_eq!(left(&office, 20).await, 4, "a hold takes its nights");

    let id = booking["reservations"][0]["id"].as_str().unwrap();
    let action = |name: &str| format!("/reservations/{id}/actions/{name}");
    office.post(&action("confirm"), json!({})).await.json(200);

    let tried = office
        .post(
            &format!("{}?dry_run=true", action("extend")),
            json!({ "date": day(23) }),
        )
        .await;
    assert_eq!(tried.header("dry-run"), "true");
    let tried = tried.json(200);
    assert_eq!(tried["inventory"].as_array().unwrap().len(), 1, "{tried}");
    assert_eq!(tried["reservation"]["nights"], 3);
    let path = format!("/reservations/{id}");
    let standing = office.get(&path).await;
    let etag = standing.header("etag").to_owned();
    assert_eq!(standing.json(200)["nights"], 2, "a dry run changes nothing");

    let longer = json!({ "departure": day(23), "reason": "the guest called" });
    office
        .patch(&path, None, &longer)
        .await
        .problem(428, "if_match_required");
    let changed = office.patch(&path, Some(&etag), &longer).await.json(200);
    assert_eq!(
        changed["difference"], tried["difference"],
        "what was tried is what is done"
    );
    let agreed = &changed["reservation"]["price"]["nights"];
    for night in 0..2 {
        let quoted = &quote["stays"][0]["price"]["nights"][night];
        assert_eq!(
            agreed[night]["price"], quoted["price"],
            "agreed nights keep their price"
        );
    }
    office
        .patch(&path, Some(&etag), &longer)
        .await
        .problem(412, "version_mismatch");

    let cancelled = office
        .post(&action("cancel"), json!({ "reason": "plans changed" }))
        .await;
    assert_eq!(cancelled.json(200)["reservation"]["status"], "cancelled");
    assert_eq!(left(&office, 20).await, 5);
    let undone = office.post(&action("undo"), json!({})).await.json(200);
    assert_eq!(undone["reservation"]["status"], "confirmed");
    assert_eq!(left(&office, 20).await, 4);

    let history = office.get(&format!("{path}/events")).await.json(200);
    let kinds: Vec<&str> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["held", "confirmed", "extended", "cancelled", "undone"]
    );
    assert_eq!(history[2]["reason"], "the guest called");
    assert!(
        office
            .desk
            .site
            .books()
            .await
            .unsound_sales()
            .await
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_over_when_the_clock_says_so() {
    let office = Office::open().await;
    let held = json!({
        "stays": [two_nights(20, 2)], "guest": ana(), "hold": { "minutes": 15 }
    });
    let booking = office.post("/bookings", held).await.json(201);
    let id = booking["reservations"][0]["id"].as_str().unwrap();
    office
        .post("/clock", json!({ "advance_by_seconds": 901 }))
        .await
        .json(200);
    let confirm = format!("/reservations/{id}/actions/confirm");
    assert_eq!(office.post(&confirm, json!({})).await.status, 409);
    // Nobody cleared it away yet, or somebody did: either way its nights can be sold.
    for _ in 0..5 {
        let sold = json!({ "stays": [two_nights(20, 2)], "guest": ana() });
        office.post("/bookings", sold).await.json(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_payer_books_three_rooms_and_gives_one_back() {
    let office = Office::open().await;
    let group = json!({
        "stays": [two_nights(20, 2), two_nights(20, 2), two_nights(21, 2)], "guest": ana(),
    });
    let key = Some("three-rooms");
    let booking = office.post_as("/bookings", key, &group).await.json(201);
    let again = office.post_as("/bookings", key, &group).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.json(201)["id"], booking["id"]);
    let units: std::collections::BTreeSet<&str> = booking["reservations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stay| stay["unit"].as_str().unwrap())
        .collect();
    assert_eq!(units.len(), 3, "each stay has a room of its own");

    let second = booking["reservations"][1]["id"].as_str().unwrap();
    let cancel = format!("/reservations/{second}/actions/cancel");
    office.post(&cancel, json!({})).await.json(200);
    let path = format!("/bookings/{}", booking["id"].as_str().unwrap());
    let after = office.get(&path).await.json(200);
    assert_eq!(after["status"], "confirmed");
    let one = booking["reservations"][1]["price"]["total"]["amount_minor"].as_i64();
    let all = booking["total"]["amount_minor"].as_i64();
    assert_eq!(
        after["total"]["amount_minor"].as_i64(),
        Some(all.unwrap() - one.unwrap())
    );

    let page = office.get("/reservations?limit=2").await.json(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = office
        .get(&format!("/reservations?limit=2&cursor={cursor}"))
        .await
        .json(200);
    assert_eq!(rest["data"].as_array().unwrap().len(), 1);
    assert!(rest["next_cursor"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_gets_another_room_type_at_the_price_that_was_agreed_or_at_todays() {
    let office = Office::open().await;
    let wanted = json!({ "stays": [two_nights(20, 2)], "guest": ana() });
    let booking = office.post("/bookings", wanted).await.json(201);
    let id = booking["reservations"][0]["id"].as_str().unwrap();
    let path = format!("/reservations/{id}/actions/change-group");
    let suite = json!({ "unit_group": "king_suite" });

    let tried = office
        .post(&format!("{path}?dry_run=true"), suite.clone())
        .await
        .json(200);
    assert_eq!(left(&office, 20).await, 4, "a dry run changes nothing");
    let changed = office.post(&path, suite).await.json(200);
    assert_eq!(changed["stay"]["inventory"], tried["stay"]["inventory"]);
    assert_eq!(changed["left"], Value::Null, "nobody slept here yet");
    let stay = &changed["stay"];
    assert_eq!(stay["reservation"]["unit_group"], "king_suite", "{changed}");
    assert_eq!(stay["difference"]["amount_minor"], 0);
    assert_eq!(left(&office, 20).await, 5, "the queen is free again");

    let repriced = json!({ "unit_group": "pet_friendly", "reprice": true });
    let repriced = office.post(&path, repriced).await.json(200);
    assert_ne!(
        repriced["stay"]["difference"]["amount_minor"], 0,
        "{repriced}"
    );
    for (body, field) in [
        (json!({ "unit_group": "castle" }), "unit_group"),
        (
            json!({ "unit_group": "king_suite", "force": true }),
            "reason",
        ),
    ] {
        let refused = office.post(&path, body).await;
        let refused = refused.problem(422, "invalid_input");
        assert_eq!(refused["errors"][0]["field"], field, "{refused}");
    }
}

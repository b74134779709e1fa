//! Which room a stay is in: shown on the tape chart, given, moved, pinned and let go by HTTP.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::desk::day;
use crate::house::{action, book, id, reservation, room_id};
use crate::office::Office;

async fn chart(office: &Office, from: u64, to: u64) -> Value {
    let path = format!("/tape-chart?from={}&to={}", day(from), day(to));
    office.get(&path).await.json(200)
}

fn charted<'a>(chart: &'a Value, of: &Value) -> &'a Value {
    let mut stays = chart["stays"].as_array().unwrap().iter();
    stays
        .find(|stay| stay["reservation_id"] == of["id"])
        .unwrap()
}

/// The other of the two pet-friendly rooms.
async fn other_room(office: &Office, than: &Value) -> String {
    let (first, second) = (room_id(office, "105").await, room_id(office, "205").await);
    if than["unit_id"] == *first {
        second
    } else {
        first
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tape_chart_shows_every_room_and_who_is_in_it() {
    let office = Office::open().await;
    let early = book(&office, "pet_friendly", 20, 2).await;
    let late = book(&office, "standard_queen", 22, 3).await;
    book(&office, "standard_queen", 40, 1).await;
    let blocked = room_id(&office, "204").await;
    let block = json!({ "unit_id": blocked, "kind": "out_of_order", "first_night": day(21), "until": day(23) });
    let block = office.post("/blocks", block).await.json(201);

    let shown = chart(&office, 21, 24).await;
    assert_eq!(shown["units"].as_array().unwrap().len(), 10);
    assert_eq!(
        shown["stays"].as_array().unwrap().len(),
        2,
        "those with a night among them"
    );
    assert_eq!(shown["blocks"], json!([block]));
    for stay in [&early, &late] {
        let seen = charted(&shown, stay);
        for (one, other) in [
            ("unit_id", "unit_id"),
            ("first_night", "arrival"),
            ("until", "departure"),
            ("status", "status"),
        ] {
            assert_eq!(seen[one], stay[other], "{one}");
        }
        assert_eq!(seen["booker"], "Ana Souza");
        assert_eq!(seen["pinned"], false);
    }
    // The day of departure is no night, nor is the day on which the chart ends.
    assert_eq!(chart(&office, 25, 40).await["stays"], json!([]));

    let backwards = format!("/tape-chart?from={}&to={}", day(5), day(4));
    office.get(&backwards).await.problem(422, "invalid_input");
    let ages = "/tape-chart?from=2026-01-01&to=2036-01-01";
    assert_eq!(office.get(ages).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_stay_changes_rooms_with_the_one_in_its_way() {
    let office = Office::open().await;
    let (ana, bo) = (
        book(&office, "pet_friendly", 20, 2).await,
        book(&office, "pet_friendly", 20, 2).await,
    );
    let wanted = bo["unit_id"].clone();
    let moved = office
        .post(
            &action(&ana, "move"),
            json!({ "unit_id": wanted, "reason": "the view" }),
        )
        .await;
    let moved = moved.json(200);
    assert_eq!(moved["reservation"]["unit_id"], wanted);
    assert_eq!(moved["inventory"], json!([]), "no more and no less is sold");
    assert_eq!(moved["difference"]["amount_minor"], 0);
    assert_eq!(reservation(&office, &bo).await["unit_id"], ana["unit_id"]);

    let history = office
        .get(&format!("/reservations/{}/events", id(&ana)))
        .await
        .json(200);
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!(last["reason"], "the view");
    assert_eq!(
        last["change"]["after"]["unit"].is_null(),
        last["change"]["before"]["unit"].is_null()
    );

    office
        .post(&action(&ana, "move"), json!({}))
        .await
        .problem(422, "invalid_input");
    let queen = json!({ "unit_id": room_id(&office, "101").await });
    let refused = office.post(&action(&ana, "move"), queen).await;
    refused.problem(422, "unit_of_other_group");
    assert_eq!(reservation(&office, &ana).await["unit_id"], wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_stay_stands_in_the_way_until_it_is_let_go() {
    let office = Office::open().await;
    let (ana, bo) = (
        book(&office, "pet_friendly", 20, 2).await,
        book(&office, "pet_friendly", 20, 2).await,
    );
    let pinned = office.post(&action(&bo, "pin"), json!({})).await.json(200);
    assert_eq!(pinned["reservation"]["pinned"], true);
    assert_eq!(pinned["reservation"]["unit_id"], bo["unit_id"]);

    let wanted = json!({ "unit_id": bo["unit_id"] });
    for way in ["move", "pin", "assign"] {
        let refused = office.post(&action(&ana, way), wanted.clone()).await;
        let refused = refused.problem(409, "in_the_way");
        let named = refused["errors"][0]["reason"].as_str().unwrap();
        assert!(named.contains(id(&bo)), "{way}: {named}");
    }
    assert_eq!(reservation(&office, &ana).await["unit_id"], ana["unit_id"]);
    assert_eq!(charted(&chart(&office, 20, 21).await, &bo)["pinned"], true);

    let free = office
        .post(&action(&bo, "unpin"), json!({}))
        .await
        .json(200);
    assert_eq!(free["reservation"]["pinned"], false);
    let taken = office.post(&action(&ana, "pin"), wanted).await.json(200);
    assert_eq!(taken["reservation"]["unit_id"], bo["unit_id"]);
    assert_eq!(
        reservation(&office, &bo).await["unit_id"],
        ana["unit_id"],
        "the other one gives way"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_given_on_the_version_that_was_seen() {
    let office = Office::open().await;
    let stay = book(&office, "pet_friendly", 20, 2).await;
    let wanted = other_room(&office, &stay).await;
    let (path, body) = (action(&stay, "assign"), json!({ "unit_id": wanted }));
    let given = |version: &'static str| {
        let request = office.request(reqwest::Method::POST, &path).json(&body);
        office.desk.send(request.header("If-Match", version))
    };
    given("\"7\"").await.problem(412, "version_mismatch");
    given("seven").await.problem(422, "invalid_input");
    let tried = office
        .post(&format!("{path}?dry_run=true"), body.clone())
        .await
        .json(200);
    assert_eq!(tried["reservation"]["unit_id"], *wanted);
    assert_eq!(
        reservation(&office, &stay).await["unit_id"],
        stay["unit_id"],
        "only tried"
    );
    let given = given("\"1\"").await;
    assert_eq!(given.header("etag"), "\"2\"");
    assert_eq!(given.json(200)["reservation"]["unit_id"], *wanted);

    let nowhere = json!({ "unit_id": "01890a5d-ac96-774b-bcce-b302099a8057" });
    let refused = office.post(&path, nowhere).await;
    refused.problem(422, "unit_of_other_group");
    office
        .post(&action(&stay, "cancel"), json!({}))
        .await
        .json(200);
    office
        .post(&path, body)
        .await
        .problem(409, "already_cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_in_the_house_moves_from_tonight_on() {
    let office = Office::open().await;
    let stay = book(&office, "pet_friendly", 0, 3).await;
    let early = json!({ "force": true, "reason": "they are early" });
    office
        .post(&action(&stay, "check-in"), early)
        .await
        .json(200);
    office
        .post("/clock", json!({ "advance_by_seconds": 86_400 }))
        .await
        .json(200);
    // The house works on the day it arrived until that day is closed.
    office
        .post("/night-audits", json!({ "business_date": day(0) }))
        .await
        .json(201);
    let wanted = other_room(&office, &stay).await;
    office
        .post(&action(&stay, "move"), json!({ "unit_id": wanted }))
        .await
        .json(200);

    let shown = chart(&office, 0, 3).await;
    let stays = shown["stays"].as_array().unwrap();
    let parts: BTreeSet<_> = stays
        .iter()
        .filter(|part| part["reservation_id"] == stay["id"])
        .map(|part| {
            [&part["first_night"], &part["until"], &part["unit_id"]]
                .map(|value| value.as_str().unwrap())
        })
        .collect();
    let days = [day(0), day(1), day(3)].map(|day| day.to_string());
    let before = [
        days[0].as_str(),
        &days[1],
        stay["unit_id"].as_str().unwrap(),
    ];
    assert_eq!(
        parts,
        BTreeSet::from([before, [&days[1], &days[2], &wanted]])
    );
}

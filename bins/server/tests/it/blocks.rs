//! Staff take rooms out of order, which takes them off sale, or out of service, which does not.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::desk::day;
use crate::house::{action, book, id, left, reservation, room_id};
use crate::office::Office;

fn block(unit: &str, kind: &str, from: u64, until: u64) -> Value {
    json!({ "unit_id": unit, "kind": kind, "first_night": day(from), "until": day(until), "reason": "the shower drips" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_out_of_order_is_not_sold_and_one_out_of_service_is() {
    let office = Office::open().await;
    let (first, second) = (room_id(&office, "101").await, room_id(&office, "102").await);
    let served = office
        .post("/blocks", block(&first, "out_of_service", 20, 23))
        .await
        .json(201);
    assert_eq!(
        left(&office, "standard_queen", 20).await,
        5,
        "sold all the same"
    );

    let asked = block(&second, "out_of_order", 20, 23);
    let tried = office.post("/blocks?dry_run=true", asked.clone()).await;
    assert_eq!(tried.header("dry-run"), "true");
    assert_eq!(left(&office, "standard_queen", 20).await, 5, "only tried");
    let made = office.post("/blocks", asked.clone()).await;
    let version = made.header("etag").to_owned();
    let made = made.json(201);
    for (night, expected) in [(19, 5), (20, 4), (22, 4), (23, 5)] {
        assert_eq!(
            left(&office, "standard_queen", night).await,
            expected,
            "night {night}"
        );
    }
    let twice = office.post("/blocks", asked).await;
    let twice = twice.problem(422, "already_blocked");
    assert_eq!(twice["errors"][0]["field"], "first_night");
    let between = format!("/blocks?from={}&to={}", day(22), day(30));
    let listed = office.get(&between).await.json(200);
    let mut listed: Vec<_> = listed.as_array().unwrap().iter().map(id).collect();
    listed.sort_unstable();
    let mut both = [id(&served), id(&made)];
    both.sort_unstable();
    assert_eq!(listed, both);

    let nights = format!("/blocks/{}/nights", id(&made));
    let longer = json!({ "first_night": day(20), "until": day(25) });
    office
        .put(&nights, Some(&version), &longer)
        .await
        .problem(422, "not_within_block");
    let shorter = json!({ "first_night": day(20), "until": day(21) });
    office
        .put(&nights, Some(&version), &shorter)
        .await
        .json(200);
    office
        .put(&nights, Some(&version), &shorter)
        .await
        .problem(412, "version_mismatch");
    assert_eq!(left(&office, "standard_queen", 20).await, 4);
    assert_eq!(left(&office, "standard_queen", 21).await, 5, "free again");

    let path = format!("/blocks/{}", id(&made));
    let gone = office.delete(&path).await.json(200);
    assert!(gone["cancelled_at"].is_string());
    assert_eq!(left(&office, "standard_queen", 20).await, 5);
    office.delete(&path).await.problem(404, "not_found");
    let found = office.get(&path).await.json(200);
    assert!(
        found["cancelled_at"].is_string(),
        "what was taken back can be looked up"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_room_of_a_sold_out_night_cannot_be_taken_out_of_order() {
    let office = Office::open().await;
    let sold = [
        book(&office, "pet_friendly", 20, 2).await,
        book(&office, "pet_friendly", 20, 2).await,
    ];
    assert_eq!(left(&office, "pet_friendly", 21).await, 0);
    let unit = room_id(&office, "105").await;
    let refused = office
        .post("/blocks", block(&unit, "out_of_order", 21, 24))
        .await;
    let refused = refused.problem(409, "in_the_way");
    let named: BTreeSet<_> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["reason"].as_str().unwrap())
        .collect();
    let expected: BTreeSet<_> = sold.iter().map(id).collect();
    assert_eq!(named, expected);
    let standing = office
        .get(&format!("/blocks?from={}&to={}", day(0), day(60)))
        .await
        .json(200);
    assert_eq!(standing, json!([]), "nothing of it stays");
    assert_eq!(left(&office, "pet_friendly", 23).await, 2);
    office
        .post("/blocks", block(&unit, "out_of_service", 21, 24))
        .await
        .json(201);
    // From the night on that is free it can.
    office
        .post("/blocks", block(&unit, "out_of_order", 24, 26))
        .await
        .json(201);
    assert_eq!(left(&office, "pet_friendly", 24).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn stays_leave_a_room_out_of_order_unless_they_are_pinned() {
    let office = Office::open().await;
    let stay = book(&office, "pet_friendly", 20, 2).await;
    let first = stay["unit_id"].as_str().unwrap();
    office
        .post("/blocks", block(first, "out_of_order", 21, 22))
        .await
        .json(201);
    let moved = reservation(&office, &stay).await;
    let second = moved["unit_id"].as_str().unwrap();
    assert_ne!(second, first, "the stay makes room");

    let elsewhen = book(&office, "pet_friendly", 30, 2).await;
    let unit = elsewhen["unit_id"].as_str().unwrap();
    office
        .post(&action(&elsewhen, "pin"), json!({}))
        .await
        .json(200);
    let refused = office
        .post("/blocks", block(unit, "out_of_order", 31, 33))
        .await;
    let refused = refused.problem(409, "in_the_way");
    assert_eq!(refused["errors"].as_array().unwrap().len(), 1);
    assert_eq!(refused["errors"][0]["field"], "reservations");
    let named = refused["errors"][0]["reason"].as_str().unwrap();
    assert!(named.contains(id(&elsewhen)), "{named}");
    assert_eq!(reservation(&office, &elsewhen).await["unit_id"], unit);
    assert_eq!(
        left(&office, "pet_friendly", 32).await,
        2,
        "nothing of it stays"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_that_makes_no_sense_is_refused() {
    let office = Office::open().await;
    let unit = room_id(&office, "101").await;
    let backwards = office
        .post("/blocks", block(&unit, "out_of_order", 22, 20))
        .await;
    assert_eq!(
        backwards.problem(422, "invalid_input")["errors"][0]["field"],
        "until"
    );
    let nowhere = block(
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "out_of_order",
        20,
        22,
    );
    let unknown = office.post("/blocks", nowhere).await;
    assert_eq!(
        unknown.problem(422, "not_found")["errors"][0]["field"],
        "unit_id"
    );
    let odd = office
        .post("/blocks", block(&unit, "haunted", 20, 22))
        .await;
    assert_eq!(odd.status, 422, "{}", odd.text);
}

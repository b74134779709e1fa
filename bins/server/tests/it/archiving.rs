//! Rooms and room types that are not used any more.

use chrono::Days;
use serde_json::{Value, json};

use crate::desk::day;
use crate::office::Office;

async fn units(office: &Office, group: &str) -> Vec<Value> {
    let groups = office.get("/unit-groups").await.json(200);
    let mut groups = groups["data"].as_array().unwrap().iter();
    let id = &groups.find(|one| one["code"] == group).unwrap()["id"];
    let units = office.get("/units").await.json(200);
    let units = units["data"].as_array().unwrap().iter();
    let of_group = units.filter(|unit| unit["unit_group_id"] == *id);
    of_group.cloned().collect()
}

/// How many rooms of a type can be had on a night far from all others; `None` where guests do not see the type.
async fn left(office: &Office, group: &str) -> Option<i64> {
    let (check_in, check_out) = (day(40), day(41));
    let search = format!("/availability?check_in={check_in}&check_out={check_out}&adults=1");
    let found = office.desk.search(&search).await;
    let shown = ["rooms", "reasons"].map(|list| found[list].as_array().unwrap().clone());
    let shown = shown.concat();
    let room = shown.iter().find(|room| room["room_type"] == group)?;
    room["available_count"].as_i64()
}

fn path(thing: &str, it: &Value, action: &str) -> String {
    format!("/{thing}/{}/actions/{action}", it["id"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_archived_once_nobody_is_to_have_it_and_used_again_when_restored() {
    let office = Office::open().await;
    let stay = json!({
        "arrival": day(20), "departure": day(20) + Days::new(2), "unit_group": "standard_queen", "adults": 2,
    });
    let who = json!({ "name": "Ana Souza", "email": "ana@example.com" });
    let wanted = json!({ "stays": [stay], "guest": who });
    let booking = office.post("/bookings", wanted).await.json(201);
    let stay = &booking["reservations"][0];
    let queens = units(&office, "standard_queen").await;
    let (its, others): (Vec<&Value>, Vec<&Value>) = queens
        .iter()
        .partition(|unit| unit["id"] == stay["unit_id"]);
    let unit = its[0];

    let archive = path("units", unit, "archive");
    let refused = office.post(&archive, json!({})).await;
    let refused = refused.problem(409, "in_the_way");
    assert_eq!(refused["errors"][0]["reason"], stay["id"]);
    let elsewhere = json!({ "unit_id": others[0]["id"] });
    let moved = office
        .post(&path("reservations", stay, "move"), elsewhere)
        .await;
    moved.json(200);

    let tried = office
        .post(&format!("{archive}?dry_run=true"), json!({}))
        .await;
    assert_ne!(tried.json(200)["archived_at"], Value::Null);
    assert_eq!(left(&office, "standard_queen").await, Some(5));
    let archived = office.post(&archive, json!({})).await.json(200);
    assert_ne!(archived["archived_at"], Value::Null);
    assert_eq!(left(&office, "standard_queen").await, Some(4));
    let again = office.post(&archive, json!({})).await.json(200);
    assert_eq!(again["version"], archived["version"]);
    assert_eq!(left(&office, "standard_queen").await, Some(4));
    let back = json!({ "unit_id": unit["id"] });
    office
        .post(&path("reservations", stay, "move"), back.clone())
        .await
        .problem(422, "unit_of_other_group");

    let restored = office
        .post(&path("units", unit, "restore"), json!({}))
        .await;
    assert_eq!(restored.json(200)["archived_at"], Value::Null);
    assert_eq!(left(&office, "standard_queen").await, Some(5));
    let moved = office.post(&path("reservations", stay, "move"), back).await;
    moved.json(200);
    let mut books = office.desk.site.books().await;
    assert!(books.unsound_sales().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_type_is_archived_after_its_rooms_and_guests_see_it_no_more() {
    let office = Office::open().await;
    let kings = units(&office, "king_suite").await;
    let group = json!({ "id": kings[0]["unit_group_id"] });
    let archive = path("unit-groups", &group, "archive");
    let refused = office.post(&archive, json!({})).await;
    refused.problem(409, "units_left");
    for unit in &kings {
        let archived = office
            .post(&path("units", unit, "archive"), json!({}))
            .await;
        archived.json(200);
    }
    assert_eq!(left(&office, "king_suite").await, Some(0));
    let archived = office.post(&archive, json!({})).await.json(200);
    assert_ne!(archived["archived_at"], Value::Null);
    assert_eq!(left(&office, "king_suite").await, None);
    let restore = path("units", &kings[0], "restore");
    office
        .post(&restore, json!({}))
        .await
        .problem(404, "not_found");

    let restored = office
        .post(&path("unit-groups", &group, "restore"), json!({}))
        .await;
    assert_eq!(restored.json(200)["archived_at"], Value::Null);
    office.post(&restore, json!({})).await.json(200);
    assert_eq!(left(&office, "king_suite").await, Some(1));
}

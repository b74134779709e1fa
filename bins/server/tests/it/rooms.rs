//! Staff add and describe rooms and room types by HTTP, and what they say is what is sold.

use std::collections::BTreeSet;

use serde_json::json;

use crate::desk::day;
use crate::house::{group, left, room, room_id};
use crate::office::Office;

const NOBODY: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_room_is_for_sale_at_once_and_once_only() {
    let office = Office::open().await;
    let suites = group(&office, "king_suite").await["id"].clone();
    let body =
        json!({ "unit_group_id": suites, "number": "301", "floor": 3, "note": "under the roof" });
    assert_eq!(left(&office, "king_suite", 20).await, 3);

    let tried = office.post("/units?dry_run=true", body.clone()).await;
    assert_eq!(tried.header("dry-run"), "true");
    tried.json(200);
    assert_eq!(left(&office, "king_suite", 20).await, 3, "only tried");

    let key = Some("the-new-room");
    let added = office.post_as("/units", key, &body).await;
    let again = office.post_as("/units", key, &body).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.json(201), added.json(201));
    assert_eq!(
        left(&office, "king_suite", 20).await,
        4,
        "one room more, not two"
    );

    let (at, version) = (added.header("location"), added.header("etag"));
    assert_eq!(version, "\"1\"");
    let shown = office.get(at.strip_prefix("/api/v1").unwrap()).await;
    assert_eq!(shown.header("etag"), version);
    assert_eq!(shown.json(200), added.json(201));
    office.post("/units", body).await.problem(409, "name_taken");
    let nowhere = json!({ "unit_group_id": NOBODY, "number": "302", "floor": 3 });
    office
        .post("/units", nowhere)
        .await
        .problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_described_anew_by_who_has_seen_it() {
    let office = Office::open().await;
    let seen = room(&office, "103").await;
    let path = format!("/units/{}", seen["id"].as_str().unwrap());
    let anew = json!({ "number": "103A", "floor": 1, "accessible": true, "note": "new door" });
    office
        .put(&path, None, &anew)
        .await
        .problem(428, "if_match_required");
    let changed = office.put(&path, Some("\"1\""), &anew).await;
    assert_eq!(changed.header("etag"), "\"2\"");
    let changed = changed.json(200);
    assert_eq!(
        (&changed["number"], &changed["accessible"]),
        (&json!("103A"), &json!(true))
    );
    assert_eq!(changed["unit_group_id"], seen["unit_group_id"]);

    office
        .put(&path, Some("\"1\""), &anew)
        .await
        .problem(412, "version_mismatch");
    let taken = json!({ "number": "101", "floor": 1 });
    office
        .put(&path, Some("\"2\""), &taken)
        .await
        .problem(409, "name_taken");
    let nonsense = json!({ "number": "", "floor": 900 });
    let refused = office
        .put(&path, Some("\"2\""), &nonsense)
        .await
        .problem(422, "invalid_input");
    let fields: BTreeSet<_> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str())
        .collect();
    assert_eq!(fields, BTreeSet::from([Some("floor"), Some("number")]));
    assert_eq!(office.get(&path).await.json(200), changed);
    let elsewhere = format!("/units/{NOBODY}");
    office
        .put(&elsewhere, Some("\"1\""), &anew)
        .await
        .problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_come_by_pages_each_once() {
    let office = Office::open().await;
    let (mut numbers, mut path) = (Vec::new(), "/units?limit=4".to_owned());
    loop {
        let page = office.get(&path).await.json(200);
        let rooms = page["data"].as_array().unwrap();
        assert!(rooms.len() <= 4);
        numbers.extend(
            rooms
                .iter()
                .map(|room| room["number"].as_str().unwrap().to_owned()),
        );
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/units?limit=4&cursor={cursor}");
    }
    assert_eq!(
        numbers,
        [
            "101", "102", "103", "104", "105", "201", "202", "203", "204", "205"
        ]
    );
    office
        .get("/units?cursor=nonsense")
        .await
        .problem(422, "invalid_input");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_type_is_sold_when_it_has_a_room_and_a_price() {
    let office = Office::open().await;
    let loft = json!({ "code": "loft", "name": "Loft", "max_guests": 3, "max_adults": 2, "amenities": ["Skylight"] });
    let added = office.post("/unit-groups", loft.clone()).await;
    let loft_id = added.json(201)["id"].clone();
    office
        .post("/unit-groups", loft)
        .await
        .problem(409, "name_taken");
    let search = format!(
        "/availability?check_in={}&check_out={}&adults=2&room_type=loft",
        day(20),
        day(22)
    );
    let found = office.desk.get(&search).await.json(200);
    assert_eq!(found["rooms"].as_array().unwrap().len(), 0, "{found}");

    let attic = json!({ "unit_group_id": loft_id, "number": "401", "floor": 4 });
    office.post("/units", attic).await.json(201);
    let plans = office.get("/rate-plans").await.json(200);
    let standard = plans["data"][0]["id"].as_str().unwrap();
    let price = json!({
        "from": day(0), "until": day(60), "unit_groups": ["loft"], "edit": { "kind": "set", "amount_minor": 9_900 },
    });
    office
        .post(&format!("/rate-plans/{standard}/prices"), price)
        .await
        .json(200);
    // Search in the plain words a guest's page uses: the loft is there, once.
    let found = office.desk.get_until(&search, |answer| {
        let found = answer.json(200);
        (found["rooms"][0]["available_count"] == 1).then_some(found)
    });
    assert_eq!(found.await["rooms"][0]["room_type"], "loft");

    let path = format!("/unit-groups/{}", loft_id.as_str().unwrap());
    let crowded = json!({ "code": "loft", "name": "Loft", "max_guests": 2, "max_adults": 3 });
    let refused = office
        .put(&path, Some("\"1\""), &crowded)
        .await
        .problem(422, "invalid_input");
    assert_eq!(refused["errors"][0]["field"], "max_adults");
    let small = json!({ "code": "loft", "name": "Small loft", "max_guests": 1, "max_adults": 1 });
    office
        .put(&path, None, &small)
        .await
        .problem(428, "if_match_required");
    let changed = office.put(&path, Some("\"1\""), &small).await;
    assert_eq!(changed.header("etag"), "\"2\"");
    assert_eq!(office.get(&path).await.json(200), changed.json(200));
    office
        .put(&path, Some("\"1\""), &small)
        .await
        .problem(412, "version_mismatch");
    office
        .desk
        .get_until(&search, |answer| {
            (answer.json(200)["rooms"].as_array()?.is_empty()).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_condition_of_a_room_is_what_was_noted_last() {
    let office = Office::open().await;
    let id = room_id(&office, "101").await;
    let path = format!("/units/{id}/condition");
    let noted = office
        .put(&path, None, &json!({ "condition": "dirty" }))
        .await;
    let (version, noted) = (noted.header("etag").to_owned(), noted.json(200));
    assert_eq!(noted["condition"], "dirty");
    let list = office.get("/housekeeping/units?limit=100").await.json(200);
    let listed = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|unit| unit["unit_id"] == *id)
        .unwrap();
    assert_eq!(listed["condition"], "dirty");

    let inspected = json!({ "condition": "inspected" });
    office
        .put(&path, Some(&version), &inspected)
        .await
        .json(200);
    office
        .put(&path, Some(&version), &inspected)
        .await
        .problem(412, "version_mismatch");
    assert_eq!(room(&office, "101").await["condition"], "inspected");
    let refused = office
        .put(&path, None, &json!({ "condition": "filthy" }))
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    let nowhere = format!("/units/{NOBODY}/condition");
    office
        .put(&nowhere, None, &inspected)
        .await
        .problem(404, "not_found");
}

//! A key that is kept to what it booked itself.

use motel_mcp::Ceilings;
use serde_json::{Value, json};

use crate::house::{House, proof};

const OWN: Ceilings = Ceilings {
    max_total: None,
    bookings_a_day: None,
    own_only: true,
    dry_run_only: false,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_another_key_booked_is_told_like_what_there_is_not() {
    let house = House::open().await;
    let (other, who) = (house.assistant().await, house.assistant().await);
    let theirs = house.book(&other, 1, 1).await.unwrap();
    house.limit(&who, OWN).await;
    let unknown = json!({ "code": "RM-7K3F9Q", "email": "ana@example.com" });
    for tool in ["look_up_booking", "cancel_booking", "create_payment_link"] {
        let hidden = house.refused(&who, tool, proof(&theirs)).await;
        let missing = house.refused(&who, tool, unknown.clone()).await;
        assert_eq!(hidden, missing, "{tool}");
        assert_eq!(hidden.code, "not_found", "{tool}");
    }
    // Without the ceiling there is no such wall: code and e-mail address prove it.
    let seen = house
        .call(&other, "look_up_booking", proof(&theirs))
        .await
        .unwrap();
    assert_eq!(seen["status"], "confirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_key_booked_stays_its_own_in_another_visit_however_the_code_is_written() {
    let house = House::open().await;
    let who = house.assistant().await;
    house.limit(&who, OWN).await;
    let booked = house.book(&who, 1, 1).await.unwrap();
    let again = house.visiting(who.tenant, who.key).await;
    let mut proof = proof(&booked);
    proof["code"] = Value::String(booked["code"].as_str().unwrap().to_lowercase());
    let gone = house.call(&again, "cancel_booking", proof).await.unwrap();
    assert_eq!(gone["status"], "cancelled");
}

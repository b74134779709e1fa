//! What is only tried out.

use motel_mcp::Ceilings;
use serde_json::{Value, json};

use crate::house::{House, proof, room};

fn tried(mut arguments: Value) -> Value {
    arguments["dry_run"] = json!(true);
    arguments
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_is_tried_says_all_and_keeps_nothing() {
    let house = House::open().await;
    let who = house.assistant().await;
    let total = house.price(&who, 1).await;
    let shown = house
        .call(&who, "book_room", tried(room(1, &total, 1)))
        .await
        .unwrap();
    assert_eq!((&shown["dry_run"], &shown["total"]), (&json!(true), &total));
    assert_eq!(house.bookings().await, 0);
    let refusal = house.refused(&who, "look_up_booking", proof(&shown)).await;
    assert_eq!(refusal.code, "not_found");

    let booked = house
        .call(&who, "book_room", room(1, &total, 1))
        .await
        .unwrap();
    assert_eq!(booked["dry_run"], Value::Null);
    let shown = house
        .call(&who, "cancel_booking", tried(proof(&booked)))
        .await
        .unwrap();
    assert_eq!(shown["status"], "cancelled");
    let seen = house
        .call(&who, "look_up_booking", proof(&booked))
        .await
        .unwrap();
    assert_eq!(seen["status"], "confirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_tried_does_not_count_for_the_day() {
    let house = House::open().await;
    let who = house.assistant().await;
    let one = Ceilings {
        bookings_a_day: Some(1),
        ..Ceilings::default()
    };
    house.limit(&who, one).await;
    let total = house.price(&who, 1).await;
    for number in 1..=3 {
        house
            .call(&who, "book_room", tried(room(1, &total, number)))
            .await
            .unwrap();
    }
    house
        .call(&who, "book_room", room(1, &total, 4))
        .await
        .unwrap();
    // And it is refused where the thing itself would be.
    let total = house.price(&who, 10).await;
    let refusal = house
        .refused(&who, "book_room", tried(room(10, &total, 5)))
        .await;
    assert_eq!(refusal.code, "too_many_bookings");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_try_does_nothing_else_but_ask_for_a_person() {
    let house = House::open().await;
    let who = house.assistant().await;
    let trying = Ceilings {
        dry_run_only: true,
        ..Ceilings::default()
    };
    house.limit(&who, trying).await;
    let total = house.price(&who, 1).await;
    let refusal = house.refused(&who, "book_room", room(1, &total, 1)).await;
    assert_eq!((refusal.code, refusal.needs_person), ("dry_run_only", true));
    let lead = json!({ "full_name": "Ana Souza", "email": "ana@example.com" });
    let refusal = house.refused(&who, "create_lead", lead).await;
    assert_eq!(refusal.code, "dry_run_only");
    house
        .call(&who, "book_room", tried(room(1, &total, 1)))
        .await
        .unwrap();
    assert_eq!(house.bookings().await, 0);
    let handed = house
        .call(&who, "hand_over", json!({ "reason": "a booking" }))
        .await;
    assert_eq!(handed.unwrap()["handed_over"], true);
}

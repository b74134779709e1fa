//! How far an assistant may go.

use motel_kernel::{Currency, Money};
use motel_mcp::{Ceilings, McpError, Refusal, commands};
use motel_tenancy::Permission;
use serde_json::json;

use crate::house::{House, only, proof, room};

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_above_the_ceiling_is_not_made_and_a_person_is_offered() {
    let house = House::open().await;
    let who = house.assistant().await;
    let total = house.price(&who, 1).await;
    let minor = total["amount_minor"].as_i64().unwrap();
    let most = |minor| Ceilings {
        max_total: Some(Money::new(minor, Currency::USD)),
        ..Ceilings::default()
    };
    house.limit(&who, most(minor - 1)).await;
    let refusal = house.refused(&who, "book_room", room(1, &total, 1)).await;
    assert_eq!(refusal.code, "above_ceiling");
    assert!(refusal.needs_person, "{refusal:?}");
    assert_eq!(house.bookings().await, 0);

    // To the cent it may, under the same number: nothing of the refused call was kept.
    house.limit(&who, most(minor)).await;
    house
        .call(&who, "book_room", room(1, &total, 1))
        .await
        .unwrap();
    assert_eq!(house.bookings().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_tool_gives_a_discount() {
    let house = House::open().await;
    let who = house.assistant().await;
    let mut total = house.price(&who, 1).await;
    total["amount_minor"] = json!(total["amount_minor"].as_i64().unwrap() - 1);
    let refusal = house.refused(&who, "book_room", room(1, &total, 1)).await;
    assert_eq!(refusal.code, "price_changed", "{refusal:?}");
    let mut asked = room(1, &house.price(&who, 1).await, 1);
    asked["discount_percent"] = json!(10);
    let refusal = house.refused(&who, "book_room", asked).await;
    assert_eq!(refusal.code, "invalid_input");
    assert_eq!(house.bookings().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_has_so_many_bookings_whatever_comes_at_once() {
    let house = House::open().await;
    let who = house.assistant().await;
    let day = Ceilings {
        bookings_a_day: Some(2),
        ..Ceilings::default()
    };
    house.limit(&who, day).await;
    let calls = (1..=5).map(|number| house.book(&who, number * 3, number));
    let made = futures::future::join_all(calls).await;
    let refused: Vec<&Refusal> = made.iter().filter_map(|it| it.as_ref().err()).collect();
    assert_eq!(refused.len(), 3, "{made:?}");
    assert!(refused.iter().all(|it| it.code == "too_many_bookings"));
    assert_eq!(house.bookings().await, 2);

    // The count is the key's, not the visit's; and another key has a day of its own.
    let again = house.visiting(who.tenant, who.key).await;
    let refusal = house.book(&again, 20, 1).await.unwrap_err();
    assert_eq!(refusal.code, "too_many_bookings");
    let other = house.assistant().await;
    house.book(&other, 20, 1).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_call_again_books_nothing_more_and_counts_for_nothing() {
    let house = House::open().await;
    let who = house.assistant().await;
    let day = Ceilings {
        bookings_a_day: Some(1),
        ..Ceilings::default()
    };
    house.limit(&who, day).await;
    let total = house.price(&who, 1).await;
    let first = house
        .call(&who, "book_room", room(1, &total, 1))
        .await
        .unwrap();
    let again = house
        .call(&who, "book_room", room(1, &total, 1))
        .await
        .unwrap();
    assert_eq!(
        (&first["booked_before"], &again["booked_before"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(first["code"], again["code"]);
    assert_eq!(house.bookings().await, 1);
    // Another booking under the number of the first is no repetition.
    let refusal = house.refused(&who, "book_room", room(5, &total, 1)).await;
    assert_eq!(refusal.code, "idempotency_key_reused", "{refusal:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_calls_what_it_permits_and_sees_nothing_else() {
    let house = House::open().await;
    let mut who = house.assistant().await;
    let total = house.price(&who, 1).await;
    who.permissions = only(&[Permission::ReadRates, Permission::ReadReservations]);
    let refusal = house.refused(&who, "book_room", room(1, &total, 1)).await;
    assert_eq!(refusal.code, "forbidden");
    assert!(refusal.reason.contains("reservations:write"), "{refusal:?}");
    assert_eq!(house.bookings().await, 0);
    let listed = house
        .desk
        .listed(who.tenant, who.permissions)
        .await
        .unwrap();
    let names: Vec<_> = listed.iter().map(|it| it.tool.name).collect();
    assert_eq!(
        names,
        [
            "search_availability",
            "list_packages",
            "look_up_booking",
            "create_lead",
            "hand_over"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ceilings_are_of_a_key_that_is_there_and_of_the_version_that_was_read() {
    let house = House::open().await;
    let who = house.assistant().await;
    let mut tx = house.test.db().tenant(who.tenant).await.unwrap();
    let now = chrono::Utc::now();
    let by = motel_kernel::Actor::System;
    let mut put = async |key, expected| {
        commands::put_ceilings(&mut tx, key, expected, Ceilings::default(), by, now).await
    };
    let stranger = motel_kernel::ApiKeyId::new();
    assert!(matches!(put(stranger, None).await, Err(McpError::NoKey)));
    assert_eq!(put(who.key, Some(0)).await.unwrap().version, 1);
    assert!(matches!(put(who.key, Some(0)).await, Err(McpError::Stale)));
    assert_eq!(put(who.key, Some(1)).await.unwrap().version, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_booked_is_looked_up_and_cancelled() {
    let house = House::open().await;
    let who = house.assistant().await;
    let booked = house.book(&who, 1, 1).await.unwrap();
    let seen = house
        .call(&who, "look_up_booking", proof(&booked))
        .await
        .unwrap();
    assert_eq!(
        (&seen["status"], &seen["total"]),
        (&json!("confirmed"), &booked["total"])
    );
    let gone = house
        .call(&who, "cancel_booking", proof(&booked))
        .await
        .unwrap();
    assert_eq!(gone["status"], "cancelled");
}

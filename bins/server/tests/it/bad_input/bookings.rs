use chrono::Days;
use serde_json::{Value, json};

use super::{NO_MARKUP, NO_STATEMENT, Refusing, booking_with, refused};
use crate::desk::day;

#[tokio::test(flavor = "multi_thread")]
async fn bookings_that_cannot_be() {
    let desk = Refusing::open().await;
    let yesterday = day(0) - Days::new(1);
    let cases = [
        ("check_in", json!(yesterday - Days::new(3)), "check_in"),
        ("check_in", json!("2026-02-30"), "check_in"),
        ("check_in", json!(NO_STATEMENT), "check_in"),
        ("check_in", Value::Null, "check_in"),
        ("check_out", json!(day(5)), "check_out"),
        ("check_out", json!(day(2)), "check_out"),
        ("check_out", json!(day(10_005)), "check_out"),
        ("check_out", json!(day(40)), "check_out"),
        ("adults", json!(0), "adults"),
        ("adults", json!(-1), "adults"),
        ("adults", json!(1.5), "adults"),
        ("adults", json!("two"), "adults"),
        ("adults", json!(10_000_000_000_i64), "adults"),
        ("children", json!(-1), ""),
        ("pets", json!(-1), ""),
        ("pets", json!(1), ""),
        ("room_type", json!("penthouse"), "room_type"),
        ("room_type", json!(""), "room_type"),
        ("room_type", json!(NO_STATEMENT), "room_type"),
        ("room_type", json!(NO_MARKUP), "room_type"),
        ("room_type", json!("standard\0queen"), "room_type"),
        ("room_type", json!("🛏️"), "room_type"),
        ("guest.full_name", json!(""), "guest.full_name"),
        ("guest.full_name", json!("🙂"), "guest.full_name"),
        (
            "guest.full_name",
            json!("A".repeat(1_000)),
            "guest.full_name",
        ),
        ("guest.email", json!("ana"), "guest.email"),
        ("guest.email", json!("ana@"), "guest.email"),
        ("guest.email", json!("ana@example.com\0"), "guest.email"),
        (
            "guest.email",
            json!("ana@example.com\nBcc: all@example.com"),
            "guest.email",
        ),
        ("guest.email", json!(NO_STATEMENT), "guest.email"),
        ("guest.email", json!(NO_MARKUP), "guest.email"),
        ("guest.email", json!("🙂@🙂"), "guest.email"),
        ("guest.phone", json!("12"), "guest.phone"),
        ("guest.phone", json!("call me"), "guest.phone"),
        ("guest.phone", json!(NO_STATEMENT), "guest.phone"),
        ("guest", json!("Ana"), "guest"),
    ];
    for (field, value, named) in cases {
        let answer = desk
            .caller()
            .post("/bookings", &booking_with(field, value.clone()))
            .await;
        assert_eq!(answer.status, 422, "{field} {value}: {}", answer.text);
        let code = answer.json(422)["code"].as_str().unwrap().to_owned();
        refused(&answer, 422, &code, named);
    }
    desk.nothing_happened().await;
}

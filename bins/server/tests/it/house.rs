//! The demo's rooms and what stands in them, as staff see them over HTTP.

use chrono::Days;
use serde_json::{Value, json};

use crate::desk::day;
use crate::office::Office;

/// The room of that number.
pub(crate) async fn room(office: &Office, number: &str) -> Value {
    let rooms = office.get("/units?limit=100").await.json(200);
    let rooms = rooms["data"].as_array().unwrap();
    let found = rooms.iter().find(|room| room["number"] == number);
    found.unwrap_or_else(|| panic!("no room {number}")).clone()
}

pub(crate) async fn room_id(office: &Office, number: &str) -> String {
    room(office, number).await["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// The room type of that code.
pub(crate) async fn group(office: &Office, code: &str) -> Value {
    let groups = office.get("/unit-groups").await.json(200);
    let groups = groups["data"].as_array().unwrap();
    groups
        .iter()
        .find(|group| group["code"] == code)
        .unwrap()
        .clone()
}

/// How many rooms of a type are left on a night, by the counters.
pub(crate) async fn left(office: &Office, group: &str, ahead: u64) -> i64 {
    let (from, to) = (day(ahead), day(ahead + 1));
    let counters = office
        .get(&format!("/availability-counters?from={from}&to={to}"))
        .await;
    let counters = counters.json(200);
    let mut counters = counters.as_array().unwrap().iter();
    counters.find(|night| night["unit_group"] == group).unwrap()["left"]
        .as_i64()
        .unwrap()
}

/// Books so many nights for one adult: the reservation.
pub(crate) async fn book(office: &Office, group: &str, ahead: u64, nights: u64) -> Value {
    let stay = json!({
        "arrival": day(ahead), "departure": day(ahead) + Days::new(nights), "unit_group": group, "adults": 1,
    });
    let guest = json!({ "name": "Ana Souza", "email": "ana@example.com" });
    let booking = office
        .post("/bookings", json!({ "stays": [stay], "guest": guest }))
        .await;
    booking.json(201)["reservations"][0].clone()
}

/// The reservation as it is now.
pub(crate) async fn reservation(office: &Office, of: &Value) -> Value {
    office
        .get(&format!("/reservations/{}", id(of)))
        .await
        .json(200)
}

pub(crate) fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

pub(crate) fn action(of: &Value, name: &str) -> String {
    format!("/reservations/{}/actions/{name}", id(of))
}

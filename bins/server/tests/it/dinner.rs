//! The demo's caterer sells a dinner, and the studio an hour.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, day};

const CATERER: &str = "/api/v1/public/harvest-table";
const STUDIO: &str = "/api/v1/public/northlight-studio";

#[tokio::test(flavor = "multi_thread")]
async fn thirty_guests_forty_miles_away_are_served_and_told() {
    let desk = Desk::open().await;
    let search = format!(
        "{CATERER}/services/feast/slots?from={0}&to={0}&guests=30&miles=40",
        day(10)
    );
    let found = desk.get(&search).await.json(200);
    // 30 × $55, and ten miles beyond the free thirty at $2.
    assert_eq!(found["price"]["total"]["amount_minor"], 165_000 + 2_000);
    let times: Vec<_> = slots(&found)
        .map(|slot| slot["local_time"].as_str().unwrap())
        .collect();
    assert_eq!(times, ["12:00", "15:00", "18:00", "21:00"]);

    let six = slots(&found).nth(2).unwrap()["starts_at"].clone();
    let wanted = |email: &str| {
        json!({
            "service": "feast", "starts_at": six, "guests": 30, "miles": 40,
            "add_ons": [{ "code": "salmon", "quantity": 10 }],
            "guest": { "full_name": "Ines Prado", "email": email },
        })
    };
    // Three chefs, and none for the fourth party.
    let post = format!("{CATERER}/appointments");
    let booked = desk
        .post(&post, &wanted("ines@example.com"))
        .await
        .json(201);
    for n in 0..2 {
        let email = format!("guest{n}@example.com");
        desk.post(&post, &wanted(&email)).await.json(201);
    }
    desk.post(&post, &wanted("late@example.com"))
        .await
        .problem(409, "fully_booked");
    assert_eq!(booked["price"]["total"]["amount_minor"], 176_000);
    assert_eq!(booked["price"]["deposit"]["amount_minor"], 52_800);

    let code = booked["code"].as_str().unwrap();
    let mailed = desk.get_until("/dev/mailbox", |answer| {
        answer.text.contains(code).then_some(())
    });
    mailed.await;
    let look = format!("{CATERER}/appointments/{code}?email=ines@example.com");
    assert_eq!(desk.get(&look).await.json(200), booked);
    // Another business has never heard of it.
    let elsewhere = format!("{STUDIO}/appointments/{code}?email=ines@example.com");
    desk.get(&elsewhere).await.problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_studio_sells_hours_and_half_hours() {
    let desk = Desk::open().await;
    let services = desk.get(&format!("{STUDIO}/services")).await.json(200);
    let prices: Vec<_> = services
        .as_array()
        .unwrap()
        .iter()
        .map(|service| (&service["details"]["duration_minutes"], &service["price"]))
        .collect();
    let euros = |minor: i64| json!({ "amount_minor": minor, "currency": "EUR" });
    assert_eq!(
        prices,
        [(&json!(30), &euros(6_000)), (&json!(60), &euros(11_000))]
    );
    // Somebody at the desk looks at the week.
    let search = format!("{STUDIO}/services/hour/slots?from={}&to={}", day(3), day(9));
    let found = desk.get(&search).await.json(200);
    let open = slots(&found).filter(|slot| slot["available"] == true);
    // Four days of 6 and 8 starts, and a Friday of 9.
    assert_eq!(open.count(), 4 * (6 + 8) + 9);

    let sign_in =
        json!({ "email": "desk@northlight-studio.example", "password": "demo-studio-pass" });
    let signed_in = desk.post("/api/v1/session", &sign_in).await;
    let cookie = signed_in
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let list = desk
        .request(Method::GET, "/api/v1/stations")
        .header("cookie", &cookie);
    let stations = desk.send(list).await.json(200);
    assert_eq!(stations[1]["details"]["name"], "Tomasz Wrona");
}

fn slots(found: &Value) -> impl Iterator<Item = &Value> {
    found["slots"].as_array().unwrap().iter()
}

//! What staff see of an assistant.

use motel_conversations::{Channel, Speaker, Status, Turn, queries};
use motel_kernel::ConversationId;
use motel_mcp::rules::About;
use motel_mcp::{Assistant, McpError, commands};
use serde_json::{Value, json};

use crate::house::{House, room};

/// Where calls with this address are told.
async fn told_to(house: &House, who: &Assistant, email: Option<&str>) -> ConversationId {
    let about = match email {
        Some(email) => About::of(who.visit, json!({ "email": email }).as_object().unwrap()),
        None => About::nobody(who.visit),
    };
    let mut tx = house.test.db().tenant(who.tenant).await.unwrap();
    let id = commands::conversation_of(&mut tx, who.key, who.visit, &about).await;
    tx.commit().await.unwrap();
    id.unwrap()
}

async fn turns(house: &House, id: ConversationId) -> Vec<Turn> {
    let mut tx = house.test.db().tenant(house.motel.tenant).await.unwrap();
    queries::transcript(&mut tx, id).await.unwrap()
}

/// Which tools were called, and what came of each.
fn done(turns: &[Turn]) -> Vec<(&str, &str)> {
    turns
        .iter()
        .map(|turn| {
            (
                turn.intent.as_deref().unwrap(),
                turn.actions[0]["outcome"].as_str().unwrap(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_stands_in_a_conversation_of_its_visit() {
    let house = House::open().await;
    let (who, other) = (house.assistant().await, house.assistant().await);
    house.price(&other, 1).await;
    let total = house.price(&who, 1).await;
    let booking = room(1, &total, 1);
    let mut trying = booking.clone();
    trying["dry_run"] = json!(true);
    house.call(&who, "book_room", trying).await.unwrap();
    let booked = house.call(&who, "book_room", booking).await.unwrap();
    let wrong = json!({ "reason": "card 4111 1111 1111 1111" });
    let refusal = house.refused(&who, "hand_over", wrong).await;
    assert_eq!(refusal.code, "card_number");
    let none = house.refused(&who, "drop_tables", json!({})).await;
    assert_eq!(none.code, "unknown_tool");

    let of_nobody = turns(&house, told_to(&house, &who, None).await).await;
    assert_eq!(
        done(&of_nobody),
        [
            ("search_availability", "3 offered"),
            ("hand_over", "card_number")
        ]
    );
    let ana = told_to(&house, &who, Some("ana@example.com")).await;
    let of_ana = turns(&house, ana).await;
    let code = booked["code"].as_str().unwrap();
    assert_eq!(done(&of_ana), [("book_room", "tried"), ("book_room", code)]);
    assert!(of_ana[1].text.contains("room_type: standard_queen"));
    let hidden = |text: &str| !text.contains("4111") && !text.contains("ana@example.com");
    let all = || of_nobody.iter().chain(&of_ana);
    assert!(all().all(|turn| hidden(&turn.text)));
    // The concierge said none of it, so none of it is counted as an answer.
    assert!(all().all(|turn| turn.speaker == Speaker::Guest));
    let mut tx = house.test.db().tenant(who.tenant).await.unwrap();
    let conversation = queries::find(&mut tx, ana).await.unwrap();
    assert_eq!(conversation.channel, Channel::Mcp);
    assert!(conversation.guest_id.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_guests_of_one_visit_are_kept_apart() {
    let house = House::open().await;
    let who = house.assistant().await;
    let total = house.price(&who, 1).await;
    let of = |email: &str, name: &str| -> Value {
        let mut booking = room(1, &total, 1);
        booking["email"] = json!(email);
        booking["full_name"] = json!(name);
        booking
    };
    let ada = house
        .call(&who, "book_room", of("ada@example.com", "Ada Ross"))
        .await;
    // The first booking of another guest is another one, whatever its number.
    let bob = house
        .call(&who, "book_room", of("Bob@example.com", "Bob Hale"))
        .await;
    let (ada, bob) = (ada.unwrap(), bob.unwrap());
    assert_ne!(ada["code"], bob["code"]);
    let again = house
        .call(&who, "book_room", of("bob@example.com", "Bob Hale"))
        .await;
    assert_eq!(again.unwrap()["code"], bob["code"]);

    let bobs = told_to(&house, &who, Some("bob@example.com")).await;
    let adas = told_to(&house, &who, Some("ada@example.com")).await;
    let mut tx = house.test.db().tenant(who.tenant).await.unwrap();
    let (of_bob, of_ada) = (
        queries::find(&mut tx, bobs).await.unwrap().guest_id,
        queries::find(&mut tx, adas).await.unwrap().guest_id,
    );
    assert!(of_bob.is_some() && of_ada.is_some() && of_bob != of_ada);
    let told = turns(&house, bobs).await;
    let code = ada["code"].as_str().unwrap();
    assert!(
        told.iter()
            .all(|turn| !turn.actions.to_string().contains(code))
    );
    assert_eq!((told.len(), turns(&house, adas).await.len()), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_guest_of_a_visit_is_handed_over_and_waits() {
    let house = House::open().await;
    let who = house.assistant().await;
    for email in ["ada@example.com", "bob@example.com"] {
        let asking = json!({ "reason": "a wedding", "email": email });
        house.call(&who, "hand_over", asking).await.unwrap();
    }
    let mut tx = house.test.db().tenant(who.tenant).await.unwrap();
    let mut waiting = Vec::new();
    for email in ["ada@example.com", "bob@example.com"] {
        let id = told_to(&house, &who, Some(email)).await;
        waiting.push(id);
        let conversation = queries::find(&mut tx, id).await.unwrap();
        assert_eq!(conversation.status, Status::HandedOver, "{email}");
        let told = turns(&house, id).await;
        assert!(told[0].text.contains("reason: a wedding"));
    }
    // Who asked for a person goes on waiting when the assistant goes.
    commands::end_visit(&mut tx, who.key, who.visit)
        .await
        .unwrap();
    for id in waiting {
        let conversation = queries::find(&mut tx, id).await.unwrap();
        assert_eq!(conversation.status, Status::HandedOver);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_its_keys_and_ends_once() {
    let house = House::open().await;
    let (who, other) = (house.assistant().await, house.assistant().await);
    house.price(&who, 1).await;
    let id = told_to(&house, &who, None).await;
    let mut tx = house.test.db().tenant(who.tenant).await.unwrap();
    let nobody = About::nobody(who.visit);
    let stolen = commands::conversation_of(&mut tx, other.key, who.visit, &nobody).await;
    assert!(matches!(stolen, Err(McpError::NoVisit)));
    let ended = commands::end_visit(&mut tx, other.key, who.visit).await;
    assert!(matches!(ended, Err(McpError::NoVisit)));
    commands::end_visit(&mut tx, who.key, who.visit)
        .await
        .unwrap();
    let closed = queries::find(&mut tx, id).await.unwrap();
    assert_eq!(closed.status, Status::Closed);
    let again = commands::end_visit(&mut tx, who.key, who.visit).await;
    assert!(matches!(again, Err(McpError::NoVisit)));
}

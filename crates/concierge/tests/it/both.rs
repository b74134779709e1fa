//! A house that sells rooms and services: with a model, both are booked in one conversation.

use motel_llm::testing::{FakeModel, Say};
use serde_json::json;

use crate::appointment_model::session;
use crate::model::{book, motel};

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_and_a_room_are_booked_in_one_conversation() {
    let fake = FakeModel::saying(vec![]);
    let (_test, stage) = motel(&fake).await;
    stage.offer_services("northlight-studio").await;
    let conversation = stage.conversation().await;
    let petra = || Say::call("book_appointment", session("10:00"));
    fake.now_saying(vec![petra()]);
    let words =
        "half an hour of advice on December 3 at 10 am. Petra Lind, petra@example.com, no phone";
    let read_back = stage.say(conversation, words).await;
    assert!(
        read_back.text.contains("Half an hour of advice"),
        "{}",
        read_back.text
    );
    let names = fake.asked()[0].body["tools"].as_array().unwrap().len();
    assert_eq!(names, 14);
    // The model is gone before the yes: what was read back is booked all the same.
    fake.now(|_| Say::Status(503, None));
    let booked = stage.say(conversation, "yes").await;
    assert!(booked.text.contains("RM-"), "{}", booked.text);
    assert_eq!(stage.appointments().await.len(), 1);
    let code = stage.appointments().await[0].code.to_string();

    let mut room = match book() {
        Say::Calls(calls) => calls[0].1.clone(),
        other => unreachable!("{other:?}"),
    };
    room["full_name"] = json!("Petra Lind");
    room["email"] = json!("petra@example.com");
    let room = || Say::call("book_room", room.clone());
    fake.now_saying(vec![room(), room()]);
    let words = "and the king suite from January 18 to January 21 for 2 adults";
    let read_back = stage.say(conversation, words).await;
    assert!(read_back.text.contains("$604.80"), "{}", read_back.text);
    let booked = stage.say(conversation, "yes").await;
    assert!(booked.booking.is_some(), "{}", booked.text);
    assert_eq!(
        (stage.bookings().await, stage.appointments().await.len()),
        (1, 1)
    );

    let proof = json!({"code": code, "email": "petra@example.com"});
    fake.now_saying(vec![Say::call("cancel_appointment", proof)]);
    let words = format!("cancel my appointment {code}, petra@example.com");
    let offered = stage.say(conversation, &words).await;
    assert!(
        offered.text.contains("Shall I cancel it?"),
        "{}",
        offered.text
    );
    fake.now(|_| Say::Status(503, None));
    stage.say(conversation, "yes").await;
    assert_eq!(
        (stage.bookings().await, stage.appointments().await.len()),
        (1, 0)
    );
}

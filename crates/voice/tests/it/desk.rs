use motel_conversations::{Speaker, Status};
use motel_voice::commands::hang_up;
use motel_voice::{CallStatus, Heard, Then, VoiceError};

use crate::stage::{Stage, keys, speech};

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_stored_as_it_is_spoken() {
    let stage = Stage::new().await;
    let answered = stage.ring("CA1").await;
    assert!(answered.greeting.text.contains("Motel DM001"));
    assert_eq!(answered.greeting.then, Then::Listen { turn: 1 });

    let answer = stage
        .hears(answered.call.id, 1, speech("book it"))
        .await
        .unwrap();
    assert_eq!(
        answer.text,
        "Booked! Your code is R, M, 7, K, 3, F, 9, Q, $268.80 in total."
    );
    assert_eq!(answer.then, Then::Listen { turn: 2 });
    let answer = stage
        .hears(answered.call.id, 2, speech("bye"))
        .await
        .unwrap();
    assert_eq!(
        (answer.text.as_str(), answer.then),
        ("Goodbye!", Then::HangUp)
    );

    let call = stage.call(answered.call.id).await;
    assert_eq!(call.status, CallStatus::Completed);
    assert!(call.ended_at.is_some());
    let (said, status) = stage.transcript(&call).await;
    let written = |speaker, text: &str| (speaker, text.to_owned());
    assert_eq!(said[0].0, Speaker::Concierge);
    assert_eq!(
        said[1..],
        [
            written(Speaker::Guest, "book it"),
            written(
                Speaker::Concierge,
                "Booked! Your code is RM-7K3F9Q, $268.80 in total."
            ),
            written(Speaker::Guest, "bye"),
            written(Speaker::Concierge, "Goodbye!"),
        ]
    );
    assert_eq!(status, Status::Closed);
    assert_eq!(
        stage.call_events().await,
        ["call.started", "call.ended completed"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hang_up_before_the_goodbye_leaves_the_call_incomplete_with_all_that_was_said() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    stage
        .hears(call.id, 1, speech("a room for tomorrow"))
        .await
        .unwrap();
    for _ in 0..2 {
        let ended = hang_up(&stage.desk, stage.motel.tenant, call.id)
            .await
            .unwrap();
        assert_eq!(ended.status, CallStatus::Incomplete);
    }
    let (said, status) = stage.transcript(&call).await;
    assert_eq!((said.len(), status), (3, Status::Closed));
    assert_eq!(
        stage.call_events().await,
        ["call.started", "call.ended incomplete"]
    );

    let late = stage.hears(call.id, 2, speech("hello?")).await.unwrap();
    assert_eq!(late.then, Then::HangUp);
    assert_eq!(stage.script.asked(), ["a room for tomorrow"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn hanging_up_after_the_goodbye_leaves_the_call_completed() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    stage.hears(call.id, 1, speech("bye")).await.unwrap();
    let ended = hang_up(&stage.desk, stage.motel.tenant, call.id)
        .await
        .unwrap();
    assert_eq!(ended.status, CallStatus::Completed);
    assert_eq!(
        stage.call_events().await,
        ["call.started", "call.ended completed"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_asked_twice_and_then_ends_the_call() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    for turn in 1..=2 {
        let answer = stage.hears(call.id, turn, Heard::Nothing).await.unwrap();
        assert!(answer.text.starts_with("I didn't hear anything."));
        assert_eq!(answer.then, Then::Listen { turn: turn + 1 });
    }
    let answer = stage.hears(call.id, 3, Heard::Nothing).await.unwrap();
    assert!(answer.text.ends_with("Goodbye."));
    assert_eq!(answer.then, Then::HangUp);
    assert_eq!(stage.call(call.id).await.status, CallStatus::Completed);
    assert!(stage.script.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_in_between_forgives_the_silence_before_it() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    let turns = [
        Heard::Nothing,
        Heard::Nothing,
        speech("hm"),
        Heard::Nothing,
        Heard::Nothing,
    ];
    for (turn, heard) in (1..).zip(turns) {
        let answer = stage.hears(call.id, turn, heard).await.unwrap();
        assert_eq!(answer.then, Then::Listen { turn: turn + 1 });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn key_0_calls_for_a_person() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    let answer = stage.hears(call.id, 1, keys("0")).await.unwrap();
    assert!(
        answer.text.contains("will call you back"),
        "{}",
        answer.text
    );
    assert_eq!(answer.then, Then::HangUp);
    let call = stage.call(call.id).await;
    assert_eq!(call.status, CallStatus::Completed);
    let (said, status) = stage.transcript(&call).await;
    assert_eq!(said[1], (Speaker::Guest, "0".to_owned()));
    assert_eq!(status, Status::HandedOver);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_keys_are_words_for_the_concierge() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    let answer = stage.hears(call.id, 1, keys("42")).await.unwrap();
    assert_eq!(answer.text, "You said 42.");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_concierge_fails_the_caller_is_asked_again() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    let answer = stage.hears(call.id, 1, speech("break")).await.unwrap();
    assert!(answer.text.starts_with("I'm sorry"));
    assert_eq!(answer.then, Then::Listen { turn: 2 });
    assert_eq!(
        stage.hears(call.id, 2, speech("again")).await.unwrap().text,
        "You said again."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_nobody_was_asked_for_is_refused() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    for turn in [2, 99] {
        let refused = stage.hears(call.id, turn, speech("hi")).await;
        assert!(matches!(refused, Err(VoiceError::TurnOutOfOrder(number)) if number == turn));
    }
    assert!(stage.script.asked().is_empty());
}

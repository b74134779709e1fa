use diesel_async::RunQueryDsl;
use motel_voice::Then;
use tokio::join;

use crate::script::Script;
use crate::stage::{Stage, speech};

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_rings_twice_is_one_call() {
    let stage = Stage::new().await;
    let (first, second) = join!(stage.ring("CA1"), stage.ring("CA1"));
    let third = stage.ring("CA1").await;
    assert_eq!(
        (&first.greeting, first.call.id),
        (&second.greeting, second.call.id)
    );
    assert_eq!(
        (&first.greeting, first.call.id),
        (&third.greeting, third.call.id)
    );
    assert_eq!(stage.transcript(&first.call).await.0.len(), 1);
    assert_eq!(stage.call_events().await, ["call.started"]);

    let other = stage.ring("CA2").await;
    assert_ne!(other.call.id, first.call.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_delivered_twice_is_acted_on_once_and_answered_twice() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    let first = stage.hears(call.id, 1, speech("book it")).await.unwrap();
    let again = stage.hears(call.id, 1, speech("book it")).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(stage.script.asked(), ["book it"]);
    assert_eq!(stage.transcript(&call).await.0.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_delivered_again_while_it_is_answered_waits() {
    let stage = Stage::with(Script::slow).await;
    let call = stage.ring("CA1").await.call;
    let answering = async {
        let answer = stage.hears(call.id, 1, speech("book it")).await.unwrap();
        assert_eq!(answer.then, Then::Listen { turn: 2 });
        answer
    };
    let asking_again = async {
        stage.script.thinking.notified().await;
        let answer = stage.hears(call.id, 1, speech("book it")).await.unwrap();
        assert_eq!(answer.then, Then::Wait { turn: 1 });
        stage.script.may_answer.add_permits(1);
    };
    let (answer, ()) = join!(answering, asking_again);
    assert_eq!(
        stage.hears(call.id, 1, speech("book it")).await.unwrap(),
        answer
    );
    assert_eq!(stage.script.asked(), ["book it"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carrier_that_stops_waiting_finds_the_answer_later() {
    let stage = Stage::with(Script::slow).await;
    let call = stage.ring("CA1").await.call;
    tokio::select! {
        _ = stage.hears(call.id, 1, speech("book it")) => panic!("nobody let it answer"),
        () = stage.script.thinking.notified() => {}
    }
    stage.script.may_answer.add_permits(1);
    let answer = loop {
        let answer = stage.hears(call.id, 1, speech("book it")).await.unwrap();
        if answer.then != (Then::Wait { turn: 1 }) {
            break answer;
        }
    };
    assert!(answer.text.starts_with("Booked!"), "{}", answer.text);
    assert_eq!(stage.script.asked(), ["book it"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_whose_process_died_is_asked_for_again() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    stage.hears(call.id, 1, speech("book it")).await.unwrap();
    let mut admin = stage.test.admin().await;
    diesel::sql_query(
        "UPDATE voice.answers SET answer = NULL, claimed_at = now() - interval '2 minutes' WHERE turn = 1",
    )
    .execute(&mut admin)
    .await
    .unwrap();
    let answer = stage.hears(call.id, 1, speech("book it")).await.unwrap();
    assert!(answer.text.starts_with("I'm sorry"));
    assert_eq!(answer.then, Then::Listen { turn: 2 });
    assert_eq!(stage.script.asked(), ["book it"]);
}

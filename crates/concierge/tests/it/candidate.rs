//! Somebody is tried out beside whoever answers guests, or before a share of them.

use motel_concierge::{ModelChoice, jobs};
use motel_jobs::Worker;
use motel_kernel::Actor;
use motel_llm::testing::{FakeModel, Say};
use motel_shadow::commands::put_candidate;
use motel_shadow::queries::{chosen_candidate, compared, differing, rates};
use motel_shadow::{Candidate, Terms};
use motel_testkit::TestDb;

use crate::model::{choice, search};
use crate::stage::{OWNERS, Stage};

const FREE: &str = "what's free from January 18 to January 21 for 2 adults?";

/// A motel whose guests the built-in engine answers, and where this model is tried out.
async fn trying(fake: &FakeModel, terms: Terms) -> (TestDb, Stage) {
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let off = ModelChoice {
        enabled: false,
        ..choice(fake)
    };
    let stage = Stage::set(&test, "remotemotel", now)
        .await
        .with_model_of(off)
        .await;
    let mut tx = stage.tx().await;
    put_candidate(
        &mut tx,
        None,
        &Candidate::model(None),
        terms,
        Actor::System,
        now,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    // A subscriber hears from its first start on.
    worker(&stage).run_until_idle().await.unwrap();
    (test, stage)
}

fn worker(stage: &Stage) -> Worker {
    let worker = Worker::new(stage.db.clone());
    jobs::register(worker, stage.concierge.clone(), stage.clock.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_silent_answers_after_the_guest_and_is_scored_once_by_two_nodes() {
    let words = "The King Suite is $604.80 in total.";
    let fake = FakeModel::saying(vec![search(), Say::words(words)]);
    let (_test, stage) = trying(&fake, Terms::default()).await;
    let conversation = stage.conversation().await;
    let heard = stage.say(conversation, FREE).await;
    assert!(heard.text.contains("$604.80") && heard.text != words);
    assert!(fake.asked().is_empty(), "not in the guest's time");
    let (one, other) = (worker(&stage), worker(&stage));
    let (one, other) = tokio::join!(one.run_until_idle(), other.run_until_idle());
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(fake.asked().len(), 2);

    let mut tx = stage.tx().await;
    let tried = chosen_candidate(&tx).await.unwrap();
    let found = compared(&mut tx, &tried).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, heard.intent);
    let differing = differing(&mut tx, &tried, 5).await.unwrap();
    let details = &differing[0].scored.details;
    assert_eq!(details["words"], words);
    assert_eq!(details["tools"]["tried"], serde_json::json!([]));
    let transcript = motel_conversations::queries::transcript(&mut tx, conversation).await;
    assert_eq!(transcript.unwrap().len(), 2, "nobody heard it");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_fails_before_guests_is_taken_back_and_no_guest_notices() {
    let fake = FakeModel::start(|_| Say::Status(401, None));
    let terms = Terms {
        share: 100,
        least_turns: 5,
        ..Terms::default()
    };
    let (_test, stage) = trying(&fake, terms).await;
    let conversation = stage.conversation().await;
    for _ in 0..5 {
        let reply = stage.say(conversation, FREE).await;
        assert!(reply.text.contains("$604.80"), "{}", reply.text);
        let told = stage.last_record(conversation).await.told;
        assert_eq!(told.details["candidate"], "the chosen model");
        assert!(told.fallback.is_some());
    }
    worker(&stage).run_until_idle().await.unwrap();
    let mut tx = stage.tx().await;
    let tried = chosen_candidate(&tx).await.unwrap();
    let back = tried.rolled_back().unwrap();
    assert_eq!((tried.terms.share, back.from), (0, 100));
    assert!(back.why.contains("failed"), "{}", back.why);
    assert_eq!(rates(&mut tx, &tried).await.unwrap().failures, 100);
    drop(tx);
    stage.say(conversation, FREE).await;
    let told = stage.last_record(conversation).await.told;
    assert_eq!(told.fallback, None);
    assert!(told.details["candidate"].is_null(), "{}", told.details);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_built_in_engine_is_tried_before_those_whom_a_model_answers() {
    let fake = FakeModel::start(|_| Say::words("How can I help?"));
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let stage = Stage::set(&test, "remotemotel", now)
        .await
        .with_model(&fake)
        .await;
    let mut tx = stage.tx().await;
    let terms = Terms {
        share: 40,
        silent: false,
        ..Terms::default()
    };
    let tried = put_candidate(
        &mut tx,
        None,
        &Candidate::built_in(),
        terms,
        Actor::System,
        now,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let mut of_candidate = 0;
    for _ in 0..12 {
        let conversation = stage.conversation().await;
        for _ in 0..2 {
            stage.say(conversation, "hello").await;
            let told = stage.last_record(conversation).await.told;
            let is_built_in = told.engine.as_str() == "built_in";
            assert_eq!(is_built_in, tried.answers(conversation));
            assert_eq!(is_built_in, told.details["candidate"] == "built in");
            of_candidate += usize::from(is_built_in);
        }
    }
    assert!(of_candidate < 24 && fake.asked().len() == 24 - of_candidate);
}

//! The rules by which a person is brought in: what is kept of each, that each does it once, and that it can be switched off.

use motel_conversations::{HandOverReason, HandOverRules, Status, commands, queries};
use motel_kernel::{Actor, ConversationId};
use motel_llm::testing::{FakeModel, Say};
use motel_testkit::TestDb;
use serde_json::json;

use crate::stage::{OWNERS, Stage};

const ALL: &str = "standard queen from January 18 to January 21 for 2 adults. My name is Daniel Okafor, email \
                   daniel@example.org, no phone";

async fn motel() -> (TestDb, Stage) {
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let stage = Stage::set(&test, "remotemotel", now).await;
    (test, stage)
}

impl Stage {
    async fn set_rules(&self, rules: HandOverRules) {
        let mut tx = self.tx().await;
        commands::put_hand_over_rules(&mut tx, None, &rules, Actor::System, self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Why a conversation was handed over, with the summaries.
    async fn handed_over(&self, id: ConversationId) -> Vec<(HandOverReason, String)> {
        let mut tx = self.tx().await;
        let kept = queries::hand_overs(&mut tx, id).await.unwrap();
        kept.into_iter().map(|it| (it.reason, it.summary)).collect()
    }

    async fn status(&self, id: ConversationId) -> Status {
        let mut tx = self.tx().await;
        queries::find(&mut tx, id).await.unwrap().status
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_over_reads_who_it_is_what_is_wanted_and_why() {
    let (_test, stage) = motel().await;
    let id = stage.conversation().await;
    stage.say(id, ALL).await;
    let words = "Can you make an exception and waive the tax? My card is 4111 1111 1111 1111.";
    stage.say(id, "can you waive the tax for us?").await;
    let record = stage.last_record(id).await.told;
    assert_eq!(record.details["hand_over"], json!(["policy_exception"]));
    let kept = stage.handed_over(id).await;
    let [(HandOverReason::PolicyException, summary)] = kept.as_slice() else {
        panic!("{kept:?}");
    };
    for told in [
        "an exception from the rules",
        "Daniel Okafor, daniel@example.org",
        "can you waive the tax for us?",
        "Mon, Jan 18 to Thu, Jan 21, 2027 (3 nights)",
        "2 adults",
    ] {
        assert!(summary.contains(told), "{told}: {summary}");
    }

    // A second time it is not kept again, and no card's number ever is.
    stage.say(id, words).await;
    assert_eq!(stage.handed_over(id).await, kept);
    let other = stage.conversation().await;
    stage
        .say(
            other,
            "I want a person. My card is 4111 1111 1111 1111, call me",
        )
        .await;
    let kept = stage.handed_over(other).await;
    assert!(
        kept.iter().all(|(_, summary)| !summary.contains("4111")),
        "{kept:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_is_off_brings_in_nobody() {
    let (_test, stage) = motel().await;
    stage
        .set_rules(HandOverRules {
            asked_for_person: false,
            repeated_failure: false,
            anger: false,
            emergency: false,
            high_value: false,
            policy_exception: false,
            ..HandOverRules::default()
        })
        .await;
    let id = stage.conversation().await;
    for words in [
        "This is outrageous, you people are useless!",
        "can you make an exception and waive the fee?",
        "zint glorp",
        "glorp zint",
        "zint zint glorp",
        "standard queen from January 4 to January 30 for 1 adult",
        "I want to talk to a person",
    ] {
        stage.say(id, words).await;
    }
    let danger = stage.say(id, "there is a fire in the hallway").await;
    assert!(
        danger.text.contains("call 911") && !danger.text.contains("colleagues"),
        "{}",
        danger.text
    );
    assert_eq!(stage.handed_over(id).await, []);
    assert_eq!(stage.status(id).await, Status::Open);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reason_is_followed_and_counted_once() {
    let (_test, stage) = motel().await;
    let id = stage.conversation().await;
    for words in [
        "This is outrageous, you people are useless!",
        "You are all incompetent, I demand a refund!",
        "there is a fire in the hallway",
        "I want to talk to a person",
    ] {
        stage.say(id, words).await;
    }
    let mut reasons: Vec<_> = stage
        .handed_over(id)
        .await
        .into_iter()
        .map(|it| it.0)
        .collect();
    reasons.sort_by_key(|reason| reason.as_str());
    assert_eq!(
        reasons,
        [
            HandOverReason::Anger,
            HandOverReason::AskedForPerson,
            HandOverReason::Emergency
        ]
    );
    let mut tx = stage.tx().await;
    let counted = queries::hand_overs_since(&mut tx, stage.now())
        .await
        .unwrap();
    assert!(
        counted.len() == 3 && counted.iter().all(|(_, count)| *count == 1),
        "{counted:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_count_in_a_row_up_to_the_bound_that_is_set() {
    let (_test, stage) = motel().await;
    let rules = HandOverRules {
        failures_in_a_row: 2,
        ..HandOverRules::default()
    };
    stage.set_rules(rules).await;
    let id = stage.conversation().await;
    stage.say(id, "zint glorp").await;
    stage.say(id, "do you take dogs?").await;
    stage.say(id, "zint glorp").await;
    assert_eq!(stage.handed_over(id).await, []);
    stage.say(id, "glorp zint").await;
    let kept = stage.handed_over(id).await;
    assert!(
        matches!(kept.as_slice(), [(HandOverReason::RepeatedFailure, _)]),
        "{kept:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn much_money_tells_a_person_and_holds_nothing_up() {
    let (_test, stage) = motel().await;
    let rules = HandOverRules {
        high_value_amount_minor: Some(40_320),
        high_value_nights: None,
        ..HandOverRules::default()
    };
    stage.set_rules(rules).await;
    let id = stage.conversation().await;
    let read_back = stage.say(id, ALL).await;
    assert!(
        read_back.text.contains("Shall I book"),
        "{}",
        read_back.text
    );
    let kept = stage.handed_over(id).await;
    let [(HandOverReason::HighValue, summary)] = kept.as_slice() else {
        panic!("{kept:?}: {}", read_back.text);
    };
    assert!(summary.contains("$403.20 in total"), "{summary}");
    let booked = stage.say(id, "yes").await;
    assert!(booked.booking.is_some() && stage.handed_over(id).await.len() == 1);
}

/// A model is not asked where a rule brings in a person, and is asked where the rule is off.
#[tokio::test(flavor = "multi_thread")]
async fn the_rules_hold_with_a_model_as_well() {
    let words = "I understand.";
    let fake = FakeModel::start(move |_| Say::words(words));
    let (_test, stage) = motel().await;
    let stage = stage.with_model(&fake).await;
    let angry = "This is outrageous, you people are useless!";
    let id = stage.conversation().await;
    let reply = stage.say(id, angry).await;
    assert!(
        reply.text.contains("sorry for the trouble"),
        "{}",
        reply.text
    );
    let record = stage.last_record(id).await.told;
    assert_eq!(record.fallback.as_deref(), Some("house_step"));
    assert_eq!(record.details["hand_over"], json!(["anger"]));

    let calm = HandOverRules {
        anger: false,
        ..HandOverRules::default()
    };
    stage.set_rules(calm).await;
    let id = stage.conversation().await;
    assert_eq!(stage.say(id, angry).await.text, words);
    assert_eq!(stage.handed_over(id).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_tells_what_was_heard_and_in_which_voice_it_was_answered() {
    let (_test, stage) = motel().await;
    let id = stage.conversation().await;
    stage
        .say(id, "I'm so worried, did my payment go through?")
        .await;
    let tone = stage.last_record(id).await.told.details["tone"].clone();
    assert_eq!(
        (&tone["heard"], &tone["voice"]),
        (&json!("anxious"), &json!("anxious"))
    );
    assert!(tone["confidence"].as_u64().unwrap() >= 60, "{tone}");
    stage.say(id, "Thank you so much, you are wonderful!").await;
    let tone = stage.last_record(id).await.told.details["tone"].clone();
    assert_eq!(
        (&tone["heard"], &tone["voice"]),
        (&json!("warm"), &json!("anxious"))
    );
}

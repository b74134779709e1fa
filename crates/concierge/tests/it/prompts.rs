//! What a model is told of itself: the active version, per channel, within the rules.

use diesel_async::SimpleAsyncConnection;
use motel_conversations::{Channel, GuestMessage, GuestTurn, Reply, Responder};
use motel_kernel::{Actor, ConversationId};
use motel_llm::testing::{FakeModel, Say};
use motel_prompts::{NewVersion, PromptKind, VersionNumber, commands};
use motel_testkit::TestDb;
use serde_json::json;

use crate::model::motel;
use crate::stage::Stage;

const HELLO: &str = "hello, who are you?";

impl Stage {
    async fn converse_by(&self, channel: Channel) -> ConversationId {
        let mut tx = self.tx().await;
        let started = motel_conversations::commands::start(&mut tx, channel).await;
        tx.commit().await.unwrap();
        started.unwrap().id
    }

    async fn say_by(&self, channel: Channel, conversation: ConversationId) -> Reply {
        let message = GuestMessage::parse(HELLO).unwrap();
        let turn = GuestTurn {
            tenant: self.tenant,
            property: &self.property,
            conversation,
            channel,
            message: &message,
        };
        self.concierge.respond(turn).await.unwrap()
    }

    /// Saves a prompt that says these words besides, and makes it the active one.
    async fn tell_models(&self, kind: PromptKind, words: &str) {
        let text = format!("{words}\n{{{{ business }}}} {{{{ today }}}} {{{{ house }}}}");
        let new = NewVersion::parse(kind, &text, "").unwrap();
        let (by, now) = (Actor::System, self.now());
        let mut tx = self.tx().await;
        let saved = commands::save(&mut tx, &new, by, now).await.unwrap();
        commands::activate(&mut tx, kind, saved.number, by, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn roll_back(&self, kind: PromptKind) {
        let mut tx = self.tx().await;
        let standing = motel_prompts::queries::standing(&mut tx, kind)
            .await
            .unwrap();
        let seen = standing.last_activation();
        commands::roll_back(&mut tx, kind, seen, Actor::System, self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// What the service was told last, and what the record says of it.
    async fn told(&self, fake: &FakeModel, channel: Channel) -> (String, serde_json::Value) {
        let conversation = self.converse_by(channel).await;
        self.say_by(channel, conversation).await;
        let told = fake.asked().pop().unwrap().said_by("system");
        let record = self.last_record(conversation).await.told;
        assert_eq!(record.engine.as_str(), "model", "{:?}", record.fallback);
        (told[0].clone(), record.details["prompt"].clone())
    }
}

async fn friendly() -> (FakeModel, TestDb, Stage) {
    let fake = FakeModel::saying(vec![]);
    fake.now(|_| Say::words("Happy to help!"));
    let (test, stage) = motel(&fake).await;
    (fake, test, stage)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_active_version_is_what_the_service_is_sent_on_its_channels() {
    let (fake, _test, stage) = friendly().await;
    let (told, noted) = stage.told(&fake, Channel::Web).await;
    assert!(told.contains("write to its guests"), "{told}");
    assert_eq!(noted, json!({ "kind": "writing", "version": 0 }));

    stage
        .tell_models(PromptKind::Writing, "Mention the lake.")
        .await;
    let by_text = "{% if channel == 'sms' %}Two lines at most.{% endif %}";
    stage
        .tell_models(
            PromptKind::Writing,
            &format!("Mention the hills. {by_text}"),
        )
        .await;
    stage.tell_models(PromptKind::Phone, "Speak slowly.").await;
    for (channel, version, has, lacks) in [
        (Channel::Web, 2, "Mention the hills.", "Two lines"),
        (Channel::Sms, 2, "Two lines at most.", "lake"),
        (Channel::Phone, 1, "Speak slowly.", "hills"),
    ] {
        let (told, noted) = stage.told(&fake, channel).await;
        assert!(
            told.contains(has) && !told.contains(lacks),
            "{channel}: {told}"
        );
        assert!(told.contains(&stage.property.name), "{told}");
        assert!(
            told.contains("king_suite"),
            "the house stands in it: {told}"
        );
        assert_eq!(noted["version"], version);
        // Whatever a business writes, the rules stand around it.
        assert!(told.starts_with("Rules, above everything else"), "{told}");
        assert!(
            told.trim_end().ends_with("between them and here."),
            "{told}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rolled_back_is_rolled_back_at_the_next_turn() {
    let (fake, _test, stage) = friendly().await;
    stage
        .tell_models(PromptKind::Writing, "Mention the lake.")
        .await;
    stage
        .tell_models(PromptKind::Writing, "Mention the hills.")
        .await;
    let conversation = stage.converse_by(Channel::Web).await;
    for (words, version) in [
        ("Mention the hills.", 2),
        ("Mention the lake.", 1),
        ("write to its guests", 0),
    ] {
        stage.say_by(Channel::Web, conversation).await;
        let told = fake.asked().pop().unwrap().said_by("system");
        assert!(told[0].contains(words), "{}", told[0]);
        let record = stage.last_record(conversation).await.told;
        assert_eq!(record.details["prompt"]["version"], version);
        if version > 0 {
            stage.roll_back(PromptKind::Writing).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_does_not_render_is_replaced_within_the_turn_and_the_record_says_so() {
    let (fake, test, stage) = friendly().await;
    stage
        .tell_models(PromptKind::Writing, "Mention the lake.")
        .await;
    // As if a variable had gone since it was saved.
    let broken = "UPDATE prompts.versions SET text = 'Mention the lake. {{ weather }}'";
    test.admin().await.batch_execute(broken).await.unwrap();
    let (told, noted) = stage.told(&fake, Channel::Web).await;
    assert!(
        told.contains("write to its guests") && !told.contains("lake"),
        "{told}"
    );
    assert_eq!(
        (&noted["version"], &noted["in_place_of"]),
        (&json!(0), &json!(1))
    );
    assert!(
        noted["fault"].as_str().unwrap().starts_with("line 1"),
        "{noted}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_business_writes_may_not_be_recited_and_is_no_source_of_figures() {
    let (fake, _test, stage) = friendly().await;
    let own =
        "Tell nobody that the owner keeps a spare key below the third flower pot. Dogs cost $77.";
    stage.tell_models(PromptKind::Writing, own).await;
    for (draft, code) in [
        (
            "I may tell: the owner keeps a spare key below the third flower pot.",
            "recited",
        ),
        ("Dogs cost $77.", "untraceable_figure"),
    ] {
        fake.now(move |_| Say::words(draft));
        let conversation = stage.converse_by(Channel::Web).await;
        let reply = stage.say_by(Channel::Web, conversation).await;
        assert_ne!(reply.text, draft);
        let record = stage.last_record(conversation).await.told;
        assert_eq!(record.fallback.as_deref(), Some(code));
        assert_eq!(record.details["prompt"]["version"], 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_what_a_model_is_told() {
    let (fake, _test, stage) = friendly().await;
    stage
        .tell_models(PromptKind::Writing, "Mention the lake.")
        .await;
    let (told, _) = stage.told(&fake, Channel::Web).await;
    let mut tx = stage.tx().await;
    let active = motel_prompts::queries::active(&mut tx, PromptKind::Writing)
        .await
        .unwrap();
    assert_eq!(active.number, VersionNumber::try_from(1).unwrap());
    let text = (PromptKind::Writing, active.text.as_str());
    let shown = motel_concierge::preview(&mut tx, &stage.property, text, "web", stage.now()).await;
    assert_eq!(shown.unwrap().told, told);
}

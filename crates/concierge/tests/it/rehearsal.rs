//! Saved conversations answered once more: nothing of it stands, and how it compares is told.

use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use motel_concierge::rehearsal::{NotRehearsed, PastTurn, past_turns, silent_score};
use motel_concierge::{ModelChoice, RehearsalError};
use motel_kernel::{Actor, ConversationId};
use motel_llm::testing::{FakeModel, Say};
use motel_prompts::{NewVersion, PromptKind};
use motel_shadow::{Candidate, Ending};
use motel_testkit::TestDb;

use crate::model::{ALL, choice, motel, search};
use crate::stage::{OWNERS, Stage};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every table with a digest of all that stands in it.
async fn digests(test: &TestDb) -> Vec<String> {
    let mut admin = test.admin().await;
    let tables = "SELECT c.oid::regclass::text AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public') ORDER BY 1";
    let tables: Vec<Line> = diesel::sql_query(tables).load(&mut admin).await.unwrap();
    assert!(tables.len() > 40, "only {} tables", tables.len());
    let digest = |Line { line }: &Line| {
        format!(
            "SELECT '{line} ' || count(*) || md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) AS line FROM {line} t"
        )
    };
    let all: Vec<String> = tables.iter().map(digest).collect();
    let query = format!("{} ORDER BY 1", all.join(" UNION ALL "));
    let found: Vec<Line> = diesel::sql_query(query).load(&mut admin).await.unwrap();
    found.into_iter().map(|it| it.line).collect()
}

async fn built_in() -> (TestDb, Stage) {
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let stage = Stage::set(&test, "remotemotel", now).await;
    (test, stage)
}

impl Stage {
    pub(crate) async fn past(&self, conversation: ConversationId) -> Vec<PastTurn> {
        let mut tx = self.tx().await;
        let past = past_turns(&mut tx, conversation).await.unwrap();
        past.into_iter().map(Result::unwrap).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_engine_does_and_quotes_the_same_again_and_no_table_changes() {
    let (test, stage) = built_in().await;
    let conversation = stage.conversation().await;
    for words in [
        "do you have a helipad?",
        "what's free from January 18 to January 21 for 2 adults?",
        ALL,
        "yes",
        "please bring in a person",
    ] {
        stage.say(conversation, words).await;
    }
    assert_eq!(stage.bookings().await, 1);
    let before = digests(&test).await;
    let past = stage.past(conversation).await;
    assert_eq!(past.len(), 5);
    for turn in &past {
        let tried = stage
            .concierge
            .rehearse(stage.tenant, &stage.property, turn, &Candidate::built_in())
            .await
            .unwrap();
        let (score, comparison) = silent_score(&Candidate::built_in(), turn, &tried).unwrap();
        let words = turn.message.as_str();
        assert_eq!(score.agreement, Some(100), "{words}: {comparison:?}");
        assert_eq!(score.ending, Ending::Answered);
    }
    assert_eq!(digests(&test).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_booked_in_rehearsal_is_taken_back() {
    let (test, stage) = built_in().await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    let real = stage.say(conversation, "yes").await.booking.unwrap();
    // In another conversation it is another booking: the key it is made under names the conversation.
    let elsewhere = stage.conversation().await;
    let mut yes = stage.past(conversation).await.pop().unwrap();
    yes.conversation.id = elsewhere;
    let before = digests(&test).await;
    for _ in 0..3 {
        let tried = stage
            .concierge
            .rehearse(stage.tenant, &stage.property, &yes, &Candidate::built_in())
            .await
            .unwrap();
        let made = tried.reply.booking.unwrap();
        assert_ne!(made.code, real.code);
        assert!(
            tried.reply.text.contains("link to pay"),
            "{}",
            tried.reply.text
        );
    }
    assert_eq!(digests(&test).await, before);
    assert_eq!(stage.bookings().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_model_is_asked_as_of_then_and_what_it_used_counts_today() {
    let prices = "The King Suite is $604.80 in total.";
    let help = Say::words("How can I help?");
    let fake = FakeModel::saying(vec![search(), Say::words(prices), help]);
    let (test, stage) = built_in().await;
    let conversation = stage.conversation().await;
    let words = "what's free from January 18 to January 21 for 2 adults?";
    stage.say(conversation, words).await;
    stage.say(conversation, "thank you").await;
    let past = stage.past(conversation).await;
    let other = Candidate::model(Some("another-model".to_owned()));
    let none = stage
        .concierge
        .rehearse(stage.tenant, &stage.property, &past[0], &other)
        .await;
    assert!(matches!(none, Err(RehearsalError::NoModel)));

    let short = ModelChoice {
        tokens_a_day: 400,
        ..choice(&fake)
    };
    let stage = stage.with_model_of(short).await;
    let before = digests(&test).await;
    let tried = stage
        .concierge
        .rehearse(stage.tenant, &stage.property, &past[0], &other)
        .await
        .unwrap();
    assert_eq!(tried.reply.text, prices);
    assert_eq!(tried.record.version, "another-model");
    let asked = fake.asked();
    assert_eq!(asked[0].body["model"], "another-model");
    assert_eq!(
        asked[0].said_by("user"),
        [words],
        "nothing that was said later"
    );
    let (score, comparison) = silent_score(&other, &past[0], &tried).unwrap();
    assert!(comparison.tools.is_none(), "{comparison:?}");
    assert!(
        !comparison.figures.kept.is_empty(),
        "the other rooms are not named"
    );
    assert!(score.agreement.unwrap() < 100);
    let mut changed = digests(&test).await;
    changed.retain(|table| !before.contains(table));
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(
        changed[0].starts_with("shadow.spendings 1"),
        "{}",
        changed[0]
    );

    // More than half of the day is used: the rest is for guests.
    let tried = stage
        .concierge
        .rehearse(stage.tenant, &stage.property, &past[1], &other)
        .await;
    assert!(matches!(tried, Err(RehearsalError::Budget)));
    assert_eq!(fake.asked().len(), 2);
    stage.say(conversation, "hello").await;
    assert_eq!(stage.last_record(conversation).await.told.fallback, None);
    assert_eq!(fake.asked().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_rehearsed_says_why() {
    let fake = FakeModel::saying(vec![]);
    let (_test, stage) = motel(&fake).await;
    let conversation = stage.conversation().await;
    stage
        .say(conversation, "charge 4242 4242 4242 4242 please")
        .await;
    let mut tx = stage.tx().await;
    let past = past_turns(&mut tx, conversation).await.unwrap();
    assert_eq!(past[0].as_ref().unwrap_err(), &NotRehearsed::CardNumber);
    motel_conversations::commands::forget(&mut tx, &[conversation])
        .await
        .unwrap();
    let past = past_turns(&mut tx, conversation).await.unwrap();
    assert_eq!(past[0].as_ref().unwrap_err(), &NotRehearsed::Erased);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_prompt_is_told_although_it_is_not_the_active_one() {
    let fake = FakeModel::start(|_| Say::words("How can I help?"));
    let (_test, stage) = motel(&fake).await;
    let text = "Call everybody captain. {{ business }} {{ today }} {{ house }}";
    let new = NewVersion::parse(PromptKind::Writing, text, "").unwrap();
    let mut tx = stage.tx().await;
    let saved = motel_prompts::commands::save(&mut tx, &new, Actor::System, stage.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let conversation = stage.conversation().await;
    stage.say(conversation, "hello").await;
    let past = stage.past(conversation).await;
    let other = Candidate::model(None).told(Some(saved.number.get()));
    let tried = stage
        .concierge
        .rehearse(stage.tenant, &stage.property, &past[0], &other)
        .await
        .unwrap();
    assert_eq!(tried.record.details["prompt"]["version"], 1);
    let told = |number: usize| fake.asked()[number].said_by("system").concat();
    assert!(!told(0).contains("captain") && told(1).contains("captain"));
}

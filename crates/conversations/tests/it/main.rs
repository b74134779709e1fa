//! Conversations on a real PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod hand_overs;

use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures::future::join_all;
use motel_conversations::{
    ActionTaken, Channel, ConversationError, EngineKind, ModelUse, NewTurn, NewTurnRecord, Reply,
    Speaker, Status, commands, queries,
};
use motel_kernel::{ConversationId, TenantId};
use motel_tenancy::testing::{demo_tenant, other_tenant};
use motel_testkit::TestDb;
use serde_json::json;

async fn database() -> TestDb {
    TestDb::new(&["tenancy", "jobs", "guests", "conversations"]).await
}

async fn started(test: &TestDb, tenant: TenantId) -> ConversationId {
    let mut tx = test.db().tenant(tenant).await.unwrap();
    let started = commands::start(&mut tx, Channel::Web).await.unwrap();
    tx.commit().await.unwrap();
    started.id
}

async fn say(test: &TestDb, tenant: TenantId, id: ConversationId, words: &str) {
    let mut tx = test.db().tenant(tenant).await.unwrap();
    commands::record_turn(&mut tx, id, NewTurn::said(Speaker::Guest, words))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transcript_keeps_what_was_said_in_order() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let id = started(&test, tenant).await;
    say(
        &test,
        tenant,
        id,
        "Do you take dogs? '; DROP TABLE turns; --",
    )
    .await;
    let mut reply = Reply::saying("We do.", "policy");
    reply.entities = json!({"pets": 1});
    reply.actions = vec![ActionTaken {
        tool: "search_knowledge".into(),
        outcome: "found".into(),
    }];
    let mut tx = test.db().tenant(tenant).await.unwrap();
    commands::record_turn(&mut tx, id, NewTurn::replied(&reply))
        .await
        .unwrap();

    let said = queries::transcript(&mut tx, id).await.unwrap();
    let short: Vec<_> = said
        .iter()
        .map(|turn| (turn.seq, turn.speaker, turn.text.as_str()))
        .collect();
    assert_eq!(
        short,
        [
            (
                1,
                Speaker::Guest,
                "Do you take dogs? '; DROP TABLE turns; --"
            ),
            (2, Speaker::Concierge, "We do."),
        ]
    );
    assert_eq!(said[1].intent.as_deref(), Some("policy"));
    assert_eq!(said[1].entities, json!({"pets": 1}));
    assert_eq!(
        said[1].actions,
        json!([{"tool": "search_knowledge", "outcome": "found"}])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_said_at_once_are_numbered_without_gaps() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let id = started(&test, tenant).await;
    let words: Vec<_> = (0..30).map(|n| format!("message {n}")).collect();
    join_all(words.iter().map(|words| say(&test, tenant, id, words))).await;

    let mut tx = test.db().tenant(tenant).await.unwrap();
    let numbers: Vec<_> = queries::transcript(&mut tx, id)
        .await
        .unwrap()
        .iter()
        .map(|turn| turn.seq)
        .collect();
    assert_eq!(numbers, (1..=30).collect::<Vec<_>>());
    assert_eq!(queries::find(&mut tx, id).await.unwrap().turn_count, 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_message_waits_for_the_first_one_and_sees_its_state() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let id = started(&test, tenant).await;
    let mut first = test.db().tenant(tenant).await.unwrap();
    let read = queries::load_for_update(&mut first, id).await.unwrap();

    let db = test.db().clone();
    let second = tokio::spawn(async move {
        let mut tx = db.tenant(tenant).await.unwrap();
        queries::load_for_update(&mut tx, id)
            .await
            .unwrap()
            .engine_state
    });
    wait_for_a_lock(&test).await;
    commands::save_state(&mut first, &read, json!({"adults": 2}))
        .await
        .unwrap();
    first.commit().await.unwrap();
    assert_eq!(second.await.unwrap(), json!({"adults": 2}));
}

/// Returns once some connection of this database waits for a row another one holds.
async fn wait_for_a_lock(test: &TestDb) {
    let mut admin = test.admin().await;
    let waiting = diesel::dsl::sql::<diesel::sql_types::Bool>(
        "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')",
    );
    while !diesel::select(waiting.clone())
        .get_result::<bool>(&mut admin)
        .await
        .unwrap()
    {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_is_not_saved_over_one_its_writer_has_not_read() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let id = started(&test, tenant).await;
    let mut tx = test.db().tenant(tenant).await.unwrap();
    let read = queries::find(&mut tx, id).await.unwrap();
    commands::save_state(&mut tx, &read, json!({"step": 1}))
        .await
        .unwrap();
    let stale = commands::save_state(&mut tx, &read, json!({"step": 0})).await;
    assert!(matches!(stale, Err(ConversationError::StateMoved(moved)) if moved == id));
    let now = queries::find(&mut tx, id).await.unwrap();
    assert_eq!(
        (now.engine_state, now.state_version),
        (json!({"step": 1}), 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_and_its_state_are_kept_together_or_not_at_all() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let id = started(&test, tenant).await;
    let mut tx = test.db().tenant(tenant).await.unwrap();
    let read = queries::find(&mut tx, id).await.unwrap();
    let answer = || NewTurn::replied(&Reply::saying("We do.", "policy"));
    let kept = commands::record_answer(&mut tx, &read, json!({"step": 1}), answer()).await;
    assert_eq!(kept.unwrap().seq, 1);
    let stale = commands::record_answer(&mut tx, &read, json!({"step": 0}), answer()).await;
    assert!(matches!(stale, Err(ConversationError::StateMoved(moved)) if moved == id));
    let now = queries::find(&mut tx, id).await.unwrap();
    assert_eq!(
        (now.engine_state, now.state_version),
        (json!({"step": 1}), 1)
    );
    assert_eq!(queries::transcript(&mut tx, id).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hang_up_does_not_take_a_conversation_from_the_person_in_charge() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let mut tx = test.db().tenant(tenant).await.unwrap();
    let open = commands::start(&mut tx, Channel::Phone).await.unwrap().id;
    let handed_over = commands::start(&mut tx, Channel::Phone).await.unwrap().id;
    commands::hand_over(&mut tx, handed_over).await.unwrap();
    for id in [open, handed_over] {
        commands::close(&mut tx, id).await.unwrap();
    }
    assert_eq!(
        queries::find(&mut tx, open).await.unwrap().status,
        Status::Closed
    );
    assert_eq!(
        queries::find(&mut tx, handed_over).await.unwrap().status,
        Status::HandedOver
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_shows_the_newest_message_of_each_conversation_newest_first() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let (older, newer) = (started(&test, tenant).await, started(&test, tenant).await);
    say(&test, tenant, newer, "hello").await;
    say(&test, tenant, older, "hi").await;
    say(&test, tenant, older, "anybody there?").await;
    let silent = started(&test, tenant).await;

    let mut tx = test.db().tenant(tenant).await.unwrap();
    let listed: Vec<_> = queries::recent(&mut tx, 10)
        .await
        .unwrap()
        .into_iter()
        .map(|summary| {
            (
                summary.conversation.id,
                summary.newest.map(|turn| turn.text),
            )
        })
        .collect();
    let expected = [
        (silent, None),
        (older, Some("anybody there?".to_owned())),
        (newer, Some("hello".to_owned())),
    ];
    assert_eq!(listed, expected);
    assert_eq!(queries::recent(&mut tx, 1).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_cannot_be_rewritten() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let id = started(&test, tenant).await;
    say(&test, tenant, id, "I never said that").await;
    for rewriting in [
        "UPDATE conversations.turns SET text = 'x'",
        "DELETE FROM conversations.turns",
    ] {
        let mut tx = test.db().tenant(tenant).await.unwrap();
        let refused = tx.conn().batch_execute(rewriting).await.unwrap_err();
        assert!(
            refused.to_string().contains("permission denied"),
            "{refused}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_neither_sees_nor_touches_a_conversation() {
    let test = database().await;
    let (ours, theirs) = (
        demo_tenant(&test).await.tenant,
        other_tenant(&test).await.tenant,
    );
    let id = started(&test, ours).await;
    say(&test, ours, id, "secret").await;
    let mut tx = test.db().tenant(theirs).await.unwrap();
    let missing =
        |result| matches!(result, Err(ConversationError::NotFound(missing)) if missing == id);

    assert!(queries::recent(&mut tx, 10).await.unwrap().is_empty());
    assert!(queries::transcript(&mut tx, id).await.unwrap().is_empty());
    assert!(missing(queries::find(&mut tx, id).await.map(drop)));
    assert!(missing(
        queries::load_for_update(&mut tx, id).await.map(drop)
    ));
    assert!(missing(commands::hand_over(&mut tx, id).await));
    let turn = NewTurn::said(Speaker::Guest, "let me in");
    assert!(missing(
        commands::record_turn(&mut tx, id, turn).await.map(drop)
    ));
    commands::close(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.db().tenant(ours).await.unwrap();
    let untouched = queries::find(&mut tx, id).await.unwrap();
    assert_eq!((untouched.status, untouched.turn_count), (Status::Open, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_and_a_hand_over_are_told_once() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let id = started(&test, tenant).await;
    say(&test, tenant, id, "A person, please").await;
    let mut tx = test.db().tenant(tenant).await.unwrap();
    commands::hand_over(&mut tx, id).await.unwrap();
    commands::hand_over(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();

    let mut admin = test.admin().await;
    let kinds: Vec<String> = diesel::dsl::sql::<diesel::sql_types::Text>(
        "SELECT kind FROM jobs.events ORDER BY occurred_at, id",
    )
    .load(&mut admin)
    .await
    .unwrap();
    assert_eq!(
        kinds,
        ["conversation.turn_recorded", "conversation.handed_over"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_conversations_of_a_guest_are_found() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let (known, unknown) = (started(&test, tenant).await, started(&test, tenant).await);
    let mut tx = test.db().tenant(tenant).await.unwrap();
    let details = motel_guests::GuestDetails {
        name: "Ana Souza".to_owned().try_into().unwrap(),
        email: "ana@example.com".parse().unwrap(),
        phone: None,
    };
    let guest = motel_guests::commands::upsert(&mut tx, &details)
        .await
        .unwrap()
        .id;
    commands::know_guest(&mut tx, known, guest).await.unwrap();
    assert_eq!(queries::of_guest(&mut tx, guest).await.unwrap(), [known]);
    assert_eq!(
        queries::find(&mut tx, unknown).await.unwrap().guest_id,
        None
    );
}

fn record() -> NewTurnRecord {
    NewTurnRecord {
        engine: EngineKind::BuiltIn,
        version: "0.0.0".to_owned(),
        fallback: Some("model_timed_out".to_owned()),
        tokens_read: 100,
        tokens_written: 20,
        cost_micros: 345,
        took_ms: 12,
        details: json!({"tools": [{"name": "book_room", "arguments": {"full_name": "Ada Ross"}}]}),
        recorded_at: "2026-12-01T15:00:00Z".parse().unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn how_an_answer_came_about_is_kept_with_it_until_who_spoke_is_erased() {
    let test = database().await;
    let demo = demo_tenant(&test).await;
    let id = started(&test, demo.tenant).await;
    let mut tx = test.db().tenant(demo.tenant).await.unwrap();
    let answer = NewTurn::said(Speaker::Concierge, "You're booked!").recorded(record());
    let turn = commands::record_turn(&mut tx, id, answer).await.unwrap();
    let kept = queries::record(&mut tx, id, turn.seq)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.told, record());
    let used = queries::model_use_since(&mut tx, record().recorded_at)
        .await
        .unwrap();
    assert_eq!((used.tokens, used.cost_micros), (120, 345));
    let later = record().recorded_at + chrono::TimeDelta::seconds(1);
    let none = queries::model_use_since(&mut tx, later).await.unwrap();
    assert_eq!(none, ModelUse::default());
    commands::forget(&mut tx, &[id]).await.unwrap();
    let kept = queries::records(&mut tx, id).await.unwrap();
    assert_eq!(kept[0].told.details, json!({}));
    assert_eq!(kept[0].told.cost_micros, 345, "what was spent was spent");
    tx.commit().await.unwrap();
    let mut tx = test.db().tenant(demo.tenant).await.unwrap();
    let rewriting = "UPDATE conversations.turn_records SET details = '{\"tools\": []}'";
    let refused = tx.conn().batch_execute(rewriting).await.unwrap_err();
    assert!(
        refused.to_string().contains("permission denied"),
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn too_large_a_record_is_left_out_and_the_turn_is_not() {
    let test = database().await;
    let demo = demo_tenant(&test).await;
    let id = started(&test, demo.tenant).await;
    let mut tx = test.db().tenant(demo.tenant).await.unwrap();
    let mut large = record();
    large.details = json!({"tools": "x".repeat(NewTurnRecord::LARGEST)});
    let answer = NewTurn::said(Speaker::Concierge, "Hello").recorded(large);
    let turn = commands::record_turn(&mut tx, id, answer).await.unwrap();
    let kept = queries::record(&mut tx, id, turn.seq)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.told.details, json!({"left_out": "too large"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_are_paged_through_the_latest_first() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let other = other_tenant(&test).await.tenant;
    let mut begun = Vec::new();
    for _ in 0..3 {
        begun.push(started(&test, tenant).await);
        started(&test, other).await;
    }
    begun.reverse();
    let mut tx = test.db().tenant(tenant).await.unwrap();
    let page = async |tx: &mut _, before| queries::begun_before(tx, before, 2).await.unwrap();
    assert_eq!(page(&mut tx, None).await, begun[..2]);
    assert_eq!(page(&mut tx, Some(begun[1])).await, begun[2..]);
    assert!(page(&mut tx, Some(begun[2])).await.is_empty());
}

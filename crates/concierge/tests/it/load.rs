//! Many guests at once: five hundred conversations of five messages over a few connections.

use std::sync::Arc;

use chrono::Days;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl as _;
use futures::StreamExt as _;
use motel_concierge::Concierge;
use motel_conversations::Reply;
use motel_db::Db;
use motel_llm::HashedEmbedder;
use motel_testkit::TestDb;
use tokio::sync::Semaphore;

use crate::stage::{OWNERS, Stage};

const CONVERSATIONS: u64 = 500;
const CONNECTIONS: u32 = 8;
/// So many messages are being answered at once; the others wait in line. The pool hands connections to whoever asks at the right
/// moment, so that among more of them, on a slow machine, one could wait longer than it is let.
const UNDER_WAY: usize = 64;
/// On each of these nights as many guests book a room of one type as there are: the last one is booked, too.
const NIGHTS: u64 = 85;
const QUEENS: u64 = 5;

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

async fn number(test: &TestDb, sql: &str) -> i64 {
    let found: Number = diesel::sql_query(format!("SELECT ({sql}) AS number"))
        .get_result(&mut test.admin().await)
        .await
        .unwrap();
    found.number
}

/// What the guest of a number says. Most book, on a night of their own among few; the others only ask.
fn messages(number: u64, stage: &Stage) -> [String; 5] {
    let arrival = stage.now().date_naive() + Days::new(1 + number % NIGHTS);
    let night = format!(
        "from {} to {}",
        arrival.format("%B %-d"),
        (arrival + Days::new(1)).format("%B %-d")
    );
    match number < NIGHTS * QUEENS {
        true => [
            "hello".to_owned(),
            format!("a standard queen {night} for 2 adults, please"),
            format!("My name is Daniel Okafor, daniel{number}@example.org, no phone"),
            "yes".to_owned(),
            "thanks".to_owned(),
        ],
        false => [
            "hello".to_owned(),
            "do you take dogs?".to_owned(),
            format!("what is free {night} for 2 adults?"),
            "when is check-in?".to_owned(),
            "bye".to_owned(),
        ],
    }
}

async fn converse(stage: &Stage, line: &Semaphore, number: u64) -> Vec<Reply> {
    let turn = line.acquire().await.unwrap();
    let conversation = stage.conversation().await;
    drop(turn);
    let mut replies = Vec::new();
    for words in messages(number, stage) {
        let _turn = line.acquire().await.unwrap();
        replies.push(stage.say(conversation, &words).await);
    }
    replies
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_conversations_at_once_all_end_as_they_should() {
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let mut stage = Stage::set(&test, "remotemotel", now).await;
    let connected = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'";
    let before = number(&test, connected).await;
    stage.db = Db::connect(test.url(), CONNECTIONS).await.unwrap();
    let (db, clock) = (stage.db.clone(), stage.clock.clone());
    stage.concierge = Concierge::new(db, clock, Arc::new(HashedEmbedder), None);

    let line = Semaphore::new(UNDER_WAY);
    let all = (0..CONVERSATIONS).map(|number| converse(&stage, &line, number));
    let all: Vec<Vec<Reply>> = futures::stream::iter(all)
        .buffered(usize::try_from(CONVERSATIONS).unwrap())
        .collect()
        .await;
    let most = before + i64::from(CONNECTIONS);
    let open = number(&test, connected).await;
    assert!(open <= most, "{open} connections");

    for (guest, replies) in (0..).zip(&all) {
        let booked = replies.iter().filter(|it| it.booking.is_some()).count();
        let books = guest < NIGHTS * QUEENS;
        let said: Vec<&str> = replies.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(booked, usize::from(books), "{guest}: {said:#?}");
        assert_eq!(replies[3].booking.is_some(), books, "{guest}: {said:#?}");
    }
    for (sql, expected) in [
        ("SELECT count(*) FROM bookings.bookings", NIGHTS * QUEENS),
        // Each with an address of its own, and no night sold more than once a room.
        (
            "SELECT count(DISTINCT email) FROM guests.guests",
            NIGHTS * QUEENS,
        ),
        (
            "SELECT count(*) FROM inventory.nightly_counters WHERE sold = capacity",
            NIGHTS,
        ),
        (
            "SELECT count(*) FROM conversations.conversations WHERE turn_count = 10",
            CONVERSATIONS,
        ),
        (
            "SELECT count(*) FROM conversations.turn_records",
            CONVERSATIONS * 5,
        ),
        (
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
            0,
        ),
    ] {
        let found = number(&test, sql).await;
        assert_eq!(u64::try_from(found).unwrap(), expected, "{sql}");
    }
}

//! The number of a card gets no further than the door.

use diesel::QueryableByName;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use motel_testkit::TestDb;

use crate::stage::{OWNERS, Stage};

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = Bool)]
    kept: bool,
}

/// Whether the figures stand anywhere in what is kept of conversations and bookings.
async fn is_kept(test: &TestDb, figures: &str) -> bool {
    // Ids and moments hold figures of their own.
    let whole = format!("(^|[^0-9A-Za-z.-])[0-9]*{figures}[0-9]*([^0-9A-Za-z-]|$)");
    let mut tables = vec![
        "conversations.turns",
        "conversations.conversations",
        "guests.guests",
        "leads.leads",
        "jobs.events",
    ];
    // How long something took may well be 987 microseconds.
    if figures.len() > 3 {
        tables.push("conversations.turn_records");
    }
    let held = tables
        .iter()
        .map(|table| format!("EXISTS (SELECT FROM {table} AS it WHERE it::text ~ '{whole}')"));
    let sql = format!("SELECT {} AS kept", held.collect::<Vec<_>>().join(" OR "));
    let mut admin = test.admin().await;
    let kept: Kept = diesel::sql_query(sql).get_result(&mut admin).await.unwrap();
    kept.kept
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_number_is_refused_and_a_link_sent_instead() {
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let stage = Stage::set(&test, "remotemotel", now).await.with_payments();
    let conversation = stage.conversation().await;
    let words = "king suite from January 18 to January 21 for 2 adults. My name is Daniel Okafor, email daniel@example.org, \
                 no phone, my card is 4242 4242 4242 4242 exp 11/29 cvc 987";
    let early = stage.say(conversation, words).await;
    assert!(
        early.text.contains("don't give card numbers"),
        "{}",
        early.text
    );
    assert!(early.booking.is_none() && early.payment_url.is_none());

    assert!(
        early.text.contains("Daniel Okafor"),
        "it is gone on: {}",
        early.text
    );

    let not_so = stage.say(conversation, "yes, with 4242424242424242").await;
    assert!(not_so.booking.is_none(), "{}", not_so.text);
    let booked = stage.say(conversation, "yes").await;
    assert!(booked.booking.is_some(), "{}", booked.text);
    let spoken = "four two four two four two four two four two four two four two four two";
    let again = stage.say(conversation, spoken).await;
    assert!(
        again.text.contains("don't give card numbers"),
        "{}",
        again.text
    );
    assert!(again.payment_url.is_some(), "{}", again.text);
    for figures in ["4242", "987", "four two"] {
        assert!(!is_kept(&test, figures).await, "{figures} is kept");
    }
}

//! What a retry, a race or a loss of the answer must not do.

use motel_testkit::TestDb;

use crate::stage::{OWNERS, Stage};

const ALL: &str = "king suite from January 18 to January 21 for 2 adults. My name is Daniel Okafor, email \
                   daniel@example.org, no phone";

async fn stage() -> (TestDb, Stage) {
    let test = TestDb::new(OWNERS).await;
    let stage = Stage::set(
        &test,
        "remotemotel",
        "2026-12-01T15:00:00Z".parse().unwrap(),
    )
    .await;
    (test, stage)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_yeses_at_once_book_once() {
    let (_test, stage) = stage().await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    let (first, second) = tokio::join!(
        stage.say(conversation, "yes"),
        stage.say(conversation, "yes")
    );
    let made = [&first, &second]
        .iter()
        .filter(|reply| reply.booking.is_some())
        .count();
    assert_eq!(made, 1, "{} / {}", first.text, second.text);
    let bookings = motel_bookings::queries::newest(&mut stage.tx().await, 10)
        .await
        .unwrap();
    assert_eq!(bookings.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_goes_on_after_a_restart() {
    let (_test, mut stage) = stage().await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    let clock = stage.clock.clone();
    let embedder = std::sync::Arc::new(motel_llm::HashedEmbedder);
    stage.concierge = motel_concierge::Concierge::new(stage.db.clone(), clock, embedder, None);
    let reply = stage.say(conversation, "yes").await;
    assert!(reply.booking.is_some(), "{}", reply.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_sold_meanwhile_is_said_and_others_are_offered() {
    let (test, stage) = stage().await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    let sql = "UPDATE inventory.nightly_counters SET sold = capacity WHERE unit_group_id IN
               (SELECT id FROM inventory.unit_groups WHERE code = 'king_suite')";
    diesel_async::RunQueryDsl::execute(diesel::sql_query(sql), &mut test.admin().await)
        .await
        .unwrap();
    let reply = stage.say(conversation, "yes").await;
    assert!(
        reply.booking.is_none() && reply.text.contains("Standard Queen"),
        "{}",
        reply.text
    );
    let bookings = motel_bookings::queries::newest(&mut stage.tx().await, 10)
        .await
        .unwrap();
    assert!(bookings.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_word_said_is_kept() {
    let (_test, stage) = stage().await;
    let conversation = stage.conversation().await;
    let reply = stage.say(conversation, "hello").await;
    let turns = motel_conversations::queries::transcript(&mut stage.tx().await, conversation)
        .await
        .unwrap();
    let said: Vec<&str> = turns.iter().map(|turn| turn.text.as_str()).collect();
    assert_eq!(said, ["hello", reply.text.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_link_is_sent_to_who_booked_and_to_nobody_else() {
    let (_test, stage) = stage().await;
    let stage = stage.with_payments();
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    let booked = stage.say(conversation, "yes").await.booking.unwrap();
    let reply = stage.say(conversation, "I'd like to pay now").await;
    assert!(reply.text.contains("$604.80"), "{}", reply.text);
    let url = reply.payment_url.unwrap();
    assert!(url.starts_with("https://motel.example/"), "{url}");
    let again = stage.say(conversation, "send me the payment link").await;
    assert_eq!(again.payment_url, Some(url));

    let stranger = stage.conversation().await;
    let words = format!(
        "I want to pay for my booking {}, mallory@example.com",
        booked.code
    );
    let refused = stage.say(stranger, &words).await;
    assert_eq!(refused.payment_url, None);
    let turns = motel_conversations::queries::transcript(&mut stage.tx().await, conversation)
        .await
        .unwrap();
    assert_eq!(turns.len(), 8, "each answer is recorded once");
}

//! A model that fails in every way there is: the guest gets a sensible answer in time, and nothing is booked twice.

use std::time::{Duration, Instant};

use motel_concierge::ModelChoice;
use motel_llm::testing::{FakeModel, Say};
use motel_testkit::TestDb;
use serde_json::json;

use crate::model::{ALL, book, choice, motel, search};
use crate::stage::{OWNERS, Stage};

/// What a model says, each time.
type Fault = Box<dyn Fn() -> Say + Send>;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_model_does_the_guest_is_answered_and_booked_once() {
    let unknown = || Say::call("drop_tables", json!({"really": true}));
    let broken = || {
        Say::RawCall(
            "search_availability".to_owned(),
            "{\"check_in\": \"2027-".to_owned(),
        )
    };
    let odd = || {
        Say::RawCall(
            "no\0body".to_owned(),
            "{\"a\\u0000\": \"\\u0000\"}".to_owned(),
        )
    };
    let faults: [(Fault, &str); 14] = [
        (Box::new(odd), "wrong_calls"),
        (
            Box::new(|| Say::words("It is $12.34 \0 \u{7}.")),
            "untraceable_figure",
        ),
        (Box::new(|| Say::Garbage), "model_unexpected"),
        (
            Box::new(|| Say::HalfAStream("The King".to_owned())),
            "model_broke_off",
        ),
        (Box::new(|| Say::Status(500, None)), "model_failing"),
        (
            Box::new(|| Say::Status(429, Some(3_600))),
            "model_rate_limited",
        ),
        (Box::new(|| Say::Status(401, None)), "model_refused"),
        (
            Box::new(|| Say::GivesUp("overloaded".to_owned())),
            "model_refused",
        ),
        (Box::new(unknown), "wrong_calls"),
        (Box::new(broken), "wrong_calls"),
        (Box::new(search), "too_many_calls"),
        (Box::new(|| Say::words("  ")), "silent"),
        (
            Box::new(|| Say::words("It is $12.34.")),
            "untraceable_figure",
        ),
        (
            Box::new(|| Say::words("Your room is booked!")),
            "claimed_an_act",
        ),
    ];
    let fake = FakeModel::saying(vec![]);
    let (test, first) = motel(&fake).await;
    for (number, (fault, code)) in faults.into_iter().enumerate() {
        let fake = FakeModel::start(move |_| fault());
        let stage = Stage::set_like(&test, &first, &format!("fault-{number}"), first.now()).await;
        let stage = stage.with_model(&fake).await;
        let conversation = stage.conversation().await;
        let began = Instant::now();
        let read_back = stage.say(conversation, ALL).await;
        assert!(
            read_back.text.contains("$604.80"),
            "{code}: {}",
            read_back.text
        );
        let record = stage.last_record(conversation).await.told;
        assert_eq!(record.fallback.as_deref(), Some(code), "{}", record.details);
        assert_eq!(record.engine.as_str(), "built_in");
        let booked = stage.say(conversation, "yes").await;
        assert!(booked.booking.is_some(), "{code}: {}", booked.text);
        stage.say(conversation, "yes").await;
        assert_eq!(stage.bookings().await, 1, "{code}");
        assert!(began.elapsed() < Duration::from_secs(30), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_not_waited_for_longer_than_the_time_of_a_turn() {
    let fake = FakeModel::start(|_| Say::Silence);
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let impatient = ModelChoice {
        call_seconds: 1,
        turn_seconds: 1,
        ..choice(&fake)
    };
    let stage = Stage::set(&test, "remotemotel", now)
        .await
        .with_model_of(impatient)
        .await;
    let conversation = stage.conversation().await;
    let began = Instant::now();
    let reply = stage.say(conversation, ALL).await;
    assert!(reply.text.contains("$604.80"), "{}", reply.text);
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "{:?}",
        began.elapsed()
    );
    let fallback = stage.last_record(conversation).await.told.fallback;
    assert_eq!(fallback.as_deref(), Some("model_timed_out"));
    for _ in 0..4 {
        stage.say(conversation, "and now?").await;
    }
    let began = Instant::now();
    stage.say(conversation, "and now?").await;
    let fallback = stage.last_record(conversation).await.told.fallback;
    assert_eq!(
        fallback.as_deref(),
        Some("model_resting"),
        "nobody waits for it any more"
    );
    assert!(
        began.elapsed() < Duration::from_millis(700),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_unplugged_in_the_middle_is_not_noticed() {
    let fake = FakeModel::saying(vec![
        search(),
        Say::words("I have the King Suite. What is your full name?"),
    ]);
    let (_test, stage) = motel(&fake).await;
    let conversation = stage.conversation().await;
    let words = "king suite from January 18 to January 21 for 2 adults";
    let first = stage.say(conversation, words).await;
    assert!(first.text.contains("full name"), "{}", first.text);
    fake.now(|_| Say::Status(503, None));
    stage.say(conversation, "Daniel Okafor").await;
    stage.say(conversation, "daniel@example.org").await;
    let read_back = stage.say(conversation, "skip").await;
    assert!(
        read_back.text.contains("$604.80") && read_back.text.contains("Daniel Okafor"),
        "{}",
        read_back.text
    );
    // Plugged in again, whether or not it is left alone for a while yet: what was read back is booked.
    fake.now_saying(vec![book()]);
    let booked = stage.say(conversation, "yes").await.booking.unwrap();
    assert_eq!(
        (booked.room_type.as_str(), booked.total.minor()),
        ("king_suite", 60_480)
    );
    assert_eq!(stage.bookings().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_call_and_two_yeses_at_once_book_once() {
    let Say::Calls(call) = book() else {
        unreachable!("a call")
    };
    let twice: Vec<_> = [call.clone(), call].concat();
    let fake = FakeModel::start(move |_| Say::Calls(twice.clone()));
    let (_test, stage) = motel(&fake).await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    let (one, other) = tokio::join!(
        stage.say(conversation, "yes"),
        stage.say(conversation, "yes")
    );
    let made = [&one, &other]
        .iter()
        .filter(|reply| reply.booking.is_some())
        .count();
    assert_eq!(made, 1, "{} / {}", one.text, other.text);
    stage.say(conversation, "yes").await;
    assert_eq!(stage.bookings().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_tokens_and_money_end() {
    let fake = FakeModel::start(|_| Say::words("How can I help?"));
    for limited in [
        ModelChoice {
            tokens_a_day: 110,
            ..choice(&fake)
        },
        ModelChoice {
            cost_micros_a_day: Some(120),
            ..choice(&fake)
        },
    ] {
        let test = TestDb::new(OWNERS).await;
        let now = "2026-12-01T15:00:00Z".parse().unwrap();
        let stage = Stage::set(&test, "remotemotel", now)
            .await
            .with_model_of(limited)
            .await;
        let conversation = stage.conversation().await;
        stage.say(conversation, "hello").await;
        assert_eq!(stage.last_record(conversation).await.told.fallback, None);
        stage.say(conversation, "hello").await;
        let fallback = stage.last_record(conversation).await.told.fallback;
        assert_eq!(fallback.as_deref(), Some("budget"));
    }
    assert_eq!(fake.asked().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_model_is_asked_without_a_key_or_with_the_number_of_a_card() {
    let fake = FakeModel::start(|_| Say::words("How can I help?"));
    let (_test, stage) = motel(&fake).await;
    let conversation = stage.conversation().await;
    stage
        .say(conversation, "charge 4242 4242 4242 4242 please")
        .await;
    let fallback = stage.last_record(conversation).await.told.fallback;
    assert_eq!(fallback.as_deref(), Some("card_number"));
    let mut tx = stage.tx().await;
    motel_credentials::commands::remove_credential(&mut tx, motel_credentials::Provider::OpenAi)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    stage.say(conversation, "hello").await;
    let fallback = stage.last_record(conversation).await.told.fallback;
    assert_eq!(fallback.as_deref(), Some("no_key"));
    assert!(fake.asked().is_empty());
}

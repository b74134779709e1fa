//! A model at the desk of a business that sells appointments: what it may say and do.

use motel_appointments::queries::AppointmentFilter;
use motel_appointments::{Appointment, AppointmentStatus};
use motel_llm::testing::{FakeModel, Say};
use motel_testkit::TestDb;
use serde_json::{Value, json};

use crate::stage::{OWNERS, Stage};

impl Stage {
    /// The appointments that stand.
    pub(crate) async fn appointments(&self) -> Vec<Appointment> {
        let mut tx = self.tx().await;
        let (filter, property) = (AppointmentFilter::default(), self.property.id);
        let all = motel_appointments::queries::list(&mut tx, property, &filter, None, 100).await;
        let stands = |one: &Appointment| one.status == AppointmentStatus::Booked;
        all.unwrap().into_iter().filter(stands).collect()
    }
}

/// The studio of the fixtures, on a Tuesday at ten.
pub(crate) async fn studio(fake: &FakeModel) -> (TestDb, Stage) {
    let test = TestDb::new(OWNERS).await;
    let now = "2026-12-01T09:00:00Z".parse().unwrap();
    let stage = Stage::with_services(&test, "northlight-studio", "northlight-studio", now).await;
    let stage = stage.with_model(fake).await;
    (test, stage)
}

pub(crate) fn times() -> Say {
    let wanted = json!({"service": "half_hour", "day": "2026-12-03", "guests": 1, "miles": null, "postcode": null});
    Say::call("search_times", wanted)
}

/// Half an hour on Thursday, at that time.
pub(crate) fn session(time: &str) -> Value {
    json!({
        "service": "half_hour", "day": "2026-12-03", "time": time, "guests": 1, "miles": null, "postcode": null,
        "full_name": "Petra Lind", "email": "petra@example.com", "phone": null,
    })
}

pub(crate) fn book(time: &str) -> Say {
    Say::call("book_appointment", session(time))
}

pub(crate) const ALL: &str = "Half an hour of advice on Thursday at 10 am please. My name is Petra Lind, petra@example.com, no phone";

#[tokio::test(flavor = "multi_thread")]
async fn a_model_looks_for_times_words_them_and_books_on_a_yes() {
    let words = "On Thursday, December 3 half an hour of advice is free at half past ten, for \u{20ac}60.00. Shall I take that?";
    let fake = FakeModel::saying(vec![times(), Say::words(words)]);
    let (_test, stage) = studio(&fake).await;
    let conversation = stage.conversation().await;
    let asked = "when is half an hour of advice free on Thursday?";
    let first = stage.say(conversation, asked).await;
    assert_eq!(first.text, words);
    let record = stage.last_record(conversation).await.told;
    assert_eq!((record.engine.as_str(), record.fallback), ("model", None));
    let told = &record.details["tools"][0]["result"];
    assert_eq!(told["total_with_tax"], "\u{20ac}60.00");
    assert!(told["open"].to_string().contains("10:30"), "{told}");
    let names: Vec<String> = fake.asked()[0].body["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["function"]["name"].to_string())
        .collect();
    assert_eq!(names.len(), 8, "{names:?}");
    assert!(!names.concat().contains("room"), "{names:?}");

    // The model is gone: the built-in engine knows what is being asked.
    fake.now(|_| Say::Status(503, None));
    let next = stage.say(conversation, "half past ten").await;
    assert!(next.text.contains("ull name"), "{}", next.text);
    let fake = FakeModel::saying(vec![book("10:30"), book("10:30")]);
    let stage = stage.asking(&fake).await;
    let words = "Petra Lind, petra@example.com, no phone";
    let read_back = stage.say(conversation, words).await;
    assert!(
        read_back.text.contains("Let me read that back"),
        "{}",
        read_back.text
    );
    assert!(stage.appointments().await.is_empty(), "not without a yes");
    let booked = stage.say(conversation, "yes").await;
    assert!(booked.text.contains("RM-"), "{}", booked.text);
    let record = stage.last_record(conversation).await.told;
    assert_eq!(record.engine.as_str(), "model");
    let made = stage.appointments().await;
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].starts_at.to_rfc3339(), "2026-12-03T09:30:00+00:00");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_nobody_offered_is_not_booked() {
    let fake = FakeModel::start(|_| book("03:00"));
    let (_test, stage) = studio(&fake).await;
    let conversation = stage.conversation().await;
    let told = stage.say(conversation, ALL).await;
    assert!(told.text.contains("3 am is not free"), "{}", told.text);
    stage.say(conversation, "yes").await;
    assert!(stage.appointments().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_or_a_time_of_its_own_is_never_sent() {
    let fake = FakeModel::saying(vec![]);
    let (_test, stage) = studio(&fake).await;
    for (wrong, says) in [
        ("Half an hour is \u{20ac}45.00.", "untraceable_figure"),
        (
            "The first half hour is free of charge.",
            "untraceable_figure",
        ),
        (
            "I have a quarter to seven in the evening.",
            "untraceable_figure",
        ),
        ("Take the Deluxe session instead.", "untraceable_figure"),
        ("You're booked for Thursday!", "claimed_an_act"),
        ("I've reserved Thursday for you.", "claimed_an_act"),
    ] {
        fake.now_saying(vec![times(), Say::words(wrong), Say::words(wrong)]);
        let conversation = stage.conversation().await;
        let own = stage.say(conversation, ALL).await;
        assert!(own.text.contains("Let me read that back"), "{}", own.text);
        assert!(own.text.contains("\u{20ac}60.00"), "{}", own.text);
        let record = stage.last_record(conversation).await.told;
        assert_eq!(record.fallback.as_deref(), Some(says), "{wrong}");
        assert_eq!(record.details["withheld"][0]["text"], wrong);
    }
    assert!(stage.appointments().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_call_and_one_more_yes_book_once() {
    let twice = vec![("book_appointment".to_owned(), session("10:00")); 2];
    let fake = FakeModel::start(move |_| Say::Calls(twice.clone()));
    let (_test, stage) = studio(&fake).await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    let (one, other) = tokio::join!(
        stage.say(conversation, "yes"),
        stage.say(conversation, "yes")
    );
    let made = [&one, &other];
    let made = made
        .iter()
        .filter(|it| it.text.contains("A confirmation goes to"));
    assert_eq!(made.count(), 1, "{} / {}", one.text, other.text);
    stage.say(conversation, "yes").await;
    assert_eq!(stage.appointments().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_agreed_is_booked_and_nothing_else() {
    let fake = FakeModel::saying(vec![book("10:00"), book("11:30")]);
    let (_test, stage) = studio(&fake).await;
    let conversation = stage.conversation().await;
    stage.say(conversation, ALL).await;
    stage.say(conversation, "yes").await;
    let made = stage.appointments().await;
    assert_eq!(made[0].starts_at.to_rfc3339(), "2026-12-03T09:00:00+00:00");
}

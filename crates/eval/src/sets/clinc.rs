//! Everyday requests, most of them none of a hotel's business: what would be begun by mistake?

use chrono::NaiveDate;
use motel_understanding::{Context, Intent, understand};
use serde_json::{Value, json};

use super::{ById, Scores, text};
use crate::tally::shown;

const SMALL_TALK: &[&str] = &[
    "greeting",
    "goodbye",
    "thank_you",
    "yes",
    "no",
    "maybe",
    "repeat",
    "are_you_a_bot",
    "what_is_your_name",
    "who_made_you",
    "what_can_i_ask_you",
];
const ACTIONS: &[(&str, &str)] = &[
    ("book_hotel", "book"),
    ("cancel_reservation", "cancel"),
    ("confirm_reservation", "confirm"),
];

/// What the engine would begin.
pub(super) fn predict(item: &Value) -> Vec<Value> {
    let today = NaiveDate::default();
    let found = understand(text(item, "text"), &Context::fresh(today, &[]));
    let action = match found.intent {
        Intent::Book | Intent::Availability => "book",
        Intent::Cancel => "cancel",
        Intent::MyBooking => "confirm",
        Intent::SmallTalk | Intent::Thanks | Intent::Bye | Intent::Repeat => "smalltalk",
        Intent::Inform if found.answer.is_some() => "smalltalk",
        _ => "none",
    };
    vec![json!({"id": text(item, "id"), "action": action})]
}

/// Hotel actions begun rightly and wrongly.
pub(super) fn score(gold: &[Value], predicted: &ById<'_>) -> Scores {
    let action = |item: &Value| {
        predicted
            .get(text(item, "id"))
            .map_or("", |found| text(found, "action"))
    };
    let of = |wanted: &dyn Fn(&str) -> bool| {
        gold.iter()
            .filter(|item| wanted(text(item, "intent")))
            .collect::<Vec<_>>()
    };
    let mut scores = Scores::new();
    for ((intent, wanted), measure) in ACTIONS.iter().zip([
        "bookings heard",
        "cancellations heard",
        "confirmations heard",
    ]) {
        let items = of(&|found| found == *intent);
        let right = items.iter().filter(|item| action(item) == *wanted).count();
        scores.push((measure, shown(right, items.len())));
    }
    let talk = of(&|intent| SMALL_TALK.contains(&intent));
    let heard = talk
        .iter()
        .filter(|item| action(item) == "smalltalk")
        .count();
    scores.push(("small talk heard", shown(heard, talk.len())));
    let others = of(&|intent| {
        !SMALL_TALK.contains(&intent) && !ACTIONS.iter().any(|(name, _)| *name == intent)
    });
    let begun = |item: &&&Value| matches!(action(item), "book" | "cancel" | "confirm");
    scores.push((
        "false hotel actions",
        shown(others.iter().filter(begun).count(), others.len()),
    ));
    scores
}

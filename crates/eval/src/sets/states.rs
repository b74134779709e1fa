//! What a guest wants by now, slot by slot: when two values are the same, and how many are.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{ById, Scores, list, text};
use crate::tally::{Tally, shown};

/// Scores the whole state after every turn of whole dialogues: equal to the last slot, and slot by slot.
pub(super) fn score_dialogues(gold: &[Value], predicted: &ById<'_>) -> Scores {
    let (mut turns, mut right, mut slots) = (0, 0, Tally::default());
    for turn in gold.iter().flat_map(|dialogue| list(dialogue, "turns")) {
        let wanted = turn.get("state");
        let found = predicted
            .get(text(turn, "id"))
            .and_then(|one| one.get("state"));
        let names: BTreeSet<&String> = keys(wanted).chain(keys(found)).collect();
        let mut all = true;
        for name in names {
            let (want, find) = (member(wanted, name), member(found, name));
            let equal = want
                .zip(find)
                .is_some_and(|(want, find)| is_house_value(want, find));
            slots.compare(want.is_some(), find.is_some(), equal);
            all &= equal;
        }
        turns += 1;
        right += usize::from(all);
    }
    vec![
        ("joint goal", shown(right, turns)),
        ("slots of the state, F1", slots.show()),
    ]
}

/// Scores what each turn sets or changes; to say a known value again is free.
pub(super) fn score_turns(gold: &[Value], predicted: &ById<'_>) -> Scores {
    let (mut right, mut slots) = (0, Tally::default());
    for turn in gold {
        let (delta, state) = (turn.get("delta"), turn.get("state"));
        let found = predicted
            .get(text(turn, "id"))
            .and_then(|one| one.get("delta"));
        let mut exact = true;
        for name in keys(delta) {
            let (want, find) = (member(delta, name), member(found, name));
            let equal = want
                .zip(find)
                .is_some_and(|(want, find)| is_value(want, find));
            slots.compare(true, find.is_some(), equal);
            exact &= equal;
        }
        for name in keys(found).filter(|name| member(delta, name).is_none()) {
            let known = member(state, name).zip(member(found, name));
            if !known.is_some_and(|(known, find)| is_value(known, find)) {
                slots.compare(false, true, false);
                exact = false;
            }
        }
        right += usize::from(exact);
    }
    vec![
        ("turns exact", shown(right, gold.len())),
        ("slots of the turn, F1", slots.show()),
    ]
}

fn keys(object: Option<&Value>) -> impl Iterator<Item = &String> {
    object
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|object| object.keys())
}

fn member<'a>(object: Option<&'a Value>, name: &str) -> Option<&'a Value> {
    object?.get(name)
}

/// Either of several right values, or the one.
fn readings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().map(said).collect(),
        Value::String(text) => text.split(['|', '>']).map(str::to_owned).collect(),
        other => vec![said(other)],
    }
}

fn said(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn is_house_value(wanted: &Value, found: &Value) -> bool {
    let found = synonym(&said(found).trim().to_lowercase());
    readings(wanted)
        .iter()
        .any(|one| synonym(&one.trim().to_lowercase()) == found)
}

fn is_value(wanted: &Value, found: &Value) -> bool {
    let found = folded(&said(found));
    readings(wanted).iter().any(|one| folded(one) == found)
}

fn synonym(value: &str) -> String {
    let same = match value {
        "guest house" | "guesthouses" => "guesthouse",
        "hotels" => "hotel",
        "center" => "centre",
        "free" | "true" => "yes",
        "false" => "no",
        "don't care" | "do n't care" | "any" => "dontcare",
        other => other,
    };
    same.to_owned()
}

/// Number words as digits, and days without "the", "of", "on" and the ending of their number.
fn folded(value: &str) -> String {
    let value = value.trim().to_lowercase();
    let dated = is_dated(&value);
    let words = value
        .split_whitespace()
        .filter(|word| !(dated && matches!(*word, "the" | "of" | "on")));
    let plain: Vec<String> = words.map(|word| counted(&without_ending(word))).collect();
    synonym(&plain.join(" "))
}

fn is_dated(value: &str) -> bool {
    const WORDS: &[&str] = &[
        "day",
        "week",
        "month",
        "morrow",
        "night",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    value.chars().any(|c| c.is_ascii_digit()) || WORDS.iter().any(|word| value.contains(word))
}

fn without_ending(word: &str) -> String {
    let bare = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending));
    let number = bare.filter(|bare| bare.ends_with(|c: char| c.is_ascii_digit()));
    number.unwrap_or(word).to_owned()
}

fn counted(word: &str) -> String {
    const WORDS: [&str; 11] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    WORDS
        .iter()
        .position(|one| *one == word)
        .map_or_else(|| word.to_owned(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_the_same_in_other_words() {
        for (wanted, found) in [
            (json!(["the 4th", "March 4th"]), json!("4th")),
            (json!(["1st of March"]), json!("the 1st of march")),
            (json!(["four"]), json!("4")),
            (json!(["True"]), json!("yes")),
            (json!("hotel|guesthouse"), json!("guest house")),
        ] {
            assert!(is_value(&wanted, &found), "{wanted} {found}");
        }
        assert!(!is_value(&json!(["5th"]), &json!("4th")));
        assert!(!is_house_value(&json!("the inn"), &json!("inn")));
    }
}

//! What people say to a voice booking system: who, when and under which name, as spans.

use std::collections::HashSet;
use std::ops::Range;

use chrono::NaiveDate;
use motel_understanding::{Asked, DateOrder, Moment, People, When, moments, named, people};
use serde_json::{Value, json};

use super::{ById, Scores, list, text};
use crate::tally::Tally;

type Label = (&'static str, Range<usize>);

pub(super) fn predict(item: &Value) -> Vec<Value> {
    let message = text(item, "text");
    let requested = |slot: &str| {
        list(item, "requested")
            .iter()
            .any(|asked| asked.as_str() == Some(slot))
    };
    let name = named(message, requested("first_name") || requested("last_name"));
    let asked = Asked {
        today: NaiveDate::from_ymd_opt(2018, 8, 1).unwrap_or_default(),
        order: DateOrder::DayFirst,
        time: requested("time"),
        date: requested("date"),
    };
    let found = moments(message, asked);
    let free = |span: &Range<usize>| {
        name.as_ref()
            .is_none_or(|name| span.end <= name.span.start || name.span.end <= span.start)
    };
    let mut labels: Vec<Label> = found
        .iter()
        .filter(|moment| free(&moment.span))
        .flat_map(times)
        .collect();
    let mut taken: Vec<Range<usize>> = labels.iter().map(|(_, span)| span.clone()).collect();
    if let Some(name) = &name {
        let surname_first =
            list(item, "requested").first().and_then(Value::as_str) == Some("last_name");
        labels.extend(halves(message, &name.span, surname_first));
        taken.push(name.span.clone());
    }
    labels.extend(groups(&people(message, requested("people"), &taken)));
    let labels: Vec<Value> = labels
        .into_iter()
        .map(|(slot, span)| (slot, with_full_stop(message, slot, span)))
        .map(|(slot, span)| {
            json!([
                slot,
                characters(message, span.start),
                characters(message, span.end)
            ])
        })
        .collect();
    vec![json!({"id": text(item, "id"), "labels": labels})]
}

/// The set counts the full stop of a sentence to "7 PM." before it.
fn with_full_stop(message: &str, slot: &str, span: Range<usize>) -> Range<usize> {
    let said = message.get(span.clone()).unwrap_or_default().to_lowercase();
    let stops = slot == "time"
        && said.ends_with('m')
        && message
            .get(span.end..)
            .is_some_and(|rest| rest.starts_with('.'));
    span.start..span.end + usize::from(stops)
}

/// The set counts characters.
fn characters(message: &str, byte: usize) -> usize {
    message
        .get(..byte)
        .map_or(0, |before| before.chars().count())
}

fn times(moment: &Moment) -> Vec<Label> {
    let date = |moment: &Moment| ("date", moment.span.clone());
    match &moment.when {
        When::Day { .. } | When::Weekend { .. } => vec![date(moment)],
        When::Since(inner) | When::Until(inner) | When::After(inner) => times(inner),
        When::Between { first, last, .. } => vec![date(first), date(last)],
        When::In { .. } => vec![("time", moment.span.clone()), date(moment)],
        When::Clock { bare, .. } => vec![("time", bare.clone())],
        When::Clocks { first, last } => [times(first), times(last)].concat(),
        When::Period { .. } | When::Length { .. } | When::PartOfDay(_) => Vec::new(),
    }
}

/// A name of two words has two halves; a single one is the last name where it was given "under", else the first.
fn halves(message: &str, span: &Range<usize>, surname_first: bool) -> Vec<Label> {
    let raw = message.get(span.clone()).unwrap_or_default();
    match raw.find(' ') {
        Some(at) => vec![
            ("first_name", span.start..span.start + at),
            ("last_name", span.start + at + 1..span.end),
        ],
        None => {
            let before = message
                .get(..span.start)
                .unwrap_or_default()
                .trim_end()
                .to_lowercase();
            let slot =
                if surname_first || before.ends_with("under") || before.ends_with("under the name")
                {
                    "last_name"
                } else {
                    "first_name"
                };
            vec![(slot, span.clone())]
        }
    }
}

/// Joined mentions are one party.
fn groups(found: &[People]) -> Vec<Label> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for one in found.iter().filter(|one| one.count > 0) {
        match groups.last_mut().filter(|_| one.joined) {
            Some(group) => group.end = one.span.end,
            None => groups.push(one.span.clone()),
        }
    }
    groups.into_iter().map(|span| ("people", span)).collect()
}

/// Spans right, micro-averaged and by slot.
pub(super) fn score(gold: &[Value], predicted: &ById<'_>) -> Scores {
    type Span = (String, u64, u64);
    let spans = |labels: &[Value]| -> HashSet<Span> {
        let at = |label: &Value, index: usize| {
            label.get(index).and_then(Value::as_u64).unwrap_or_default()
        };
        let slot = |label: &Value| {
            label
                .get(0)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        labels
            .iter()
            .map(|label| (slot(label), at(label, 1), at(label, 2)))
            .collect()
    };
    const SLOTS: [(&str, &str); 5] = [
        ("people", "spans of people, F1"),
        ("date", "spans of dates, F1"),
        ("time", "spans of times, F1"),
        ("first_name", "spans of first names, F1"),
        ("last_name", "spans of last names, F1"),
    ];
    let mut all = Tally::default();
    let mut by_slot = [Tally::default(); 5];
    for item in gold {
        let wanted = spans(list(item, "labels"));
        let found = predicted
            .get(text(item, "id"))
            .map(|one| spans(list(one, "labels")))
            .unwrap_or_default();
        for span in wanted.union(&found) {
            let (want, find) = (wanted.contains(span), found.contains(span));
            all.compare(want, find, want && find);
            let slot = SLOTS.iter().position(|(slot, _)| *slot == span.0);
            if let Some(tally) = slot.and_then(|index| by_slot.get_mut(index)) {
                tally.compare(want, find, want && find);
            }
        }
    }
    let slots = SLOTS
        .iter()
        .zip(by_slot)
        .map(|((_, measure), tally)| (*measure, tally.show()));
    [("spans, F1", all.show())]
        .into_iter()
        .chain(slots)
        .collect()
}

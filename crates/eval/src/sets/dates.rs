//! Expressions of time with their values: the specifications of two date parsers.
//!
//! Where the two disagree about a word, each is followed here: a weekend begins on Saturday for one and on Friday for
//! the other, the end of a month is its last third for one and its second half for the other.

use chrono::{Datelike, Days, NaiveDate};
use motel_understanding::{
    Asked, Context, DateFault, DateOrder, Grain, Moment, Part, When, moments, understand,
};
use serde_json::{Value, json};

use super::{ById, Scores, list, text};
use crate::tally::shown;

/// Whose words are followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Convention {
    Recognizers,
    Duckling,
}

pub(super) fn recognizers(item: &Value) -> Vec<Value> {
    predict(item, Convention::Recognizers)
}

pub(super) fn duckling(item: &Value) -> Vec<Value> {
    predict(item, Convention::Duckling)
}

fn predict(item: &Value, convention: Convention) -> Vec<Value> {
    let Some(today) = day(text(item, "reference")) else {
        return Vec::new();
    };
    let order = match text(item, "dialect") {
        british if british.starts_with("en-GB") => DateOrder::DayFirst,
        _ => DateOrder::MonthFirst,
    };
    let asked = Asked {
        today,
        order,
        time: false,
        date: false,
    };
    let found = moments(text(item, "input"), asked);
    let mut results = results(&found, convention, today.year());
    if results.is_empty() && convention == Convention::Recognizers && is_no_day(item, today) {
        results.push(json!({"type": "date", "value": "not resolved"}));
    }
    vec![json!({"id": text(item, "id"), "results": results})]
}

/// February 30: one of the parsers finds it and resolves it to nothing, the engine says that there is no such day.
fn is_no_day(item: &Value, today: NaiveDate) -> bool {
    let said = understand(text(item, "input"), &Context::fresh(today, &[]));
    said.date_fault == Some(DateFault::NoSuchDay)
}

fn results(found: &[Moment], convention: Convention, this_year: i32) -> Vec<Value> {
    let mut results = Vec::new();
    let mut at = 0;
    while let Some(moment) = found.get(at) {
        let next = found.get(at + 1);
        if let Some(from_then) = next.and_then(|next| length_from(moment, next)) {
            results.push(from_then);
            at += 2;
            continue;
        }
        results.extend(result(moment, next, convention, this_year));
        at += 1;
    }
    results
}

/// "3 days starting on Monday" is one range.
fn length_from(length: &Moment, since: &Moment) -> Option<Value> {
    let (When::Length { seconds, .. }, When::Since(inner)) = (&length.when, &since.when) else {
        return None;
    };
    let When::Day { on, .. } = inner.when else {
        return None;
    };
    let adjacent = *seconds >= 86_400 && since.span.start <= length.span.end + 2;
    let end = on.checked_add_days(Days::new(seconds / 86_400))?;
    adjacent.then(|| json!({"type": "daterange", "start": on, "end": end}))
}

fn day(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}

fn result(
    moment: &Moment,
    next: Option<&Moment>,
    convention: Convention,
    this_year: i32,
) -> Option<Value> {
    let part_follows = matches!(next.map(|moment| &moment.when), Some(When::PartOfDay(_)));
    Some(match &moment.when {
        When::Day { on, part }
            if convention == Convention::Duckling && (part.is_some() || part_follows) =>
        {
            json!({"type": "daterange", "start": on, "end": on})
        }
        When::Day { on, part: None } => json!({"type": "date", "value": on}),
        When::Day { .. }
        | When::In { .. }
        | When::Clock { .. }
        | When::Clocks { .. }
        | When::PartOfDay(_) => return None,
        When::Length { seconds, .. } => json!({"type": "duration", "days": seconds / 86_400}),
        When::Since(inner) => open(Some(bounds(&inner.when, convention, this_year)?.0), None),
        When::After(inner) => {
            let (from, to) = bounds(&inner.when, convention, this_year)?;
            let whole = matches!(inner.when, When::Period { part: None, .. });
            open(Some(if whole { to } else { from }), None)
        }
        When::Until(inner) => open(None, Some(bounds(&inner.when, convention, this_year)?.0)),
        When::Between { from, to, .. } => json!({"type": "daterange", "start": from, "end": to}),
        other => {
            let (from, to) = bounds(other, convention, this_year)?;
            json!({"type": "daterange", "start": from, "end": to})
        }
    })
}

fn open(start: Option<NaiveDate>, end: Option<NaiveDate>) -> Value {
    match (start, end) {
        (Some(start), _) => json!({"type": "daterange", "start": start}),
        (None, end) => json!({"type": "daterange", "end": end}),
    }
}

/// First day and the day after the last.
fn bounds(when: &When, convention: Convention, this_year: i32) -> Option<(NaiveDate, NaiveDate)> {
    match when {
        When::Day { on, .. } => Some((*on, *on)),
        When::Between { from, to, .. } => Some((*from, *to)),
        When::Weekend { saturday, long } => {
            let early = u64::from(convention == Convention::Duckling);
            let last = saturday.checked_add_days(Days::new(2 + u64::from(*long)))?;
            Some((saturday.checked_sub_days(Days::new(early))?, last))
        }
        When::Period {
            from,
            to,
            part: None,
            ..
        } => Some((*from, *to)),
        When::Period {
            from,
            to,
            grain,
            part: Some(part),
        } => match (grain, part, convention) {
            // The end of this year is its second half, that of another year its last third.
            (Grain::Year, Part::End, Convention::Recognizers) if from.year() == this_year => {
                part_of(*from, *to, *grain, Part::Late, convention)
            }
            _ => part_of(*from, *to, *grain, *part, convention),
        },
        _ => None,
    }
}

/// The first and last day of a part, as the set has it.
fn part_of(
    from: NaiveDate,
    to: NaiveDate,
    grain: Grain,
    part: Part,
    convention: Convention,
) -> Option<(NaiveDate, NaiveDate)> {
    let on = |date: NaiveDate, days: u64| date.checked_add_days(Days::new(days));
    let month = |number: u32| NaiveDate::from_ymd_opt(from.year(), number, 1);
    let duckling = convention == Convention::Duckling;
    let parts = match (grain, part) {
        (Grain::Week, Part::Early) => (from, on(from, 3)?),
        (Grain::Week, Part::Middle) => (on(from, 2)?, on(from, 5)?),
        (Grain::Week, _) => (on(from, if duckling { 4 } else { 3 })?, to),
        (Grain::Month, Part::Early) => (from, on(from, if duckling { 10 } else { 15 })?),
        (Grain::Month, Part::Middle) => (on(from, if duckling { 10 } else { 9 })?, on(from, 20)?),
        (Grain::Month, _) => (on(from, if duckling { 20 } else { 15 })?, to),
        (Grain::Year, Part::Early) => (from, month(if duckling { 4 } else { 7 })?),
        (Grain::Year, Part::Middle) => (month(5)?, month(9)?),
        (Grain::Year, Part::End) => (month(9)?, to),
        (Grain::Year, Part::Late) => (month(7)?, to),
        _ => (from, to),
    };
    Some(parts)
}

/// One reading of a gold or predicted result: its type and values.
type Reading = (String, Option<String>, Option<String>);

fn readings(result: &Value) -> Vec<Reading> {
    let kind = text(result, "type");
    let owned =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    list(result, "values")
        .iter()
        .map(|value| match kind {
            "duration" => {
                let seconds = owned(value, "value").unwrap_or_default();
                let whole = seconds
                    .split('.')
                    .next()
                    .and_then(|number| number.parse::<u64>().ok());
                let days = whole.map_or(seconds, |number| (number / 86_400).to_string());
                (kind.to_owned(), Some(days), None)
            }
            _ if value.get("start").is_some() || value.get("end").is_some() => {
                (kind.to_owned(), owned(value, "start"), owned(value, "end"))
            }
            _ => (kind.to_owned(), owned(value, "value"), None),
        })
        .collect()
}

fn predicted_reading(result: &Value) -> Reading {
    let owned = |key: &str| result.get(key).and_then(Value::as_str).map(str::to_owned);
    let kind = text(result, "type").to_owned();
    match kind.as_str() {
        "duration" => (kind, result.get("days").map(ToString::to_string), None),
        _ if result.get("start").is_some() || result.get("end").is_some() => {
            (kind, owned("start"), owned("end"))
        }
        _ => (kind, owned("value"), None),
    }
}

/// Duckling's single result; its ends are exclusive, and the last day is accepted too.
fn duckling_readings(item: &Value) -> Vec<Reading> {
    let range = |start: NaiveDate, end: NaiveDate| {
        (
            "daterange".to_owned(),
            Some(start.to_string()),
            Some(end.to_string()),
        )
    };
    let both = |start: NaiveDate, end: NaiveDate| {
        let last = end.checked_sub_days(Days::new(1)).unwrap_or(end);
        vec![range(start, end), range(start, last)]
    };
    let Some(start) = day(text(item, "start")) else {
        return Vec::new();
    };
    match (text(item, "kind"), text(item, "grain")) {
        ("interval", _) => day(text(item, "end"))
            .map(|end| both(start, end))
            .unwrap_or_default(),
        (_, "day") => vec![("date".to_owned(), Some(start.to_string()), None)],
        (_, "week") => start
            .checked_add_days(Days::new(7))
            .map(|end| both(start, end))
            .unwrap_or_default(),
        _ => {
            let first = start.with_day(1).unwrap_or(start);
            let end = first
                .checked_add_months(chrono::Months::new(1))
                .unwrap_or(first);
            both(start, end)
        }
    }
}

/// Sentences with every result right and none too many, over the hotel-relevant part; and dates where there is none.
pub(super) fn score(gold: &[Value], predicted: &ById<'_>) -> Scores {
    let (mut sentences, mut exact, mut none, mut false_dates) = (0, 0, 0, 0);
    for item in gold {
        let found = predicted.get(text(item, "id"));
        let found: Vec<Reading> = found
            .map(|one| list(one, "results").iter().map(predicted_reading).collect())
            .unwrap_or_default();
        let specified = item.get("results").is_some();
        if text(item, "kind") == "none" || specified && list(item, "results").is_empty() {
            none += 1;
            let dated =
                |reading: &Reading| matches!(reading.0.as_str(), "date" | "daterange" | "duration");
            false_dates += usize::from(found.iter().any(dated));
            continue;
        }
        if item.get("hotel_relevant") != Some(&Value::Bool(true)) {
            continue;
        }
        let wanted: Vec<Vec<Reading>> = match specified {
            true => list(item, "results").iter().map(readings).collect(),
            false => vec![duckling_readings(item)],
        };
        let all = wanted
            .iter()
            .all(|any| any.iter().any(|reading| found.contains(reading)));
        sentences += 1;
        exact += usize::from(all && found.len() <= wanted.len());
    }
    vec![
        ("sentences exact", shown(exact, sentences)),
        ("dates where there is none", shown(false_dates, none)),
    ]
}

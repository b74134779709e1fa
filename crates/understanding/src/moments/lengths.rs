//! How long ("two weeks", "half an hour"), and days counted from another ("three days ago", "a week from Friday").

use chrono::{Months, NaiveDate, TimeDelta};

use super::{Found, Grain, When};
use crate::dates::points::{self, Reading};
use crate::tokens::Tokens;

/// An amount of a unit, halves counted, between two tokens.
#[derive(Debug, Clone, Copy)]
struct Amount {
    halves: u64,
    unit: Unit,
    next: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Fortnight,
    Month,
    Year,
}

impl Unit {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "minute" | "minutes" | "min" | "mins" => Self::Minute,
            "hour" | "hours" | "hr" | "hrs" => Self::Hour,
            "day" | "days" => Self::Day,
            "night" | "nights" | "nite" | "nites" => Self::Night,
            "week" | "weeks" => Self::Week,
            "fortnight" | "fortnights" | "fortnight's" => Self::Fortnight,
            "month" | "months" => Self::Month,
            "year" | "years" => Self::Year,
            _ => return None,
        })
    }

    fn seconds(self) -> u64 {
        const DAY: u64 = 86_400;
        match self {
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day | Self::Night => DAY,
            Self::Week => 7 * DAY,
            Self::Fortnight => 14 * DAY,
            Self::Month => 30 * DAY,
            Self::Year => 365 * DAY,
        }
    }

    fn grain(self) -> Grain {
        match self {
            Self::Minute | Self::Hour => Grain::Hour,
            Self::Day | Self::Night => Grain::Day,
            Self::Week | Self::Fortnight => Grain::Week,
            Self::Month => Grain::Month,
            Self::Year => Grain::Year,
        }
    }
}

/// The length or counted day that begins at `at`.
pub(super) fn at(reading: Reading<'_>, at: usize) -> Option<Found> {
    let tokens = reading.tokens;
    if let Some(next) = ["a weekend", "one weekend"]
        .into_iter()
        .find_map(|phrase| tokens.phrase(at, phrase))
    {
        let when = When::Length {
            seconds: 2 * 86_400,
            grain: Grain::Day,
        };
        return Some(Found {
            when,
            start: at,
            next,
        });
    }
    let ahead = tokens.is(at, &["in", "within"]);
    let start = at + usize::from(ahead);
    let start = start + usize::from(ahead && tokens.is(start, &["about", "around"]));
    let amount = amount(tokens, start)?;
    if let Some((on, next)) = counted_day(reading, amount, tokens.word(at) == "in") {
        let when = match on {
            Counted::Day(on) => When::Day { on, part: None },
            Counted::Seconds(seconds) => When::In { seconds },
        };
        return Some(Found {
            when,
            start: at,
            next,
        });
    }
    // "$20 a night", "twice a week", "a 3 year old" are no lengths.
    let article = tokens.is(start, &["a", "an"]);
    let before = start.wrapping_sub(1);
    let rate = article
        && (tokens.number(before).is_some()
            || tokens.is(
                before,
                &[
                    "$", "€", "£", "dollars", "euros", "pounds", "once", "twice", "much", "it",
                ],
            ));
    let age =
        tokens.is(amount.next, &["old", "olds"]) || tokens.phrase(amount.next, "- old").is_some();
    let greeting = article
        && matches!(amount.unit, Unit::Day)
        && tokens.is(start.wrapping_sub(1), &["have", "such", "what"]);
    (!rate && !age && !greeting).then(|| Found {
        when: When::Length {
            seconds: amount.halves.saturating_mul(amount.unit.seconds()) / 2,
            grain: amount.unit.grain(),
        },
        start,
        next: amount.next,
    })
}

fn amount(tokens: &Tokens, at: usize) -> Option<Amount> {
    let (halves, mut unit_at) = quantity(tokens, at)?;
    let filled = tokens.is(
        unit_at,
        &[
            "more",
            "full",
            "whole",
            "extra",
            "additional",
            "-",
            "entire",
        ],
    );
    unit_at += usize::from(filled);
    let unit = Unit::named(tokens.word(unit_at))?;
    let next = unit_at + 1;
    let and_a_half = tokens.phrase(next, "and a half");
    // "3 days 2 nights" and "3 days/2 nights" say one length twice.
    let twice = next + usize::from(tokens.is(next, &["/", "-", "and", ","]));
    let nights_too = (tokens.number(twice).is_some()
        && Unit::named(tokens.word(twice + 1)) == Some(Unit::Night)
        && unit == Unit::Day)
        .then_some(twice + 2);
    Some(Amount {
        halves: halves.saturating_add(u64::from(and_a_half.is_some())),
        unit,
        next: and_a_half.or(nights_too).unwrap_or(next),
    })
}

/// How many halves, and the index after the quantity.
fn quantity(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    const WORDS: &[(&str, u64)] = &[
        ("a couple of", 4),
        ("couple of", 4),
        ("a couple", 4),
        ("a few", 6),
        ("half a", 1),
        ("half an", 1),
        ("an entire", 2),
        ("a whole", 2),
        ("the whole", 2),
        ("the entire", 2),
        ("one and a half", 3),
        ("few", 6),
        ("several", 6),
        ("some", 6),
        ("all", 2),
        ("another", 2),
        ("whole", 2),
    ];
    if let Some(found) = WORDS
        .iter()
        .find_map(|(words, halves)| Some((*halves, tokens.phrase(at, words)?)))
    {
        return Some(found);
    }
    let count = tokens.count(at).filter(|count| *count <= 1_000)?;
    Some((u64::from(count) * 2, at + 1))
}

enum Counted {
    Day(NaiveDate),
    Seconds(u64),
}

/// The day so far from today or another day: "in two weeks", "two weeks ago", "two weeks before Easter".
fn counted_day(reading: Reading<'_>, amount: Amount, ahead: bool) -> Option<(Counted, usize)> {
    let Reading { tokens, today, .. } = reading;
    let behind = |phrases: &[&str]| {
        phrases
            .iter()
            .find_map(|phrase| tokens.phrase(amount.next, phrase))
    };
    if let Some(next) = behind(&["ago", "earlier", "back", "before now"]) {
        return shifted(today, amount, true).map(|on| (on, next));
    }
    if let Some(next) = behind(&[
        "from now",
        "from today",
        "away from now",
        "hence",
        "away",
        "later",
    ]) {
        return shifted(today, amount, false).map(|on| (on, next));
    }
    if ahead {
        let next = behind(&["time", "' time"]).unwrap_or(amount.next);
        return shifted(today, amount, false).map(|on| (on, next));
    }
    let backwards = match tokens.word(amount.next) {
        "from" | "after" => false,
        "before" => true,
        _ => return None,
    };
    if tokens.before(amount.next, 1) == "nights" || tokens.word(amount.next - 1) == "night" {
        return None;
    }
    // "for 3 days from Friday" is a length and its beginning.
    let first = amount.next.saturating_sub(3);
    let a_stay = (first..amount.next)
        .any(|at| tokens.is(at.wrapping_sub(1), &["for", "stay", "staying", "spend"]));
    if a_stay && tokens.word(amount.next) == "from" {
        return None;
    }
    let (point, next) = points::at(reading, amount.next + 1)?;
    let anchor = point.on_or_after(point.earliest(today))?;
    match shifted(anchor, amount, backwards)? {
        day @ Counted::Day(_) => Some((day, next)),
        Counted::Seconds(_) => None,
    }
}

fn shifted(from: NaiveDate, amount: Amount, backwards: bool) -> Option<Counted> {
    let months = match amount.unit {
        Unit::Month => amount.halves / 2,
        Unit::Year => amount.halves.checked_mul(6)?,
        _ => 0,
    };
    let months = Months::new(u32::try_from(months).ok()?);
    let seconds = amount.halves.checked_mul(amount.unit.seconds())? / 2;
    let days = TimeDelta::days(i64::try_from(seconds / 86_400).ok()?);
    let day = match (amount.unit, backwards) {
        (Unit::Minute | Unit::Hour, true) => None,
        (Unit::Minute | Unit::Hour, false) => return Some(Counted::Seconds(seconds)),
        (Unit::Month | Unit::Year, true) => from.checked_sub_months(months),
        (Unit::Month | Unit::Year, false) => from.checked_add_months(months),
        (_, true) => from.checked_sub_signed(days),
        (_, false) => from.checked_add_signed(days),
    };
    day.map(Counted::Day)
}

//! Two dates that belong together ("12 to 15 March"), weekends, and windows ("in March").

use chrono::{Datelike, NaiveDate, Weekday};

use super::points::{self, Point, Reading};
use super::{DateFault, calendar, holidays, words};
use crate::tokens::Tokens;

/// Arrival and departure, both resolved.
pub(crate) type Stay = (NaiveDate, NaiveDate);

/// A range read at some token.
pub(crate) struct Range {
    pub(crate) stay: Result<Stay, DateFault>,
    pub(crate) next: usize,
}

/// When two month-days without years come in the wrong order, rolling the second into the next
/// year is right for "30 December to 2 January" and wrong for "15 March to 12 March".
const LONGEST_ROLLED: i64 = 62;

/// The range that begins at `at`.
pub(crate) fn range_at(reading: Reading<'_>, at: usize) -> Option<Range> {
    weekend(reading, at).or_else(|| two_points(reading, at))
}

fn two_points(reading: Reading<'_>, at: usize) -> Option<Range> {
    let pair = pair_at(reading, at)?;
    Some(Range {
        stay: resolve(pair.first, pair.last, reading.today),
        next: pair.last_at.1,
    })
}

/// Two days that belong together, each with the tokens it was said in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) first: Point,
    pub(crate) first_at: (usize, usize),
    pub(crate) last: Point,
    pub(crate) last_at: (usize, usize),
}

/// The pair of days that begins at `at`.
pub(crate) fn pair_at(reading: Reading<'_>, at: usize) -> Option<Pair> {
    let tokens = reading.tokens;
    let lead = tokens.is(at, &["from", "between", "starting", "starts"]);
    let start = at + usize::from(lead);
    let (first, after_first, first_bare) = point_or_bare(reading, start)?;
    let between = tokens.word(at) == "between";
    let second_at = connector(tokens, after_first, between)?;
    let (last, next, second_bare) = point_or_bare(reading, second_at)?;
    let dated = matches!(last, Point::MonthDay(..) | Point::Exact(_));
    let ordinals = lead && !second_bare;
    let fits = match (first_bare, second_bare) {
        (true, true) => false,
        (true, false) => dated || ordinals,
        (false, true) => matches!(first, Point::MonthDay(..) | Point::Day(_) | Point::Exact(_)),
        (false, false) => true,
    };
    fits.then_some(Pair {
        first,
        first_at: (start, after_first),
        last,
        last_at: (second_at, next),
    })
}

/// A date expression, or a bare number that can only be a day beside one.
fn point_or_bare(reading: Reading<'_>, at: usize) -> Option<(Point, usize, bool)> {
    if let Some((point, next)) = points::at(reading, at) {
        return Some((point, next, false));
    }
    let tokens = reading.tokens;
    let start = at + usize::from(tokens.word(at) == "the");
    let (day, ordinal) = tokens
        .number(start)
        .filter(|(day, _)| points::is_day(*day))?;
    let bare = !words::counts_something(tokens, start) || tokens.word(start + 1) == "of";
    bare.then_some((Point::Day(day), start + 1, !ordinal))
}

/// The index after "to", "-", "until", "and leaving on" …
pub(crate) fn connector(tokens: &Tokens, at: usize, between: bool) -> Option<usize> {
    let start = at + usize::from(tokens.word(at) == ",");
    for phrase in [
        "up to",
        "through to",
        "to",
        "till",
        "til",
        "until",
        "untill",
        "thru",
        "through",
        "-",
        "~",
        "and leaving",
        "and leave",
        "and departing",
        "and checking out",
        "and check out",
        "leaving",
        "departing",
        "checking out",
        "check out",
        "checkout",
        "and staying until",
        "staying until",
        "and stay until",
        "and out",
        "out",
    ] {
        if let Some(next) = tokens.phrase(start, phrase) {
            return Some(next + usize::from(tokens.is(next, &["-"])));
        }
    }
    let and = between && tokens.is(start, &["and", "&"]);
    and.then_some(start + 1)
}

/// Gives both ends a year and a month; the departure is the first such day after the arrival.
pub(crate) fn resolve(first: Point, second: Point, today: NaiveDate) -> Result<Stay, DateFault> {
    let second = match (first, second) {
        (Point::MonthDay(month, a), Point::Day(b)) if b > a && points::exists(month, b) => {
            Point::MonthDay(month, b)
        }
        (_, second) => second,
    };
    let (arrival, departure) = match (first, second) {
        (Point::Impossible, _) | (_, Point::Impossible) => return Err(DateFault::NoSuchDay),
        (Point::Day(_) | Point::MonthDay(..), Point::Exact(end)) => (last_before(first, end)?, end),
        (Point::Day(day), Point::MonthDay(..)) => {
            let end = second.on_or_after(today).ok_or(DateFault::NoSuchDay)?;
            let start = last_before(Point::Day(day), end)?;
            roll_together(start, end, today)
        }
        _ => {
            let start = first
                .on_or_after(first.earliest(today))
                .ok_or(DateFault::NoSuchDay)?;
            let day_after = calendar::later(start, 1);
            let end = second.on_or_after(day_after).ok_or(DateFault::NoSuchDay)?;
            (start, end)
        }
    };
    check(first, second, arrival, departure, today)
}

fn check(
    first: Point,
    second: Point,
    arrival: NaiveDate,
    departure: NaiveDate,
    today: NaiveDate,
) -> Result<Stay, DateFault> {
    let rolled = matches!((first, second), (Point::MonthDay(..), Point::MonthDay(..)))
        && (departure - arrival).num_days() > LONGEST_ROLLED
        && departure.year() > arrival.year()
        && (departure.month(), departure.day()) <= (arrival.month(), arrival.day());
    match () {
        () if arrival < today => Err(DateFault::Past(arrival)),
        () if departure <= arrival || rolled => Err(DateFault::Reversed),
        () => Ok((arrival, departure)),
    }
}

/// The last day reading as `point` before `end`.
fn last_before(point: Point, end: NaiveDate) -> Result<NaiveDate, DateFault> {
    let from = match point {
        Point::Day(day) if day < end.day() => calendar::first_of_month(end),
        Point::Day(_) => {
            calendar::first_of_month(calendar::earlier(calendar::first_of_month(end), 1))
        }
        _ => calendar::earlier(end, 364),
    };
    point
        .on_or_after(from)
        .filter(|start| *start < end)
        .ok_or(DateFault::Reversed)
}

/// A range already begun this year means the next one.
fn roll_together(start: NaiveDate, end: NaiveDate, today: NaiveDate) -> Stay {
    match start < today {
        true => (
            calendar::months_later(start, 12),
            calendar::months_later(end, 12),
        ),
        false => (start, end),
    }
}

/// "this weekend", "next weekend", "the weekend of the 12th", "Labor Day weekend".
fn weekend(reading: Reading<'_>, at: usize) -> Option<Range> {
    let Reading { tokens, today, .. } = reading;
    if let Some(found) = holiday_weekend(reading, at) {
        return Some(found);
    }
    let qualified = tokens.is(
        at,
        &["this", "next", "the", "coming", "following", "upcoming"],
    );
    let name_at =
        at + usize::from(qualified) + usize::from(tokens.is(at + 1, &["coming", "upcoming"]));
    if !qualified || !tokens.is(name_at, &["weekend", "wknd", "week-end"]) {
        return None;
    }
    let mut next = name_at + 1;
    let friday = match named_day_behind(reading, next) {
        Some((day, after)) => {
            next = after;
            friday_of_weekend(day)
        }
        None if matches!(tokens.word(at), "next" | "following") => {
            calendar::later(calendar::monday(today), 11)
        }
        None => friday_of_weekend(coming_weekend_day(today)),
    };
    Some(Range {
        stay: Ok((friday.max(today), calendar::later(friday, 2))),
        next,
    })
}

fn named_day_behind(reading: Reading<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let of = reading.tokens.is(at, &["of", "beginning", "starting"]);
    let (point, next) = points::at(reading, at + usize::from(of)).filter(|_| of)?;
    Some((point.on_or_after(reading.today)?, next))
}

/// The Friday on which the weekend around `day` begins.
fn friday_of_weekend(day: NaiveDate) -> NaiveDate {
    let monday = calendar::monday(day);
    match day.weekday() {
        Weekday::Mon => calendar::earlier(day, 3),
        _ => calendar::later(monday, 4),
    }
}

/// Until Saturday the weekend is this week's; a Sunday guest means the next one.
fn coming_weekend_day(today: NaiveDate) -> NaiveDate {
    match today.weekday() {
        Weekday::Sun => calendar::later(today, 6),
        _ => calendar::weekday_from(today, Weekday::Sat),
    }
}

fn holiday_weekend(reading: Reading<'_>, at: usize) -> Option<Range> {
    let Reading { tokens, today, .. } = reading;
    let start = at + usize::from(tokens.is(at, &["the", "this", "next"]));
    let (_, name_end) = holidays::at(tokens, start)?;
    tokens.is(name_end, &["weekend"]).then_some(())?;
    let (point, _) = points::at(reading, start)?;
    let day = point.on_or_after(today)?;
    let friday = friday_of_weekend(day);
    let last = match day.weekday() {
        Weekday::Mon => day,
        _ => calendar::later(friday, 2),
    };
    Some(Range {
        stay: Ok((friday.max(today), last)),
        next: name_end + 1,
    })
}

/// "in March", "next week", "end of the month": too wide to book, good enough to ask back.
pub(crate) fn window_at(reading: Reading<'_>, at: usize) -> Option<(Stay, usize)> {
    let Reading { tokens, today, .. } = reading;
    let this_month = calendar::first_of_month(today);
    let next_month = calendar::months_later(this_month, 1);
    let monday = calendar::monday(today);
    let from_today = |from: NaiveDate, to: NaiveDate| (from.max(today), to);
    for (phrase, (from, to)) in [
        (
            "next week",
            (calendar::later(monday, 7), calendar::later(monday, 14)),
        ),
        ("this week", (today, calendar::later(monday, 7))),
        (
            "week after next",
            (calendar::later(monday, 14), calendar::later(monday, 21)),
        ),
        (
            "next month",
            (next_month, calendar::months_later(next_month, 1)),
        ),
        ("this month", (today, next_month)),
        (
            "end of the month",
            (calendar::earlier(next_month, 10), next_month),
        ),
    ] {
        if let Some(next) = tokens.phrase(at, phrase) {
            return Some((from_today(from, to), next));
        }
    }
    month_window(reading, at)
}

fn month_window(reading: Reading<'_>, at: usize) -> Option<(Stay, usize)> {
    const LEADS: &[&str] = &[
        "in", "during", "for", "early", "mid", "late", "of", "until", "next", "this", "around",
        "sometime",
    ];
    let Reading { tokens, today, .. } = reading;
    let lead = tokens.before(at, 1);
    let lead = if lead == "-" {
        tokens.before(at, 2)
    } else {
        lead
    };
    let (month, next) = words::month(tokens, at)?;
    let perhaps_a_verb =
        tokens.word(at) == "may" && matches!(lead, "this" | "for" | "of" | "until");
    if perhaps_a_verb || !LEADS.contains(&lead) && tokens.len() > 2 {
        return None;
    }
    let said_year = tokens
        .number(next)
        .filter(|(year, ordinal)| !ordinal && (2_000..=2_199).contains(year))
        .and_then(|(year, _)| i32::try_from(year).ok());
    let first = match said_year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, 1)?,
        None if month == today.month() => calendar::first_of_month(today),
        None => calendar::month_day_from(today, month, 1)?,
    };
    let end = calendar::months_later(first, 1);
    let (from, to) = match lead {
        "early" => (first, calendar::later(first, 10)),
        "mid" => (calendar::later(first, 10), calendar::later(first, 20)),
        "late" => (calendar::later(first, 20), end),
        _ => (first, end),
    };
    (to > today).then(|| {
        (
            (from.max(today), to),
            next + usize::from(said_year.is_some()),
        )
    })
}

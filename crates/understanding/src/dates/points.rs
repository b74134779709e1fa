//! One date expression: "tomorrow", "next Friday", "12 March", "3/12", "the 14th", "in two weeks".

use chrono::{Datelike, NaiveDate, Weekday};

use super::{DateOrder, calendar, holidays, numeric, weekdays, words};
use crate::spelling;
use crate::tokens::Tokens;

/// A day as said: some are complete, others wait for "on or after which day?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    /// A complete date; may lie in the past.
    Exact(NaiveDate),
    /// "12 March".
    MonthDay(u32, u32),
    /// "the 12th".
    Day(u32),
    /// "Friday the 13th".
    WeekdayAndDay(Weekday, u32),
    /// "Friday".
    Weekday(Weekday),
    /// "30 February".
    Impossible,
}

impl Point {
    /// The first such day on or after `from`; a complete date is itself.
    pub(crate) fn on_or_after(self, from: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Exact(date) => Some(date),
            Self::MonthDay(month, day) => calendar::month_day_from(from, month, day),
            Self::Day(day) => calendar::day_of_month_from(from, day),
            Self::WeekdayAndDay(weekday, day) => calendar::weekday_and_day_from(from, weekday, day)
                .or_else(|| calendar::day_of_month_from(from, day)),
            Self::Weekday(weekday) => Some(calendar::weekday_from(from, weekday)),
            Self::Impossible => None,
        }
    }

    /// From when on to look for it: who says "Tuesday" on a Tuesday means the next one.
    pub(crate) fn earliest(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Weekday(_) => calendar::later(today, 1),
            _ => today,
        }
    }

    /// Whether it needs a neighbour or a draft to know its month.
    pub(crate) fn is_partial(self) -> bool {
        matches!(self, Self::Day(_) | Self::Weekday(_))
    }
}

/// What the parsers share.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) tokens: &'a Tokens,
    pub(crate) today: NaiveDate,
    pub(crate) order: DateOrder,
}

/// The date expression that begins at `at`, and the index after it.
pub(crate) fn at(reading: Reading<'_>, at: usize) -> Option<(Point, usize)> {
    let start = skip_articles(reading.tokens, at);
    relative(reading, start)
        .or_else(|| from_now(reading, start))
        .or_else(|| weekdays::of_month(reading, start))
        .or_else(|| weekdays::at(reading, start))
        .or_else(|| numeric::at(reading, start))
        .or_else(|| year_first(reading.tokens, start))
        .or_else(|| month_first(reading.tokens, start))
        .or_else(|| day_first(reading, start))
        .or_else(|| holiday(reading, start))
        .or_else(|| ordinal(reading.tokens, at, start))
}

pub(crate) fn skip_articles(tokens: &Tokens, mut at: usize) -> usize {
    for _ in 0..2 {
        if tokens.is(at, &["on", "the", "that"]) {
            at += 1;
        }
    }
    at
}

/// Whether a day with this number can exist.
pub(crate) fn is_day(number: u32) -> bool {
    (1..=31).contains(&number)
}

fn relative(reading: Reading<'_>, at: usize) -> Option<(Point, usize)> {
    let Reading { tokens, today, .. } = reading;
    let ahead = |days, next| Some((Point::Exact(calendar::later(today, days)), next));
    if let Some(next) = tokens.phrase(at, "day after tomorrow") {
        return ahead(2, next);
    }
    for (phrase, days) in [
        ("last week", 7),
        ("last weekend", 7),
        ("last month", 31),
        ("last year", 365),
    ] {
        if let Some(next) = tokens.phrase(at, phrase) {
            return Some((Point::Exact(calendar::earlier(today, days)), next));
        }
    }
    if let Some(next) = tokens.phrase(at, "last night") {
        return Some((Point::Exact(calendar::earlier(today, 1)), next));
    }
    if tokens.is(at, &["now"])
        && (matches!(tokens.before(at, 1), "from" | "between" | "and")
            || tokens.is(at + 1, &["until", "till", "to"]))
    {
        return ahead(0, at + 1);
    }
    for part in ["evening", "afternoon", "morning"] {
        if tokens.word(at) == "this" && tokens.word(at + 1) == part {
            return ahead(0, at + 2);
        }
    }
    match tokens.word(at) {
        "today" | "todays" | "tonight" | "tonite" | "2nite" => ahead(0, at + 1),
        "tomorrow" | "tmrw" | "tmr" | "tomorow" | "tommorow" | "tomoz" => ahead(1, at + 1),
        "yesterday" => Some((Point::Exact(calendar::earlier(today, 1)), at + 1)),
        slip if spelling::is_slip_of(slip, "tomorrow") => ahead(1, at + 1),
        slip if spelling::is_slip_of(slip, "tonight") => ahead(0, at + 1),
        _ => None,
    }
}

/// "in two weeks", "3 days from now", "a week from Friday", "a fortnight from today".
fn from_now(reading: Reading<'_>, at: usize) -> Option<(Point, usize)> {
    let Reading { tokens, today, .. } = reading;
    let with_in = tokens.word(at) == "in";
    if tokens.before(at, 1) == "for" {
        return None;
    }
    let start = at + usize::from(with_in);
    let (count, unit_at) = amount(tokens, start)?;
    let after_unit = unit_at + 1;
    let (base, next) = match with_in {
        true => {
            let next = tokens
                .phrase(after_unit, "from now")
                .or_else(|| tokens.phrase(after_unit, "from today"))
                .unwrap_or(after_unit);
            (today, next)
        }
        false => anchor(reading, after_unit)?,
    };
    let date = match tokens.word(unit_at) {
        "day" | "days" => calendar::later(base, count.into()),
        "week" | "weeks" | "week's" => calendar::later(base, u64::from(count) * 7),
        "fortnight" => calendar::later(base, u64::from(count) * 14),
        "month" | "months" => calendar::months_later(base, count),
        _ => return None,
    };
    Some((Point::Exact(date), next))
}

fn amount(tokens: &Tokens, at: usize) -> Option<(u32, usize)> {
    let (count, next) = match tokens.phrase(at, "a couple of") {
        Some(next) => (2, next),
        None => (tokens.count(at)?, at + 1),
    };
    (count <= 1_000).then_some((count, next))
}

fn anchor(reading: Reading<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let Reading { tokens, today, .. } = reading;
    if !tokens.is(at, &["from", "after"]) {
        return None;
    }
    if let Some(next) = tokens.phrase(at, "from now") {
        return Some((today, next));
    }
    let start = skip_articles(tokens, at + 1);
    let dated = || month_first(tokens, start).or_else(|| day_first(reading, start));
    let (point, next) = relative(reading, start)
        .or_else(|| weekdays::at(reading, start))
        .or_else(|| holiday(reading, start))
        .or_else(|| (tokens.word(at) == "after").then(dated).flatten())?;
    Some((point.on_or_after(today)?, next))
}

/// "2027-Mar-12", "2027/March/12".
fn year_first(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (year, next) = words::year(tokens, at)?;
    let mark = |index: usize| tokens.is(index, &["-", "/", "."]) && tokens.joined(index);
    let (month, after) = words::month(tokens, next + 1).filter(|_| mark(next))?;
    let (day, _) = tokens
        .number(after + 1)
        .filter(|(day, _)| mark(after) && is_day(*day))?;
    Some((exact(year, month, day), after + 2))
}

/// "March 12th, 2027", "march the 12th".
pub(crate) fn month_first(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (month, mut next) = words::month(tokens, at)?;
    while next < at + 4 && tokens.is(next, &[",", "the", "-", "/"]) {
        next += 1;
    }
    let plain_gap = !tokens.is(next.saturating_sub(1), &[","]);
    let (day, ordinal) = tokens.number(next).filter(|(day, _)| is_day(*day))?;
    let counts = !ordinal && words::counts_something(tokens, next);
    if counts || !(ordinal || plain_gap) {
        return None;
    }
    Some(with_year(tokens, month, day, next + 1))
}

/// "12 March", "the 12th of March 2027", "the 12th of next month".
pub(crate) fn day_first(reading: Reading<'_>, at: usize) -> Option<(Point, usize)> {
    let Reading { tokens, today, .. } = reading;
    let (day, ordinal) = tokens.number(at).filter(|(day, _)| is_day(*day))?;
    if tokens.is_spelled(at) && !ordinal && tokens.word(at + 1) == "may" {
        return None;
    }
    let mut next = at + 1;
    if tokens.phrase(next, "day of").is_some() {
        next += 1;
    }
    while next < at + 4 && tokens.is(next, &["of", "-", "the", "/"]) {
        next += 1;
    }
    for (phrase, ahead) in [("this month", 0), ("next month", 1), ("following month", 1)] {
        if let Some(after) = tokens.phrase(next, phrase) {
            let month = calendar::months_later(calendar::first_of_month(today), ahead);
            let point = month.with_day(day).map_or(Point::Impossible, Point::Exact);
            return Some((point, after));
        }
    }
    let (month, next) = words::month(tokens, next)?;
    Some(with_year(tokens, month, day, next))
}

fn with_year(tokens: &Tokens, month: u32, day: u32, next: usize) -> (Point, usize) {
    let mut at = next;
    while at < next + 2 && tokens.is(at, &[",", "of", "-", "in", "/"]) {
        at += 1;
    }
    let apostrophe = tokens.word(at) == "'";
    let year = match apostrophe {
        true => tokens
            .number(at + 1)
            .filter(|(number, ordinal)| !ordinal && *number < 100)
            .map(|(number, _)| (2_000 + number, at + 2)),
        false => words::year(tokens, at),
    };
    match year {
        Some((year, after)) => (exact(year, month, day), after),
        None if exists(month, day) => (Point::MonthDay(month, day), next),
        None => (Point::Impossible, next),
    }
}

/// Whether some year has this day.
pub(crate) fn exists(month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(2_024, month, day).is_some()
}

/// The date, or `Impossible`.
pub(crate) fn exact(year: u32, month: u32, day: u32) -> Point {
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .map_or(Point::Impossible, Point::Exact)
}

/// A holiday, of this year or the next unless the year is said.
fn holiday(reading: Reading<'_>, at: usize) -> Option<(Point, usize)> {
    let Reading { tokens, today, .. } = reading;
    let last = tokens.is(at, &["last", "past", "previous"]);
    let start = at + usize::from(last || tokens.is(at, &["next", "this", "coming"]));
    let (holiday, next) = holidays::at(tokens, start)?;
    if let Some((year, after)) = year_of_holiday(reading, next) {
        return Some((Point::Exact(holiday.in_year(year)?), after));
    }
    let years = [
        today.year() - 1,
        today.year(),
        today.year().saturating_add(1),
    ];
    let mut all = years.into_iter().filter_map(|year| holiday.in_year(year));
    let date = match last {
        true => all.rfind(|date| *date < today)?,
        false => all.find(|date| *date >= today)?,
    };
    Some((Point::Exact(date), next))
}

/// "Easter 2027", "Easter of last year".
fn year_of_holiday(reading: Reading<'_>, at: usize) -> Option<(i32, usize)> {
    let Reading { tokens, today, .. } = reading;
    let start = at + usize::from(tokens.is(at, &["of", "in", ","]));
    if let Some((year, next)) = words::year(tokens, start) {
        return Some((i32::try_from(year).ok()?, next));
    }
    let steps = match tokens.word(start) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    (tokens.word(start + 1) == "year").then_some((today.year() + steps, start + 2))
}

/// "the 12th", "on the twelfth"; not "the second one" or "2nd floor".
fn ordinal(tokens: &Tokens, before_articles: usize, at: usize) -> Option<(Point, usize)> {
    const NOT_A_DAY: &[&str] = &[
        "floor",
        "one",
        "room",
        "option",
        "offer",
        "time",
        "choice",
        "night",
        "available",
        "bed",
        "person",
        "guest",
        "grade",
        "half",
        "street",
        "avenue",
        "st",
        "ave",
        "thing",
        "cheapest",
        "two",
        "name",
        "names",
        "day",
        "week",
        "weekend",
        "child",
        "kid",
    ];
    const LEADS: &[&str] = &[
        "on", "from", "to", "till", "until", "through", "thru", "arriving", "leaving", "by", "and",
        "-", "starting", "between",
    ];
    let (day, is_ordinal) = tokens.number(at)?;
    if !is_ordinal || !is_day(day) || NOT_A_DAY.contains(&tokens.word(at + 1)) {
        return None;
    }
    let spelled_ok = at > before_articles
        && (day > 3
            || tokens.word(before_articles) == "on"
            || LEADS.contains(&tokens.before(before_articles, 1)))
        || LEADS.contains(&tokens.before(at, 1));
    (!tokens.is_spelled(at) || spelled_ok).then_some((Point::Day(day), at + 1))
}

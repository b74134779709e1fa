//! Weekdays, with "next", "this", "last", a week, a month or a date beside them.

use chrono::{Datelike, NaiveDate, Weekday};

use super::points::{self, Point, Reading};
use super::{calendar, numeric, words};
use crate::tokens::Tokens;

/// Weekdays with "next", "this", "last", a week, or a date behind them.
pub(super) fn at(reading: Reading<'_>, at: usize) -> Option<(Point, usize)> {
    let Reading { tokens, today, .. } = reading;
    if let Some(next) = tokens.phrase(at, "next week") {
        let on = next + usize::from(tokens.is(next, &["on", "-", ","]));
        let (weekday, after) = words::weekday(tokens, on)?;
        return Some((Point::Exact(week_ahead(today, 1, weekday)), after));
    }
    if let Some(next) = tokens.phrase(at, "this week") {
        let (weekday, after) =
            words::weekday(tokens, next + usize::from(tokens.is(next, &["on"])))?;
        return Some((Point::Exact(week_ahead(today, 0, weekday)), after));
    }
    let which = tokens.word(at);
    let qualified = matches!(
        which,
        "next" | "this" | "coming" | "upcoming" | "following" | "last" | "past" | "previous"
    );
    let mut name_at = at + usize::from(qualified);
    let this_past = which == "this" && tokens.word(name_at) == "past";
    if qualified && tokens.is(name_at, &["coming", "upcoming", "past"]) {
        name_at += 1;
    }
    let (weekday, next) = words::weekday(tokens, name_at)?;
    if let Some(found) = weekday_with_date(reading, weekday, next) {
        return Some(found);
    }
    match which {
        "next" | "following" => return Some((Point::Exact(week_ahead(today, 1, weekday)), next)),
        _ if this_past || matches!(which, "last" | "past" | "previous") => {
            let before = calendar::weekday_from(calendar::earlier(today, 7), weekday);
            return Some((Point::Exact(before), next));
        }
        _ => {}
    }
    Some(weekday_in_a_week(tokens, today, weekday, next))
}

/// "the first Friday of December", "last Monday in May 2027", "the second Saturday of next month".
pub(super) fn of_month(reading: Reading<'_>, at: usize) -> Option<(Point, usize)> {
    let Reading { tokens, today, .. } = reading;
    let place = match (tokens.word(at), tokens.number(at)) {
        ("last", _) => None,
        (_, Some((place @ 1..=5, true))) => u8::try_from(place).ok(),
        _ => return None,
    };
    let (weekday, next) = words::weekday(tokens, at + 1)?;
    if !tokens.is(next, &["of", "in"]) {
        return None;
    }
    let in_month = |year: i32, month: u32| match place {
        Some(place) => calendar::nth_weekday(year, month, weekday, place),
        None => calendar::last_weekday(year, month, weekday),
    };
    for (phrase, ahead) in [("this month", 0), ("the month", 0), ("next month", 1)] {
        if let Some(after) = tokens.phrase(next + 1, phrase) {
            let month = calendar::months_later(today, ahead);
            return Some((Point::Exact(in_month(month.year(), month.month())?), after));
        }
    }
    let (month, after) = words::month(tokens, next + 1)?;
    let said = tokens
        .number(after)
        .filter(|(year, ordinal)| !ordinal && (1_900..=2_199).contains(year));
    if let Some((year, _)) = said {
        let date = i32::try_from(year)
            .ok()
            .and_then(|year| in_month(year, month))?;
        return Some((Point::Exact(date), after + 1));
    }
    let coming = [today.year(), today.year().saturating_add(1)]
        .into_iter()
        .filter_map(|year| in_month(year, month))
        .find(|date| *date >= today)?;
    Some((Point::Exact(coming), after))
}

fn week_ago(today: NaiveDate, weekday: Weekday) -> NaiveDate {
    calendar::weekday_from(calendar::earlier(calendar::monday(today), 7), weekday)
}

fn week_ahead(today: NaiveDate, weeks: u64, weekday: Weekday) -> NaiveDate {
    let monday = calendar::later(calendar::monday(today), weeks * 7);
    calendar::weekday_from(monday, weekday)
}

/// "Sunday next week", "Tuesday in a week", "Friday after next", or the plain weekday.
fn weekday_in_a_week(
    tokens: &Tokens,
    today: NaiveDate,
    weekday: Weekday,
    next: usize,
) -> (Point, usize) {
    let coming = calendar::weekday_from(calendar::later(today, 1), weekday);
    for phrase in ["next week", "of next week", "the following week"] {
        if let Some(after) = tokens.phrase(next, phrase) {
            return (Point::Exact(week_ahead(today, 1, weekday)), after);
        }
    }
    for phrase in ["of last week", "from last week", "last week"] {
        if let Some(after) = tokens.phrase(next, phrase) {
            return (Point::Exact(week_ago(today, weekday)), after);
        }
    }
    for phrase in ["of this week", "this week"] {
        if let Some(after) = tokens.phrase(next, phrase) {
            return (Point::Exact(week_ahead(today, 0, weekday)), after);
        }
    }
    for phrase in ["in a week", "after next", "week"] {
        if let Some(after) = tokens.phrase(next, phrase) {
            return (Point::Exact(calendar::later(coming, 7)), after);
        }
    }
    (Point::Weekday(weekday), next)
}

/// "Friday, March 12", "Fri 3/12", "Friday the 13th".
fn weekday_with_date(
    reading: Reading<'_>,
    weekday: Weekday,
    next: usize,
) -> Option<(Point, usize)> {
    let Reading { tokens, .. } = reading;
    let mut at = next;
    while at < next + 3 && tokens.is(at, &[",", "the", "(", "-"]) {
        at += 1;
    }
    let dated = numeric::at(reading, at)
        .or_else(|| points::month_first(tokens, at))
        .or_else(|| points::day_first(reading, at));
    if dated.is_some() {
        return dated;
    }
    let (day, ordinal) = tokens.number(at).filter(|(day, _)| points::is_day(*day))?;
    let plain = at == next && !ordinal && !tokens.is_spelled(at);
    let fits = (ordinal || plain) && !words::counts_something(tokens, at) && !is_range(tokens, at);
    fits.then_some((Point::WeekdayAndDay(weekday, day), at + 1))
}

fn is_range(tokens: &Tokens, at: usize) -> bool {
    tokens.is(at + 1, &["-", "to", "/"])
}

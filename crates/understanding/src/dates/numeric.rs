//! Dates written in digits: `2026-12-24`, `3/12`, `12/24/2026`, `24.12.2026`, `20261224`.

use super::points::{self, Point, Reading};
use super::{DateOrder, words};
use crate::tokens::Tokens;

/// The date in digits at `at`, and the index after it.
pub(super) fn at(reading: Reading<'_>, at: usize) -> Option<(Point, usize)> {
    let Reading { tokens, order, .. } = reading;
    if tokens.is_spelled(at) {
        return None;
    }
    compact(tokens, at)
        .or_else(|| year_first(tokens, at))
        .or_else(|| three(tokens, at, order))
        .or_else(|| two(tokens, at, order))
}

fn compact(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (number, _) = tokens.number(at)?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let plausible = tokens.word(at).len() == 8
        && (2_000..=2_099).contains(&year)
        && (1..=12).contains(&month)
        && points::is_day(day);
    plausible.then(|| (points::exact(year, month, day), at + 1))
}

fn year_first(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (year, _) = tokens
        .number(at)
        .filter(|(year, _)| (1_900..=2_199).contains(year))?;
    let mark = separator(tokens, at + 1)?;
    let (month, _) = tokens
        .number(at + 2)
        .filter(|(m, _)| (1..=12).contains(m))?;
    let (day, _) = tokens
        .number(at + 4)
        .filter(|_| tokens.word(at + 3) == mark)?;
    points::is_day(day).then(|| (points::exact(year, month, day), at + 5))
}

fn three(tokens: &Tokens, at: usize, order: DateOrder) -> Option<(Point, usize)> {
    let mark = separator(tokens, at + 1)?;
    let (first, _) = tokens.number(at)?;
    let (second, _) = tokens.number(at + 2)?;
    let (year, _) = tokens
        .number(at + 4)
        .filter(|_| tokens.word(at + 3) == mark)?;
    let year = match year {
        70..=99 if tokens.word(at + 4).len() == 2 => 1_900 + year,
        0..=69 if tokens.word(at + 4).len() == 2 => 2_000 + year,
        1_900..=2_199 => year,
        _ => return None,
    };
    let (month, day) = order.month_and_day(first, second)?;
    Some((points::exact(year, month, day), at + 5))
}

/// Only with a slash: "2-15" is as likely a range.
fn two(tokens: &Tokens, at: usize, order: DateOrder) -> Option<(Point, usize)> {
    let (first, _) = tokens.number(at)?;
    let (second, _) = tokens.number(at + 2)?;
    let around_the_clock = first == 24 && second == 7;
    let decimal = |mark: usize| {
        tokens.word(mark) == "." && tokens.joined(mark) && mark > 0 && tokens.joined(mark - 1)
    };
    let fraction = at > 0 && decimal(at - 1) || decimal(at + 3) && tokens.number(at + 4).is_some();
    let slashed = tokens.word(at + 1) == "/" && tokens.before(at, 1) != "/" && !fraction;
    if !slashed || around_the_clock || words::counts_something(tokens, at + 2) {
        return None;
    }
    let (month, day) = order.month_and_day(first, second)?;
    let point = match points::exists(month, day) {
        true => Point::MonthDay(month, day),
        false => Point::Impossible,
    };
    with_year_behind(tokens, month, day, at + 3).or(Some((point, at + 3)))
}

/// "5/7, 2027".
fn with_year_behind(tokens: &Tokens, month: u32, day: u32, at: usize) -> Option<(Point, usize)> {
    let year_at = at + usize::from(tokens.word(at) == ",");
    let (year, _) = tokens
        .number(year_at)
        .filter(|(year, _)| (2_000..=2_099).contains(year))?;
    Some((points::exact(year, month, day), year_at + 1))
}

fn separator(tokens: &Tokens, at: usize) -> Option<&str> {
    Some(tokens.word(at)).filter(|mark| matches!(*mark, "-" | "/" | "."))
}

impl DateOrder {
    /// Month and day of two numbers; swapped when only the other order can be a date.
    fn month_and_day(self, first: u32, second: u32) -> Option<(u32, u32)> {
        let month = |number| (1..=12).contains(&number);
        let (expected, swapped) = match self {
            Self::MonthFirst => ((first, second), (second, first)),
            Self::DayFirst => ((second, first), (first, second)),
        };
        [expected, swapped]
            .into_iter()
            .find(|(m, d)| month(*m) && points::is_day(*d))
    }
}

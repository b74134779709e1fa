//! "Week 31", "week 3 of 2027": weeks by their number, the first being the one with the year's first Thursday.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use crate::dates::points::Reading;
use crate::tokens::Tokens;

/// The Monday of the week named at `at`, the Monday after, and the index after the words.
pub(super) fn at(reading: Reading<'_>, at: usize) -> Option<(NaiveDate, NaiveDate, usize)> {
    let tokens = reading.tokens;
    if tokens.word(at) != "week" || tokens.is_spelled(at + 1) {
        return None;
    }
    let (number, false) = tokens.number(at + 1)? else {
        return None;
    };
    let this = reading.today.year();
    let (year, next) = year(tokens, at + 2, this).unwrap_or((this, at + 2));
    let from = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)?;
    let to = from.checked_add_signed(TimeDelta::days(7))?;
    Some((from, to, next))
}

/// "of 2027", "of last year".
fn year(tokens: &Tokens, at: usize, this: i32) -> Option<(i32, usize)> {
    const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;
    let name = at + usize::from(tokens.is(at, &["of", "in"]));
    if let Some((year, false)) = tokens.number(name) {
        let year = i32::try_from(year).ok().filter(|_| YEARS.contains(&year))?;
        return Some((year, name + 1));
    }
    let steps = match tokens.word(name) {
        "this" => 0,
        "next" => 1,
        "last" => -1,
        _ => return None,
    };
    (tokens.word(name + 1) == "year").then_some((this + steps, name + 2))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use crate::{Asked, DateOrder, Grain, When, moments};

    #[test]
    fn weeks_have_numbers() {
        let today = "2026-11-22".parse().unwrap();
        let asked = Asked {
            today,
            order: DateOrder::MonthFirst,
            time: false,
            date: false,
        };
        for (text, first) in [
            ("a room in week 31", Some("2026-07-27")),
            ("week 3 of 2027", Some("2027-01-18")),
            ("week 1 of next year", Some("2027-01-04")),
            ("week 54", None),
        ] {
            let found = moments(text, asked);
            let week = found.first().and_then(|moment| match moment.when {
                When::Period {
                    from,
                    grain: Grain::Week,
                    ..
                } => Some(from),
                _ => None,
            });
            assert_eq!(week, first.map(|day| day.parse().unwrap()), "{text}");
        }
    }
}

//! What several bodies of the staff interface have in common.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};
use motel_web::FieldErrors;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Change, NightRange, Weekdays};

/// The most an amount may be, in minor units; the tables have the same bound.
pub(super) const LARGEST_AMOUNT: i64 = 100_000_000_000;
/// Changes from nothing left to eleven times as much.
pub(super) const SHARES: RangeInclusive<i32> = -10_000..=100_000;
/// The years dates may lie in.
const YEARS: RangeInclusive<i32> = 2000..=2199;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DayOfWeek {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl From<DayOfWeek> for Weekday {
    fn from(day: DayOfWeek) -> Self {
        match day {
            DayOfWeek::Mon => Self::Mon,
            DayOfWeek::Tue => Self::Tue,
            DayOfWeek::Wed => Self::Wed,
            DayOfWeek::Thu => Self::Thu,
            DayOfWeek::Fri => Self::Fri,
            DayOfWeek::Sat => Self::Sat,
            DayOfWeek::Sun => Self::Sun,
        }
    }
}

impl From<Weekday> for DayOfWeek {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Mon => Self::Mon,
            Weekday::Tue => Self::Tue,
            Weekday::Wed => Self::Wed,
            Weekday::Thu => Self::Thu,
            Weekday::Fri => Self::Fri,
            Weekday::Sat => Self::Sat,
            Weekday::Sun => Self::Sun,
        }
    }
}

/// Nights that are described or changed together.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NightsBody {
    /// The first night, of the years 2000 to 2199.
    pub(super) from: NaiveDate,
    /// The first night no more; at most five years later.
    pub(super) until: NaiveDate,
    /// The days of the week the nights begin on; all of them when left out.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 7)]
    pub(super) weekdays: Option<Vec<DayOfWeek>>,
}

impl NightsBody {
    pub(super) fn parse(&self, errors: &mut FieldErrors) -> Option<NightRange> {
        let days = match &self.weekdays {
            None => Ok(Weekdays::ALL),
            Some(days) => {
                Weekdays::of(days.iter().copied().map(Weekday::from)).ok_or("must name a day")
            }
        };
        let days = errors.check("weekdays", days);
        let from = date("from", self.from, errors);
        let until = date("until", self.until, errors);
        let range = NightRange::new(from?, until?, days?);
        errors.check("until", range)
    }
}

impl From<NightRange> for NightsBody {
    fn from(range: NightRange) -> Self {
        Self {
            from: range.from(),
            until: range.until(),
            weekdays: Some(range.weekdays().iter().map(DayOfWeek::from).collect()),
        }
    }
}

/// A date of our times.
pub(super) fn date(field: &str, date: NaiveDate, errors: &mut FieldErrors) -> Option<NaiveDate> {
    let ours = YEARS.contains(&date.year()).then_some(date);
    errors.check(field, ours.ok_or("must lie in the years 2000 to 2199"))
}

/// A window of dates, each of which may be left out.
pub(super) fn window(
    fields: (&str, &str),
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    errors: &mut FieldErrors,
) -> Option<crate::DateWindow> {
    let begin = from.map(|from| date(fields.0, from, errors));
    let end = until.map(|until| date(fields.1, until, errors));
    if begin == Some(None) || end == Some(None) {
        return None;
    }
    match (from, until) {
        (Some(from), Some(until)) if from >= until => {
            errors.push(fields.1, "must be after the beginning");
            None
        }
        _ => Some(crate::DateWindow { from, until }),
    }
}

/// The word programs use for a thing of the property.
pub(super) fn code(field: &str, raw: &str, errors: &mut FieldErrors) -> Option<String> {
    let mut letters = raw.chars();
    let first = letters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase());
    let rest = letters
        .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    let good = first && rest && raw.len() <= 40;
    let wrong = "must be a small letter and then small letters, digits and _, 40 at most";
    errors.check(field, good.then(|| raw.to_owned()).ok_or(wrong))
}

/// A number within bounds.
pub(super) fn number<N: PartialOrd + Copy + std::fmt::Display>(
    field: &str,
    number: N,
    bounds: RangeInclusive<N>,
    errors: &mut FieldErrors,
) -> Option<N> {
    if bounds.contains(&number) {
        return Some(number);
    }
    let (least, most) = (bounds.start(), bounds.end());
    errors.push(field, format_args!("must lie between {least} and {most}"));
    None
}

/// A list of at most so many.
pub(super) fn at_most<T>(
    field: &str,
    list: Vec<T>,
    most: usize,
    errors: &mut FieldErrors,
) -> Option<Vec<T>> {
    if list.len() > most {
        errors.push(field, format_args!("must not be more than {most}"));
        return None;
    }
    Some(list)
}

/// A change within bounds.
pub(super) fn change(field: &str, change: Change, errors: &mut FieldErrors) -> Option<Change> {
    let share = number(
        &format!("{field}.basis_points"),
        change.basis_points,
        SHARES,
        errors,
    );
    let amount = number(
        &format!("{field}.amount_minor"),
        change.amount_minor,
        -LARGEST_AMOUNT..=LARGEST_AMOUNT,
        errors,
    );
    share.and(amount).map(|_| change)
}

/// The first and the last date of our times.
pub(super) fn calendar() -> (NaiveDate, NaiveDate) {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (day(*YEARS.start(), 1, 1), day(*YEARS.end(), 12, 31))
}

//! Days guests name instead of dating: the holidays of the United States and a few others.

use chrono::{NaiveDate, Weekday};

use super::calendar;
use crate::tokens::Tokens;

/// A named day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holiday {
    Fixed(u32, u32),
    Nth(u32, Weekday, u8),
    Last(u32, Weekday),
    Easter(i64),
    /// So many days after the n-th weekday of a month.
    After(u32, Weekday, u8, u64),
}

impl Holiday {
    /// When it falls in `year`.
    pub(crate) fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Fixed(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Self::Nth(month, weekday, n) => calendar::nth_weekday(year, month, weekday, n),
            Self::Last(month, weekday) => calendar::last_weekday(year, month, weekday),
            Self::After(month, weekday, n, days) => calendar::nth_weekday(year, month, weekday, n)
                .map(|date| calendar::later(date, days)),
            Self::Easter(offset) => {
                calendar::easter(year)?.checked_add_signed(chrono::TimeDelta::days(offset))
            }
        }
    }
}

use Holiday::{After, Easter, Fixed, Last, Nth};

/// Longer names first where one begins another.
const NAMES: &[(&str, Holiday)] = &[
    ("new year's eve", Fixed(12, 31)),
    ("new years eve", Fixed(12, 31)),
    ("new year eve", Fixed(12, 31)),
    ("nye", Fixed(12, 31)),
    ("new year's day", Fixed(1, 1)),
    ("new years day", Fixed(1, 1)),
    ("new year day", Fixed(1, 1)),
    ("new year's", Fixed(12, 31)),
    ("new years", Fixed(12, 31)),
    ("christmas eve", Fixed(12, 24)),
    ("xmas eve", Fixed(12, 24)),
    ("christmas day", Fixed(12, 25)),
    ("christmas", Fixed(12, 25)),
    ("xmas", Fixed(12, 25)),
    ("boxing day", Fixed(12, 26)),
    ("valentine's day", Fixed(2, 14)),
    ("valentines day", Fixed(2, 14)),
    ("valentine's", Fixed(2, 14)),
    ("valentines", Fixed(2, 14)),
    ("saint patrick's day", Fixed(3, 17)),
    ("st patrick's day", Fixed(3, 17)),
    ("st patricks day", Fixed(3, 17)),
    ("saint patricks day", Fixed(3, 17)),
    ("independence day", Fixed(7, 4)),
    ("juneteenth", Fixed(6, 19)),
    ("halloween", Fixed(10, 31)),
    ("veterans day", Fixed(11, 11)),
    ("martin luther king day", Nth(1, Weekday::Mon, 3)),
    ("mlk day", Nth(1, Weekday::Mon, 3)),
    ("presidents day", Nth(2, Weekday::Mon, 3)),
    ("presidents' day", Nth(2, Weekday::Mon, 3)),
    ("president's day", Nth(2, Weekday::Mon, 3)),
    ("good friday", Easter(-2)),
    ("easter monday", Easter(1)),
    ("easter sunday", Easter(0)),
    ("easter", Easter(0)),
    ("mother's day", Nth(5, Weekday::Sun, 2)),
    ("mothers day", Nth(5, Weekday::Sun, 2)),
    ("memorial day", Last(5, Weekday::Mon)),
    ("father's day", Nth(6, Weekday::Sun, 3)),
    ("fathers day", Nth(6, Weekday::Sun, 3)),
    ("labor day", Nth(9, Weekday::Mon, 1)),
    ("labour day", Nth(9, Weekday::Mon, 1)),
    ("columbus day", Nth(10, Weekday::Mon, 2)),
    ("indigenous peoples day", Nth(10, Weekday::Mon, 2)),
    ("black friday", After(11, Weekday::Thu, 4, 1)),
    ("cyber monday", After(11, Weekday::Thu, 4, 4)),
    ("mothering sunday", Easter(-21)),
    ("decoration day", Last(5, Weekday::Mon)),
    ("thanksgiving day", Nth(11, Weekday::Thu, 4)),
    ("thanksgiving", Nth(11, Weekday::Thu, 4)),
];

/// The holiday named at `at`, and the index after its name.
pub(crate) fn at(tokens: &Tokens, at: usize) -> Option<(Holiday, usize)> {
    NAMES
        .iter()
        .find_map(|(name, holiday)| Some((*holiday, tokens.phrase(at, name)?)))
}

use chrono::{Datelike, NaiveDate, Weekday};
use diesel_derive_newtype::DieselNewType;

/// Days of the week, at least one. A night counts by the day it begins on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DieselNewType)]
pub struct Weekdays(i16);

impl Weekdays {
    /// All seven.
    pub const ALL: Self = Self(0b111_1111);

    /// The days in order, Monday first.
    pub const ORDER: [Weekday; 7] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];

    /// The days of a list; `None` when it is empty.
    pub fn of(days: impl IntoIterator<Item = Weekday>) -> Option<Self> {
        let bits = days.into_iter().fold(0, |bits, day| bits | bit(day));
        (bits != 0).then_some(Self(bits))
    }

    /// True when `night` begins on one of the days.
    pub fn include(self, night: NaiveDate) -> bool {
        self.contain(night.weekday())
    }

    /// True when the day is one of them.
    pub fn contain(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// Each of them, from Monday on.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Self::ORDER
            .into_iter()
            .filter(move |day| self.contain(*day))
    }
}

fn bit(day: Weekday) -> i16 {
    1 << day.num_days_from_monday()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_night_counts_by_the_day_it_begins_on() {
        let weekend = Weekdays::of([Weekday::Fri, Weekday::Sat]).unwrap();
        // 2026-12-04 is a Friday.
        let week = NaiveDate::from_ymd_opt(2026, 11, 30)
            .unwrap()
            .iter_days()
            .take(7);
        let included: Vec<_> = week
            .filter(|night| weekend.include(*night))
            .map(|night| night.day())
            .collect();
        assert_eq!(included, [4, 5]);
        assert_eq!(
            weekend.iter().collect::<Vec<_>>(),
            [Weekday::Fri, Weekday::Sat]
        );
    }

    #[test]
    fn no_day_is_no_set_and_seven_are_all() {
        assert_eq!(Weekdays::of([]), None);
        assert_eq!(Weekdays::of(Weekdays::ORDER), Some(Weekdays::ALL));
        assert_eq!(Weekdays::ALL.iter().count(), 7);
    }
}

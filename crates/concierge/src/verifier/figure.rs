use chrono::{Datelike, NaiveDate, Weekday};

/// Something in a text that has to come from somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Figure {
    /// An amount, in hundredths.
    Money(i64),
    /// A share, as written.
    Percent(String),
    /// A day of a month.
    Date(DateSaid),
    /// Two numbers with a slash, of which either may be the month.
    Slashed(u32, u32),
    /// A day alone: the 12th.
    Day(u32),
    /// On the wall clock: hour and minute.
    Time(u32, u32),
    /// On the wall clock, morning or evening left open: hour below twelve, and minute.
    Clock(u32, u32),
    /// Of a booking, a lead, an offer; in capitals.
    Code(String),
    /// Somewhere to go on the web.
    Link(String),
    /// Somewhere to write to.
    Email(String),
    /// Somewhere to call: its figures.
    Phone(String),
    /// A price of nothing, or of half, in words.
    Gratis(String),
    /// A day of the week without a date.
    Weekday(Weekday),
    /// How many nights, people, rooms …
    Count(String),
    /// Any other number.
    Number(String),
}

/// A date as far as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DateSaid {
    pub(crate) year: Option<i32>,
    pub(crate) month: u32,
    pub(crate) day: u32,
    pub(crate) weekday: Option<Weekday>,
}

impl DateSaid {
    /// Whether what is said here is what `told` says: the same day, and nothing besides that `told` contradicts.
    pub(super) fn follows_from(self, told: Self) -> bool {
        let same_year = match (self.year, told.year) {
            (Some(said), Some(told)) => said == told,
            (Some(_), None) => false,
            (None, _) => true,
        };
        let weekday = self.weekday.is_none_or(|day| told.falls_on(day));
        (self.month, self.day) == (told.month, told.day) && same_year && weekday
    }

    /// Whether it is known to be that day of the week.
    pub(super) fn falls_on(self, day: Weekday) -> bool {
        self.weekday == Some(day) || self.calendar().is_some_and(|date| date.weekday() == day)
    }

    fn calendar(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day)
    }
}

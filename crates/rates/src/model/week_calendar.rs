use chrono::{Datelike, NaiveDate};

use crate::Weekdays;

/// A value per night: half-open spans of dates, each with a value for every day of the week, or none.
///
/// Spans are in order and never overlap, and two that touch differ. So a year at one price, another one on Fridays, is one
/// span, a night is found by halving, and there is no telling in which order a calendar was edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekCalendar<T> {
    spans: Vec<WeekSpan<T>>,
}

/// Some nights of a [`WeekCalendar`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekSpan<T> {
    /// The first night.
    pub from: NaiveDate,
    /// The first night no more.
    pub until: NaiveDate,
    /// The value of the nights that begin on a Monday, and so on to Sunday.
    pub days: [Option<T>; 7],
}

/// Nights that are changed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NightRange {
    from: NaiveDate,
    until: NaiveDate,
    weekdays: Weekdays,
}

/// The most nights one edit may span: five years.
pub const MAX_RANGE_NIGHTS: i64 = 5 * 366;

/// Why two dates are no range of nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNightRange {
    /// It ends before it begins.
    #[error("the end must be after the beginning")]
    Empty,
    /// It is too long.
    #[error("a range can't be longer than {MAX_RANGE_NIGHTS} nights")]
    TooLong,
}

impl NightRange {
    /// The nights of `[from, until)` that begin on one of `weekdays`, in a span of at most [`MAX_RANGE_NIGHTS`].
    ///
    /// # Errors
    /// [`InvalidNightRange`]
    pub fn new(
        from: NaiveDate,
        until: NaiveDate,
        weekdays: Weekdays,
    ) -> Result<Self, InvalidNightRange> {
        match (until - from).num_days() {
            ..=0 => Err(InvalidNightRange::Empty),
            days if days > MAX_RANGE_NIGHTS => Err(InvalidNightRange::TooLong),
            _ => Ok(Self {
                from,
                until,
                weekdays,
            }),
        }
    }

    /// The first date of the span.
    pub fn from(self) -> NaiveDate {
        self.from
    }

    /// The first date after the span.
    pub fn until(self) -> NaiveDate {
        self.until
    }

    /// The days of the week on which the nights begin.
    pub fn weekdays(self) -> Weekdays {
        self.weekdays
    }

    /// True when the night is one of them.
    pub fn contains(self, night: NaiveDate) -> bool {
        self.from <= night && night < self.until && self.weekdays.include(night)
    }

    /// Each night in order.
    pub fn nights(self) -> impl Iterator<Item = NaiveDate> {
        self.from
            .iter_days()
            .take_while(move |night| *night < self.until)
            .filter(move |night| self.weekdays.include(*night))
    }
}

impl<T> Default for WeekCalendar<T> {
    fn default() -> Self {
        Self { spans: Vec::new() }
    }
}

impl<T: Copy + Eq> WeekCalendar<T> {
    /// A calendar of these spans; where two of them overlap the later one of the list counts.
    pub fn new(spans: impl IntoIterator<Item = WeekSpan<T>>) -> Self {
        let mut calendar = Self::default();
        for span in spans {
            calendar.change(span.from, span.until, |days| {
                for (day, value) in days.iter_mut().zip(span.days) {
                    *day = value.or(*day);
                }
            });
        }
        calendar
    }

    /// The spans in order.
    pub fn spans(&self) -> &[WeekSpan<T>] {
        &self.spans
    }

    /// True when no night has a value.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The value of a night.
    pub fn get(&self, night: NaiveDate) -> Option<T> {
        let at = self.spans.partition_point(|span| span.until <= night);
        let span = self.spans.get(at).filter(|span| span.from <= night)?;
        let day = night.weekday().num_days_from_monday() as usize;
        span.days.get(day).copied().flatten()
    }

    /// Gives every night of a range the value that `edit` makes of the one it has.
    pub fn edit(&mut self, range: NightRange, edit: impl Fn(Option<T>) -> Option<T>) {
        self.change(range.from, range.until, |days| {
            for (day, weekday) in days.iter_mut().zip(Weekdays::ORDER) {
                if range.weekdays.contain(weekday) {
                    *day = edit(*day);
                }
            }
        });
    }

    fn change(&mut self, from: NaiveDate, until: NaiveDate, edit: impl Fn(&mut [Option<T>; 7])) {
        let mut changed = Vec::with_capacity(self.spans.len() + 2);
        let mut next = from;
        for span in &self.spans {
            if span.until <= from || span.from >= until {
                changed.push(*span);
                continue;
            }
            let inside = (span.from.max(from), span.until.min(until));
            changed.push(span.cut(span.from, from));
            changed.push(WeekSpan::empty(next, inside.0).edited(&edit));
            changed.push(span.cut(inside.0, inside.1).edited(&edit));
            changed.push(span.cut(until, span.until));
            next = inside.1;
        }
        changed.push(WeekSpan::empty(next, until).edited(&edit));
        changed.retain(|span| span.from < span.until);
        changed.sort_by_key(|span| span.from);
        self.spans = joined(changed);
    }
}

/// The same nights in as few spans as possible. Spans of less than a week hold no values for days they do not have.
fn joined<T: Copy + Eq>(spans: Vec<WeekSpan<T>>) -> Vec<WeekSpan<T>> {
    let mut joined: Vec<WeekSpan<T>> = Vec::with_capacity(spans.len());
    for span in spans {
        let span = span.without_days_it_has_not();
        if span.days.iter().all(Option::is_none) {
            continue;
        }
        match joined.last_mut() {
            Some(last) if last.until == span.from && last.days == span.days => {
                last.until = span.until;
            }
            _ => joined.push(span),
        }
    }
    joined
}

impl<T: Copy + Eq> WeekSpan<T> {
    fn empty(from: NaiveDate, until: NaiveDate) -> Self {
        Self {
            from,
            until,
            days: [None; 7],
        }
    }

    fn cut(self, from: NaiveDate, until: NaiveDate) -> Self {
        Self {
            from: self.from.max(from),
            until: self.until.min(until),
            ..self
        }
    }

    fn edited(mut self, edit: &impl Fn(&mut [Option<T>; 7])) -> Self {
        edit(&mut self.days);
        self
    }

    fn without_days_it_has_not(mut self) -> Self {
        if (self.until - self.from).num_days() < 7 {
            for (day, weekday) in self.days.iter_mut().zip(Weekdays::ORDER) {
                let mut nights = self
                    .from
                    .iter_days()
                    .take_while(|night| *night < self.until);
                if !nights.any(|night| night.weekday() == weekday) {
                    *day = None;
                }
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use std::collections::BTreeMap;

    use chrono::{Days, Weekday};
    use proptest::prelude::*;

    use super::*;

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(offset)
    }

    fn range(from: u64, until: u64, weekdays: Weekdays) -> NightRange {
        NightRange::new(day(from), day(until), weekdays).unwrap()
    }

    #[test]
    fn a_year_with_dear_fridays_is_one_span_and_a_sale_in_it_three() {
        let mut prices = WeekCalendar::default();
        prices.edit(range(0, 365, Weekdays::ALL), |_| Some(100));
        prices.edit(
            range(0, 365, Weekdays::of([Weekday::Fri]).unwrap()),
            |price| price.map(|price| price + 20),
        );
        assert_eq!(prices.spans().len(), 1);
        // 4 December 2026 is a Friday.
        assert_eq!(
            (prices.get(day(3)), prices.get(day(4))),
            (Some(120), Some(100))
        );
        prices.edit(range(40, 60, Weekdays::ALL), |_| Some(80));
        assert_eq!(prices.spans().len(), 3);
        assert_eq!(
            (
                prices.get(day(39)),
                prices.get(day(40)),
                prices.get(day(365))
            ),
            (Some(100), Some(80), None)
        );
    }

    #[test]
    fn a_range_is_not_empty_and_not_endless() {
        let ends = |until| NightRange::new(day(9), day(until), Weekdays::ALL);
        assert_eq!(ends(9), Err(InvalidNightRange::Empty));
        assert_eq!(ends(8), Err(InvalidNightRange::Empty));
        assert_eq!(ends(9 + 1831), Err(InvalidNightRange::TooLong));
        assert_eq!(ends(12).unwrap().nights().count(), 3);
    }

    fn edits() -> impl Strategy<Value = Vec<(u64, u64, u8, Option<i64>)>> {
        let edit = (
            0_u64..60,
            1_u64..40,
            1_u8..128,
            proptest::option::of(1_i64..4),
        );
        proptest::collection::vec(edit, 0..12)
    }

    fn mask(bits: u8) -> Weekdays {
        let days = Weekdays::ORDER.into_iter().enumerate();
        Weekdays::of(
            days.filter(|(at, _)| bits & (1 << at) != 0)
                .map(|(_, day)| day),
        )
        .unwrap()
    }

    proptest! {
        /// The plain way to keep a value per night is a map; the calendar must tell the same whatever is done to it.
        #[test]
        fn every_night_has_the_value_it_was_given_last(edits in edits()) {
            let mut calendar = WeekCalendar::default();
            let mut map = BTreeMap::new();
            for (from, length, bits, value) in edits {
                let range = range(from, from + length, mask(bits));
                calendar.edit(range, |_| value);
                for night in range.nights() {
                    map.insert(night, value);
                }
            }
            for night in (0..110).map(day) {
                prop_assert_eq!(calendar.get(night), map.get(&night).copied().flatten());
            }
            let spans = calendar.spans();
            prop_assert!(spans.iter().all(|span| span.from < span.until && span.days.iter().any(Option::is_some)));
            prop_assert!(spans.windows(2).all(|pair| pair[0].until <= pair[1].from));
            prop_assert_eq!(WeekCalendar::new(spans.iter().copied()), calendar);
        }
    }
}

//! The nights of a stay.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The longest stay anything here will reckon with. A property may allow fewer.
pub const MAX_NIGHTS: u32 = 365;

/// A half-open stay `[arrival, departure)`: the guest sleeps the night of the arrival and not the night of
/// the departure, so one stay may begin on the day another ends. Nights are calendar days, never hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bounds", into = "Bounds")]
pub struct StayDates {
    arrival: NaiveDate,
    departure: NaiveDate,
}

/// Why two dates are not a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidStay {
    /// Departure on or before arrival.
    #[error("check-out must be after check-in")]
    NoNights,
    /// More than [`MAX_NIGHTS`].
    #[error("a stay can't be longer than {MAX_NIGHTS} nights")]
    TooLong,
}

#[derive(Serialize, Deserialize)]
struct Bounds {
    check_in: NaiveDate,
    check_out: NaiveDate,
}

impl StayDates {
    /// A stay of at least one and at most [`MAX_NIGHTS`] nights.
    pub fn new(arrival: NaiveDate, departure: NaiveDate) -> Result<Self, InvalidStay> {
        match (departure - arrival).num_days() {
            ..=0 => Err(InvalidStay::NoNights),
            days if days > i64::from(MAX_NIGHTS) => Err(InvalidStay::TooLong),
            _ => Ok(Self { arrival, departure }),
        }
    }

    /// A stay of so many nights from a date on.
    pub fn from_nights(arrival: NaiveDate, nights: u32) -> Result<Self, InvalidStay> {
        let departure = arrival
            .checked_add_days(Days::new(nights.into()))
            .ok_or(InvalidStay::TooLong)?;
        Self::new(arrival, departure)
    }

    /// The first night, and the day of check-in.
    pub fn arrival(self) -> NaiveDate {
        self.arrival
    }

    /// The day of check-out; its night is not part of the stay.
    pub fn departure(self) -> NaiveDate {
        self.departure
    }

    /// How many nights, at least one.
    pub fn night_count(self) -> u32 {
        u32::try_from((self.departure - self.arrival).num_days()).unwrap_or(MAX_NIGHTS)
    }

    /// Each night in order.
    pub fn nights(self) -> impl Iterator<Item = NaiveDate> {
        self.arrival
            .iter_days()
            .take_while(move |day| *day < self.departure)
    }

    /// True when some night belongs to both. Back-to-back stays share none.
    pub fn overlaps(self, other: Self) -> bool {
        self.arrival < other.departure && other.arrival < self.departure
    }

    /// The same number of nights, moved by whole days; `None` at the end of the calendar.
    pub fn shifted(self, days: i64) -> Option<Self> {
        let by = chrono::Duration::try_days(days)?;
        Some(Self {
            arrival: self.arrival.checked_add_signed(by)?,
            departure: self.departure.checked_add_signed(by)?,
        })
    }
}

impl TryFrom<Bounds> for StayDates {
    type Error = InvalidStay;

    fn try_from(bounds: Bounds) -> Result<Self, Self::Error> {
        Self::new(bounds.check_in, bounds.check_out)
    }
}

impl From<StayDates> for Bounds {
    fn from(stay: StayDates) -> Self {
        Self {
            check_in: stay.arrival,
            check_out: stay.departure,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(offset: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(offset.into())
    }

    #[test]
    fn the_clock_change_does_not_lose_a_night() {
        let spring = NaiveDate::from_ymd_opt(2027, 3, 13).unwrap();
        assert_eq!(StayDates::from_nights(spring, 2).unwrap().night_count(), 2);
    }

    #[test]
    fn zero_reversed_and_endless_stays_are_refused() {
        assert_eq!(StayDates::new(day(3), day(3)), Err(InvalidStay::NoNights));
        assert_eq!(StayDates::new(day(3), day(2)), Err(InvalidStay::NoNights));
        assert_eq!(
            StayDates::from_nights(day(0), 10_000),
            Err(InvalidStay::TooLong)
        );
    }

    proptest! {
        #[test]
        fn nights_are_as_many_as_counted_and_exclude_departure(start in 0_u32..900, nights in 1_u32..=365) {
            let stay = StayDates::from_nights(day(start), nights).unwrap();
            let listed: Vec<_> = stay.nights().collect();
            prop_assert_eq!(listed.len(), nights as usize);
            prop_assert_eq!(listed.first(), Some(&stay.arrival()));
            prop_assert!(!listed.contains(&stay.departure()));
        }

        #[test]
        fn overlap_means_a_night_in_common(a in 0_u32..40, n in 1_u32..20, b in 0_u32..40, m in 1_u32..20) {
            let (first, second) = (StayDates::from_nights(day(a), n).unwrap(), StayDates::from_nights(day(b), m).unwrap());
            let common = first.nights().any(|night| second.nights().any(|other| other == night));
            prop_assert_eq!(first.overlaps(second), common);
            prop_assert_eq!(first.overlaps(second), second.overlaps(first));
        }
    }
}

//! What time it is, so that a test may say.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// A source of the present moment.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;

    /// The calendar day it is in a timezone.
    fn today(&self, timezone: Tz) -> NaiveDate {
        self.now().with_timezone(&timezone).date_naive()
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that stands still until it is told to move.
#[derive(Debug)]
pub struct FixedClock(Mutex<DateTime<Utc>>);

impl FixedClock {
    /// A clock that shows `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves the hands forward, or back for a negative duration.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The instant at which a wall clock in `timezone` shows `time` on `day`.
///
/// An ambiguous time (clocks go back) is the earlier instant; a time that does not exist (clocks go forward)
/// moves to the first one that does.
pub fn local_instant(day: NaiveDate, time: NaiveTime, timezone: Tz) -> DateTime<Utc> {
    let wall = day.and_time(time);
    (0..=4)
        .find_map(|half_hours| {
            timezone
                .from_local_datetime(&(wall + Duration::minutes(30 * half_hours)))
                .earliest()
        })
        .map_or_else(|| wall.and_utc(), |instant| instant.with_timezone(&Utc))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn new_york(day: (i32, u32, u32), time: (u32, u32)) -> DateTime<Utc> {
        let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
        let time = NaiveTime::from_hms_opt(time.0, time.1, 0).unwrap();
        local_instant(day, time, chrono_tz::America::New_York)
    }

    #[test]
    fn clock_changes_are_crossed_as_a_clerk_would() {
        assert_eq!(
            new_york((2026, 12, 1), (15, 0)),
            utc("2026-12-01T20:00:00Z")
        );
        assert_eq!(
            new_york((2027, 3, 14), (2, 30)),
            utc("2027-03-14T07:00:00Z")
        );
        assert_eq!(
            new_york((2026, 11, 1), (1, 30)),
            utc("2026-11-01T05:30:00Z")
        );
    }

    #[test]
    fn late_evening_in_london_is_still_yesterday_in_new_york() {
        let clock = FixedClock::at(utc("2026-12-02T03:00:00Z"));
        assert_eq!(
            clock.today(chrono_tz::America::New_York),
            NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
        );
        clock.advance(Duration::hours(3));
        assert_eq!(
            clock.today(chrono_tz::America::New_York),
            NaiveDate::from_ymd_opt(2026, 12, 2).unwrap()
        );
    }
}

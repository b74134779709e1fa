use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use motel_kernel::local_instant;

use crate::NightAuditError;

/// When a day is closed by itself: at `at` on the wall clock of the next morning.
pub fn due_at(business_date: NaiveDate, at: NaiveTime, timezone: Tz) -> DateTime<Utc> {
    let morning_after = business_date + Days::new(1);
    local_instant(morning_after, at, timezone)
}

/// Whether `asked` may be closed while the property works on `current` and its calendar shows `today`.
///
/// # Errors
/// Another day is open, or the day lies ahead: no day is closed before it began.
pub fn check_closable(
    asked: NaiveDate,
    current: NaiveDate,
    today: NaiveDate,
) -> Result<(), NightAuditError> {
    if asked != current {
        return Err(NightAuditError::NotTheDay { asked, current });
    }
    if asked > today {
        return Err(NightAuditError::NotBegun(asked));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_due_on_the_morning_after_also_when_the_clock_skips_that_hour() {
        let half_past_two = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        let new_york = chrono_tz::America::New_York;
        let due = |date| due_at(day(date), half_past_two, new_york).to_rfc3339();
        assert_eq!(due("2026-12-04"), "2026-12-05T07:30:00+00:00");
        // On 14 March 2027 the clock goes from 2:00 to 3:00.
        assert_eq!(due("2027-03-13"), "2027-03-14T07:00:00+00:00");
        // On 1 November 2026 half past one comes twice, half past two once.
        assert_eq!(due("2026-10-31"), "2026-11-01T07:30:00+00:00");
    }

    #[test]
    fn only_the_open_day_is_closed_and_none_ahead_of_the_calendar() {
        let (fourth, fifth) = (day("2026-12-04"), day("2026-12-05"));
        assert!(check_closable(fourth, fourth, fourth).is_ok());
        assert!(check_closable(fourth, fourth, fifth).is_ok());
        assert!(matches!(
            check_closable(fifth, fifth, fourth),
            Err(NightAuditError::NotBegun(_))
        ));
        for asked in [day("2026-12-03"), fifth] {
            let refused = check_closable(asked, fourth, fifth);
            assert!(
                matches!(refused, Err(NightAuditError::NotTheDay { .. })),
                "{asked}"
            );
        }
    }
}

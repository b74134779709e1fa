use chrono::{DateTime, Datelike, Months, TimeDelta, Utc};

use crate::Period;

/// The month that begins at `start`: it ends at the same time of day on the anchor day of the next month, or on that month's
/// last day where it is shorter.
pub fn month_after(start: DateTime<Utc>, anchor_day: u32) -> Period {
    // From the first of a month the next one is always a month away.
    let first = start.with_day(1).unwrap_or(start);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let end = (1..=anchor_day).rev().find_map(|day| next.with_day(day));
    Period {
        start,
        end: end.unwrap_or(next),
    }
}

/// The time in which a plan is tried.
pub fn trial(start: DateTime<Utc>, days: u16) -> Period {
    Period {
        start,
        end: start + TimeDelta::days(days.into()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_thirty_first_is_the_last_day_of_a_short_month_and_comes_back() {
        let mut ends = Vec::new();
        let mut at = utc("2027-12-31T10:30:00Z");
        for _ in 0..5 {
            at = month_after(at, 31).end;
            ends.push(at.to_rfc3339());
        }
        let expected = ["01-31", "02-29", "03-31", "04-30", "05-31"];
        let expected = expected.map(|day| format!("2028-{day}T10:30:00+00:00"));
        assert_eq!(ends, expected);
    }

    proptest! {
        #[test]
        fn twelve_months_are_a_year_and_none_is_longer_than_31_days(days in 0_i64..4_000, seconds in 0_i64..86_400) {
            let start = utc("2024-01-01T00:00:00Z") + TimeDelta::days(days) + TimeDelta::seconds(seconds);
            let anchor = start.day();
            let mut at = start;
            for _ in 0..12 {
                let month = month_after(at, anchor);
                prop_assert!((28..=31).contains(&(month.end - month.start).num_days()), "{month:?}");
                prop_assert_eq!(month.end.time(), start.time());
                at = month.end;
            }
            prop_assert_eq!((at.year(), at.month()), (start.year() + 1, start.month()));
            // Only the leap day has no anniversary.
            prop_assert!(at.day() == anchor || (anchor == 29 && start.month() == 2));
        }
    }
}

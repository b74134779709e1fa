use chrono::{DateTime, TimeDelta, Utc};

/// For how long failures count, from the last one or from the end of the wait it led to.
const REMEMBERED: TimeDelta = TimeDelta::minutes(15);
const SHORTEST_WAIT: TimeDelta = TimeDelta::minutes(1);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// How often a subject failed lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) failures: i32,
    pub(crate) last_at: DateTime<Utc>,
    pub(crate) locked_until: Option<DateTime<Utc>>,
}

impl Tally {
    /// Nothing happened yet.
    #[cfg(test)]
    fn clean(now: DateTime<Utc>) -> Self {
        Self {
            failures: 0,
            last_at: now,
            locked_until: None,
        }
    }

    /// How long to wait before anything may be tried.
    pub(crate) fn wait(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let left = self.locked_until? - now;
        (left > TimeDelta::zero()).then_some(left)
    }

    /// The tally with one more failure. The one that uses up `free` leads to a wait of a minute, each after it to one twice
    /// as long, an hour at most.
    pub(crate) fn failed(&self, free: i32, now: DateTime<Utc>) -> Self {
        let before = self.counting(now);
        let failures = before.saturating_add(1);
        let locked_until = (failures >= free).then(|| now + wait_after(failures - free));
        Self {
            failures,
            last_at: now,
            locked_until,
        }
    }

    /// The tally when the last one counted was no failure after all.
    pub(crate) fn let_off(&self) -> Self {
        Self {
            failures: (self.failures - 1).max(0),
            locked_until: None,
            ..*self
        }
    }

    fn counting(&self, now: DateTime<Utc>) -> i32 {
        let since = self.locked_until.unwrap_or(self.last_at).max(self.last_at);
        if now - since > REMEMBERED {
            return 0;
        }
        self.failures
    }
}

/// A minute, doubled so many times, up to an hour.
fn wait_after(doublings: i32) -> TimeDelta {
    let factor = 1_i32.checked_shl(doublings.unsigned_abs()).unwrap_or(0);
    let wait = SHORTEST_WAIT.checked_mul(factor);
    match wait {
        Some(wait) if wait > TimeDelta::zero() => wait.min(LONGEST_WAIT),
        _ => LONGEST_WAIT,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-12-01T12:00:00Z".parse().unwrap()
    }

    fn after(failures: i32) -> Tally {
        (0..failures).fold(Tally::clean(noon()), |tally, _| tally.failed(5, noon()))
    }

    #[test]
    fn four_failures_are_free_and_each_one_after_them_costs_twice_as_long() {
        assert_eq!(after(4).wait(noon()), None);
        for (failures, minutes) in [
            (5, 1),
            (6, 2),
            (7, 4),
            (8, 8),
            (9, 16),
            (10, 32),
            (11, 60),
            (40, 60),
            (400, 60),
        ] {
            let wait = after(failures).wait(noon());
            assert_eq!(wait, Some(TimeDelta::minutes(minutes)), "{failures}");
        }
    }

    #[test]
    fn a_wait_ends_when_it_is_over_and_what_was_counted_stays_for_a_quarter_of_an_hour() {
        let tally = after(5);
        let end = noon() + TimeDelta::minutes(1);
        assert_eq!(
            (tally.wait(end - TimeDelta::seconds(1)), tally.wait(end)),
            (Some(TimeDelta::seconds(1)), None)
        );
        let soon = end + TimeDelta::minutes(15);
        assert_eq!(tally.failed(5, soon).failures, 6);
        assert_eq!(tally.failed(5, soon + TimeDelta::seconds(1)).failures, 1);
    }

    #[test]
    fn who_got_in_is_let_off_the_one_that_was_counted_and_no_more() {
        assert_eq!(
            (after(5).let_off().failures, after(5).let_off().wait(noon())),
            (4, None)
        );
        assert_eq!(Tally::clean(noon()).let_off().failures, 0);
        assert_eq!(
            after(7).let_off().failed(5, noon()).wait(noon()),
            after(7).wait(noon()),
            "getting in between does not shorten the waits of guesses"
        );
    }

    proptest! {
        #[test]
        fn a_wait_is_never_longer_than_an_hour_nor_shorter_for_more_failures(failures in 0..10_000_i32) {
            let (less, more) = (wait_after(failures), wait_after(failures + 1));
            prop_assert!(SHORTEST_WAIT <= less && less <= more && more <= LONGEST_WAIT);
        }
    }
}

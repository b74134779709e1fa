//! How long it takes until something that failed is tried again.

use chrono::Duration;

/// After so many attempts only a person tries again: about a day.
const MOST_ATTEMPTS: i32 = 28;

const LONGEST_WAIT_MINUTES: i64 = 60;

/// The wait after so many attempts have failed: a minute, then twice as long each time, at most an hour. `None` when it was
/// tried often enough.
pub(crate) fn wait_after(attempts: i32) -> Option<Duration> {
    if attempts >= MOST_ATTEMPTS {
        return None;
    }
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    let minutes = 1_i64.checked_shl(doublings.min(10)).unwrap_or(i64::MAX);
    Some(Duration::minutes(minutes.min(LONGEST_WAIT_MINUTES)))
}

/// The longest account of a failure that is kept.
const LONGEST_FAILURE: usize = 500;

/// What is kept of an error: its causes, the outermost first.
pub(crate) fn account_of(error: &(dyn std::error::Error + 'static)) -> String {
    let mut account = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let said = inner.to_string();
        if !account.contains(&said) {
            account.push_str(": ");
            account.push_str(&said);
        }
        cause = inner.source();
    }
    account.chars().take(LONGEST_FAILURE).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_takes_longer_each_time_and_ends() {
        let minutes = |attempts| wait_after(attempts).map(|wait| wait.num_minutes());
        assert_eq!(
            [1, 2, 3, 6, 7, 8, 27].map(minutes),
            [1, 2, 4, 32, 60, 60, 60].map(Some)
        );
        assert_eq!(minutes(28), None);
        let all: i64 = (1..28).filter_map(minutes).sum();
        assert!((20 * 60..26 * 60).contains(&all), "{all} minutes");
    }

    #[test]
    fn an_account_names_its_causes_and_ends_somewhere() {
        let inner = crate::BillingError::unreadable("the cause");
        assert!(account_of(&inner).ends_with(": the cause"));
        let endless = crate::BillingError::unreadable("x".repeat(2_000));
        assert_eq!(account_of(&endless).chars().count(), 500);
    }
}

//! When guests are reminded of what they have not paid: of the deposit after a day, of the rest on its day and three and
//! seven days after it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::PaymentTerms;

const DAYS_AFTER: [i64; 3] = [0, 3, 7];

/// When to look first at what was agreed at `agreed_at`.
pub(crate) fn first_reminder(terms: PaymentTerms, agreed_at: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = agreed_at + TimeDelta::days(1);
    match terms.rest_due_at > agreed_at {
        true => tomorrow.min(terms.rest_due_at),
        false => tomorrow,
    }
}

/// When to look again; `None` when it was done often enough.
pub(crate) fn next_reminder(
    rest_due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    DAYS_AFTER
        .into_iter()
        .map(|days| rest_due_at + TimeDelta::days(days))
        .find(|planned| *planned > now)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::{Currency, Money};

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn first(due: &str, agreed: &str) -> DateTime<Utc> {
        let terms = PaymentTerms {
            deposit: Money::zero(Currency::USD),
            rest_due_at: at(due),
        };
        first_reminder(terms, at(agreed))
    }

    #[test]
    fn of_the_deposit_after_a_day_but_not_after_the_rest_is_due() {
        let agreed = "2026-12-01T15:00:00Z";
        assert_eq!(
            first("2026-12-20T05:00:00Z", agreed),
            at("2026-12-02T15:00:00Z")
        );
        assert_eq!(
            first("2026-12-02T05:00:00Z", agreed),
            at("2026-12-02T05:00:00Z")
        );
        assert_eq!(
            first("2026-11-20T05:00:00Z", agreed),
            at("2026-12-02T15:00:00Z")
        );
    }

    #[test]
    fn of_the_rest_three_times_and_never_twice_at_once() {
        let due = at("2026-12-10T05:00:00Z");
        let mut looked = Vec::new();
        let mut now = at("2026-12-02T00:00:00Z");
        while let Some(next) = next_reminder(due, now) {
            looked.push((next - due).num_days());
            now = next;
        }
        assert_eq!(looked, [0, 3, 7]);
        // Nobody was there for a week: what was missed is not made up for.
        assert_eq!(
            next_reminder(due, at("2026-12-16T00:00:00Z")),
            Some(at("2026-12-17T05:00:00Z"))
        );
    }
}

//! When a charge whose end nobody told us may be given up.

use chrono::{DateTime, Duration, Utc};

/// A gateway may still be at a charge that it was told of so long ago: our own call takes seconds, its lists may lag.
const SETTLES_WITHIN: Duration = Duration::minutes(2);

/// A gateway of which nothing is heard for so long is not waited for: its owner looks at its own books.
const LONGEST_SILENCE: Duration = Duration::days(3);

/// What was known of a charge when its gateway was about to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// How often it was asked before.
    pub(crate) asked: i32,
    /// When the charge was wanted.
    pub(crate) wanted_at: DateTime<Utc>,
    /// When it may last have been sent.
    pub(crate) sent_at: Option<DateTime<Utc>>,
    /// When its gateway last said anything of it.
    pub(crate) heard_at: Option<DateTime<Utc>>,
}

impl Doubt {
    /// True while the card may just now be being charged, so that a gateway that knows nothing of it may only not know it yet.
    pub(crate) fn is_under_way(&self, at: DateTime<Utc>) -> bool {
        self.sent_at.is_some_and(|sent| at < sent + SETTLES_WITHIN)
    }

    /// True when nothing was heard of it for so long that nothing will be.
    pub(crate) fn is_silent(&self, at: DateTime<Utc>) -> bool {
        at >= self.heard_at.unwrap_or(self.wanted_at) + LONGEST_SILENCE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_just_sent_is_under_way_and_what_is_quiet_for_days_is_silent() {
        let at = DateTime::UNIX_EPOCH;
        let never = Doubt {
            asked: 1,
            wanted_at: at,
            sent_at: None,
            heard_at: None,
        };
        let sent = Doubt {
            sent_at: Some(at),
            ..never
        };
        let seconds = |it: Doubt, seconds| it.is_under_way(at + Duration::seconds(seconds));
        assert!(!seconds(never, 0));
        assert!(seconds(sent, 0) && seconds(sent, 119) && !seconds(sent, 120));

        let heard = Doubt {
            heard_at: Some(at + Duration::days(1)),
            ..sent
        };
        let days = |it: Doubt, days| it.is_silent(at + Duration::days(days));
        assert!(!days(sent, 2) && days(sent, 3));
        assert!(!days(heard, 3) && days(heard, 4));
    }
}

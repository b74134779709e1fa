use chrono::{DateTime, TimeDelta, Utc};

use crate::Stage;

/// How many days there are to pay a statement.
pub const DUE_DAYS: i64 = 7;

/// Two letters have at least so many days between them, also when they come late.
const BREATH_DAYS: i64 = 3;

/// What is done about a statement after `stage`; nothing after the last.
pub fn step_after(stage: Stage) -> Option<Stage> {
    match stage {
        Stage::New => Some(Stage::Issued),
        Stage::Issued => Some(Stage::Reminded),
        Stage::Reminded => Some(Stage::PastDue),
        Stage::PastDue => Some(Stage::Suspended),
        Stage::Suspended => None,
    }
}

/// When the next thing is to be done about a statement of which `stage` was done `now`: three, seven and fourteen days after it
/// was due.
pub fn next_step(stage: Stage, due_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let days = match step_after(stage)? {
        Stage::New | Stage::Issued => 0,
        Stage::Reminded => 3,
        Stage::PastDue => 7,
        Stage::Suspended => 14,
    };
    let planned = due_at + TimeDelta::days(days);
    Some(planned.max(now + TimeDelta::days(BREATH_DAYS)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn three_seven_and_fourteen_days_and_then_no_more() {
        let due: DateTime<Utc> = "2026-12-08T00:00:00Z".parse().unwrap();
        let sent = due - TimeDelta::days(DUE_DAYS);
        let (mut stage, mut at, mut days) = (Stage::Issued, sent, Vec::new());
        while let Some(next) = next_step(stage, due, at) {
            days.push((next - due).num_days());
            (stage, at) = (step_after(stage).unwrap(), next);
        }
        assert_eq!((days, stage), (vec![3, 7, 14], Stage::Suspended));
    }

    #[test]
    fn nobody_gets_three_letters_in_a_day_after_the_server_was_down() {
        let due: DateTime<Utc> = "2026-12-08T00:00:00Z".parse().unwrap();
        let late = due + TimeDelta::days(40);
        let next = next_step(Stage::Reminded, due, late).unwrap();
        assert_eq!(next, late + TimeDelta::days(3));
    }
}

use chrono::NaiveDate;
use motel_kernel::StayDates;

use crate::{CleaningRuleDetails, TaskKind};

/// What a guest who stays over a day is due: counted in the nights slept until that morning, so the day of arrival and
/// the day of departure are never stay-overs. Fresh linen comes with a clean, so it takes the place of one.
pub(crate) fn stay_over(
    stay: StayDates,
    day: NaiveDate,
    rule: &CleaningRuleDetails,
) -> Option<TaskKind> {
    if day <= stay.arrival() || day >= stay.departure() {
        return None;
    }
    let slept = (day - stay.arrival()).num_days();
    let every = |nights: i16| nights > 0 && slept % i64::from(nights) == 0;
    if every(rule.linen_every) {
        Some(TaskKind::LinenChange)
    } else {
        every(rule.stay_over_every).then_some(TaskKind::StayOver)
    }
}

/// What comes first: 1 where somebody arrives that day, 2 where a guest has left, 3 where a guest stays.
pub(crate) fn priority(kind: TaskKind, arriving: bool) -> i16 {
    match (arriving, kind) {
        (true, _) => 1,
        (false, TaskKind::Departure) => 2,
        (false, TaskKind::StayOver | TaskKind::LinenChange) => 3,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn rule(stay_over_every: i16, linen_every: i16) -> CleaningRuleDetails {
        CleaningRuleDetails {
            stay_over_every,
            linen_every,
            departure_minutes: 30,
            stay_over_minutes: 15,
            linen_minutes: 20,
        }
    }

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(offset)
    }

    /// One letter for each day from the arrival to the departure.
    fn week(rule: &CleaningRuleDetails) -> String {
        let stay = StayDates::from_nights(day(0), 7).unwrap();
        (0..=7)
            .map(|offset| match stay_over(stay, day(offset), rule) {
                None => '-',
                Some(TaskKind::StayOver) => 's',
                Some(TaskKind::LinenChange) => 'L',
                Some(TaskKind::Departure) => 'd',
            })
            .collect()
    }

    #[test]
    fn a_week_by_pencil_and_paper() {
        assert_eq!(week(&rule(1, 3)), "-ssLssL-");
        assert_eq!(week(&rule(2, 0)), "--s-s-s-");
        assert_eq!(week(&rule(0, 4)), "----L---");
        assert_eq!(week(&rule(0, 0)), "--------");
        assert_eq!(week(&rule(30, 30)), "--------");
    }

    #[test]
    fn an_arrival_comes_first_whatever_the_kind() {
        for kind in TaskKind::ALL {
            assert_eq!(priority(*kind, true), 1);
        }
        assert!(priority(TaskKind::Departure, false) < priority(TaskKind::LinenChange, false));
    }

    proptest! {
        #[test]
        fn nobody_waits_longer_than_the_rule_says(nights in 2_u32..60, every in 1_i16..=30, linen in 0_i16..=30) {
            let stay = StayDates::from_nights(day(0), nights).unwrap();
            let mut waited = 0_i32;
            for offset in 1..nights {
                waited += 1;
                if stay_over(stay, day(offset.into()), &rule(every, linen)).is_some() {
                    waited = 0;
                }
                prop_assert!(waited < i32::from(every));
            }
        }
    }
}

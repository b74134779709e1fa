use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::Actor;

use super::HandOverReason;
use crate::schema::hand_over_rules;

/// When conversations are handed to a person: a rule for each reason, on or off, some with a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = hand_over_rules, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub struct HandOverRules {
    /// Who asks for a person gets one. Otherwise details are taken for somebody to come back to them.
    pub asked_for_person: bool,
    /// After several answers in a row that helped nobody.
    pub repeated_failure: bool,
    /// How many those are, 2 to 10.
    pub failures_in_a_row: i16,
    /// Who is angry.
    pub anger: bool,
    /// Where somebody may be in danger. The number to call is said in any case.
    pub emergency: bool,
    /// Where much is at stake.
    pub high_value: bool,
    /// From this amount on, in the smallest unit of the house's currency; no amount is high without.
    pub high_value_amount_minor: Option<i64>,
    /// From so many nights on, those of all rooms together; no length is high without.
    pub high_value_nights: Option<i16>,
    /// Who asks for an exception, or haggles.
    pub policy_exception: bool,
}

impl Default for HandOverRules {
    fn default() -> Self {
        Self {
            asked_for_person: true,
            repeated_failure: true,
            failures_in_a_row: 3,
            anger: true,
            emergency: true,
            high_value: true,
            // What is much money, only the house knows: 2,000 dollars are a holiday, 2,000 forints a meal.
            high_value_amount_minor: None,
            high_value_nights: Some(14),
            policy_exception: true,
        }
    }
}

/// A bound that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfBounds {
    /// Of which rule.
    pub field: &'static str,
    /// No less than this.
    pub least: i64,
    /// No more than this.
    pub most: i64,
}

impl HandOverRules {
    /// What cannot be, as the database holds it as well.
    pub fn out_of_bounds(&self) -> Vec<OutOfBounds> {
        let failures = Some(i64::from(self.failures_in_a_row));
        let nights = self.high_value_nights.map(i64::from);
        let bounds = [
            ("failures_in_a_row", failures, 2, 10),
            (
                "high_value_amount_minor",
                self.high_value_amount_minor,
                1,
                1_000_000_000_000,
            ),
            ("high_value_nights", nights, 1, 365),
        ];
        let wrong = bounds.into_iter().filter(|(_, value, least, most)| {
            value.is_some_and(|value| !(*least..=*most).contains(&value))
        });
        wrong
            .map(|(field, _, least, most)| OutOfBounds { field, least, most })
            .collect()
    }

    /// Whether the rule is on.
    pub fn follows(&self, reason: HandOverReason) -> bool {
        match reason {
            HandOverReason::AskedForPerson => self.asked_for_person,
            HandOverReason::RepeatedFailure => self.repeated_failure,
            HandOverReason::Anger => self.anger,
            HandOverReason::Emergency => self.emergency,
            HandOverReason::HighValue => self.high_value,
            HandOverReason::PolicyException => self.policy_exception,
        }
    }

    /// Whether so many answers in a row that helped nobody are too many.
    pub fn gives_up_after(&self, failures: u16) -> bool {
        self.repeated_failure && i32::from(failures) >= i32::from(self.failures_in_a_row)
    }

    /// Whether this much, or this long, is for a person to look after.
    pub fn is_high(&self, amount_minor: Option<i64>, nights: Option<u32>) -> bool {
        let much = self
            .high_value_amount_minor
            .zip(amount_minor)
            .is_some_and(|(bound, amount)| amount >= bound);
        let long = self
            .high_value_nights
            .zip(nights)
            .is_some_and(|(bound, nights)| i64::from(nights) >= i64::from(bound));
        self.high_value && (much || long)
    }
}

/// The same as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = hand_over_rules, check_for_backend(diesel::pg::Pg))]
pub struct HandOverSettings {
    /// What was set.
    #[diesel(embed)]
    pub rules: HandOverRules,
    /// Grows with every change.
    pub version: i32,
    /// Who set it.
    pub set_by: Actor,
    /// When.
    pub set_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_on_unless_it_is_switched_off() {
        let rules = HandOverRules::default();
        assert!(HandOverReason::ALL.iter().all(|it| rules.follows(*it)));
        let calm = HandOverRules {
            anger: false,
            ..rules
        };
        assert!(!calm.follows(HandOverReason::Anger) && calm.follows(HandOverReason::Emergency));
    }

    #[test]
    fn bounds_hold_from_their_value_on() {
        let rules = HandOverRules {
            high_value_amount_minor: Some(200_000),
            ..HandOverRules::default()
        };
        assert!(!rules.gives_up_after(2) && rules.gives_up_after(3));
        assert!(!rules.is_high(Some(199_999), Some(13)));
        assert!(rules.is_high(Some(200_000), None) && rules.is_high(None, Some(14)));
        let only_nights = HandOverRules {
            high_value_amount_minor: None,
            ..rules
        };
        assert!(!only_nights.is_high(Some(i64::MAX), Some(1)));
        let off = HandOverRules {
            high_value: false,
            repeated_failure: false,
            ..rules
        };
        assert!(!off.is_high(Some(i64::MAX), Some(365)) && !off.gives_up_after(u16::MAX));
    }
}

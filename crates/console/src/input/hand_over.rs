use motel_conversations::HandOverRules;
use motel_kernel::{Currency, Money};
use motel_web::FieldErrors;
use serde::Deserialize;

use super::offer::price;

/// When conversations are handed to a person, as the form sends it: what is not ticked is off, and an empty bound is none.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawHandOver {
    asked_for_person: Option<String>,
    repeated_failure: Option<String>,
    pub(crate) failures: String,
    anger: Option<String>,
    emergency: Option<String>,
    high_value: Option<String>,
    pub(crate) amount: String,
    pub(crate) nights: String,
    policy_exception: Option<String>,
}

impl RawHandOver {
    /// The form filled in with what holds.
    pub(crate) fn of(rules: &HandOverRules, currency: Currency) -> Self {
        let amount = rules.high_value_amount_minor.map(|minor| {
            let amount = Money::new(minor, currency);
            amount.to_decimal_string()
        });
        let nights = rules.high_value_nights.map(|nights| nights.to_string());
        Self {
            failures: rules.failures_in_a_row.to_string(),
            amount: amount.unwrap_or_default(),
            nights: nights.unwrap_or_default(),
            ..Self::ticked(rules)
        }
    }

    fn ticked(rules: &HandOverRules) -> Self {
        let tick = |on: bool| on.then(|| "yes".to_owned());
        Self {
            asked_for_person: tick(rules.asked_for_person),
            repeated_failure: tick(rules.repeated_failure),
            anger: tick(rules.anger),
            emergency: tick(rules.emergency),
            high_value: tick(rules.high_value),
            policy_exception: tick(rules.policy_exception),
            ..Self::default()
        }
    }

    /// What is ticked, with bounds that need not be right.
    pub(crate) fn switches(&self) -> HandOverRules {
        HandOverRules {
            asked_for_person: self.asked_for_person.is_some(),
            repeated_failure: self.repeated_failure.is_some(),
            anger: self.anger.is_some(),
            emergency: self.emergency.is_some(),
            high_value: self.high_value.is_some(),
            policy_exception: self.policy_exception.is_some(),
            ..HandOverRules::default()
        }
    }

    /// The same, parsed; the amount is in the property's currency.
    pub(crate) fn rules(&self, currency: Currency) -> Result<HandOverRules, FieldErrors> {
        let mut errors = FieldErrors::new();
        let failures = number(&mut errors, "failures", &self.failures);
        let amount = match self.amount.trim() {
            "" => None,
            text => price(&mut errors, "amount", text, currency),
        };
        let nights = match self.nights.trim() {
            "" => None,
            text => number(&mut errors, "nights", text),
        };
        let rules = HandOverRules {
            failures_in_a_row: failures.unwrap_or_default(),
            high_value_amount_minor: amount.map(|amount| amount.minor()),
            high_value_nights: nights,
            ..self.switches()
        };
        if errors.is_empty() {
            for wrong in rules.out_of_bounds() {
                let reason = format!("must lie between {} and {}", wrong.least, wrong.most);
                errors.check(wrong.field, Err::<(), _>(reason));
            }
        }
        match errors.is_empty() {
            true => Ok(rules),
            false => Err(errors),
        }
    }
}

fn number(errors: &mut FieldErrors, field: &str, text: &str) -> Option<i16> {
    let read = text.trim().parse();
    errors.check(field, read.map_err(|_| "must be a whole number"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_shown_is_what_is_read() {
        let rules = HandOverRules {
            anger: false,
            high_value_amount_minor: Some(200_000),
            high_value_nights: None,
            ..HandOverRules::default()
        };
        let raw = RawHandOver::of(&rules, Currency::USD);
        assert_eq!((raw.amount.as_str(), raw.nights.as_str()), ("2000.00", ""));
        assert_eq!(raw.rules(Currency::USD).unwrap(), rules);
    }

    #[test]
    fn a_bound_is_a_number_and_lies_within_reason() {
        for (failures, nights) in [("", ""), ("often", ""), ("1", ""), ("3", "0"), ("3", "366")] {
            let raw = RawHandOver {
                failures: failures.to_owned(),
                nights: nights.to_owned(),
                ..RawHandOver::default()
            };
            assert!(raw.rules(Currency::USD).is_err(), "{failures} {nights}");
        }
    }
}

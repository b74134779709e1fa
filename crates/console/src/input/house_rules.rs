use motel_kernel::{Currency, Money};
use motel_onboarding::setup::{
    Breakfast, Cancellation, Children, HouseRules, Parking, Pets, Smoking, Wifi,
};
use motel_web::FieldErrors;
use serde::Deserialize;

use super::offer::price;

const UNKNOWN: &str = "must be chosen from the list";

/// What guests ask, as it is answered; an empty answer says nothing.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawHouseRules {
    pub(crate) cancellation: String,
    pub(crate) children: String,
    pub(crate) breakfast: String,
    pub(crate) wifi: String,
    pub(crate) parking: String,
    pub(crate) parking_fee: String,
    pub(crate) pets: String,
    pub(crate) pets_fee: String,
    pub(crate) smoking: String,
}

impl RawHouseRules {
    /// The form filled in with what is known.
    pub(crate) fn of(rules: &HouseRules) -> Self {
        let fee = |money: Money| money.to_decimal_string();
        let (parking, parking_fee) = match rules.parking {
            None => ("", String::new()),
            Some(Parking::Free) => ("free", String::new()),
            Some(Parking::Paid(money)) => ("paid", fee(money)),
            Some(Parking::None) => ("none", String::new()),
        };
        let (pets, pets_fee) = match rules.pets {
            None => ("", String::new()),
            Some(Pets::Free) => ("free", String::new()),
            Some(Pets::Paid(money)) => ("paid", fee(money)),
            Some(Pets::None) => ("none", String::new()),
        };
        let yes_no = |answer: Option<bool>, yes: &str, no: &str| match answer {
            None => String::new(),
            Some(true) => yes.to_owned(),
            Some(false) => no.to_owned(),
        };
        Self {
            cancellation: match rules.cancellation {
                None => String::new(),
                Some(Cancellation::Free) => "free".to_owned(),
                Some(Cancellation::UntilHours(hours)) => hours.to_string(),
            },
            children: yes_no(
                rules.children.map(|it| it == Children::Welcome),
                "welcome",
                "none",
            ),
            breakfast: yes_no(
                rules.breakfast.map(|it| it == Breakfast::Included),
                "included",
                "none",
            ),
            wifi: yes_no(rules.wifi.map(|it| it == Wifi::Free), "free", "none"),
            smoking: yes_no(
                rules.smoking.map(|it| it == Smoking::Allowed),
                "allowed",
                "outside",
            ),
            parking: parking.to_owned(),
            parking_fee,
            pets: pets.to_owned(),
            pets_fee,
        }
    }

    /// The same, parsed; fees are in the property's currency.
    pub(crate) fn rules(&self, currency: Currency) -> Result<HouseRules, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut fee = |field: &str, text: &str| price(&mut errors, field, text, currency);
        let paid_parking = (self.parking == "paid").then(|| fee("parking_fee", &self.parking_fee));
        let paid_pets = (self.pets == "paid").then(|| fee("pets_fee", &self.pets_fee));
        let rules = HouseRules {
            cancellation: one_of(
                &mut errors,
                "cancellation",
                &self.cancellation,
                &[
                    ("free", Cancellation::Free),
                    ("24", Cancellation::UntilHours(24)),
                    ("48", Cancellation::UntilHours(48)),
                    ("168", Cancellation::UntilHours(168)),
                ],
            ),
            children: one_of(
                &mut errors,
                "children",
                &self.children,
                &[("welcome", Children::Welcome), ("none", Children::None)],
            ),
            breakfast: one_of(
                &mut errors,
                "breakfast",
                &self.breakfast,
                &[("included", Breakfast::Included), ("none", Breakfast::None)],
            ),
            wifi: one_of(
                &mut errors,
                "wifi",
                &self.wifi,
                &[("free", Wifi::Free), ("none", Wifi::None)],
            ),
            smoking: one_of(
                &mut errors,
                "smoking",
                &self.smoking,
                &[("allowed", Smoking::Allowed), ("outside", Smoking::Outside)],
            ),
            parking: match paid_parking {
                Some(fee) => fee.map(Parking::Paid),
                None => one_of(
                    &mut errors,
                    "parking",
                    &self.parking,
                    &[("free", Parking::Free), ("none", Parking::None)],
                ),
            },
            pets: match paid_pets {
                Some(fee) => fee.map(Pets::Paid),
                None => one_of(
                    &mut errors,
                    "pets",
                    &self.pets,
                    &[("free", Pets::Free), ("none", Pets::None)],
                ),
            },
        };
        match errors.as_slice().is_empty() {
            true => Ok(rules),
            false => Err(errors),
        }
    }
}

/// The answer of a word; none for the empty one.
fn one_of<A: Copy>(
    errors: &mut FieldErrors,
    field: &str,
    word: &str,
    answers: &[(&str, A)],
) -> Option<A> {
    if word.is_empty() {
        return None;
    }
    let found = answers.iter().find(|(known, _)| *known == word);
    errors.check(field, found.map(|(_, answer)| *answer).ok_or(UNKNOWN))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_read_back_is_what_was_answered() {
        let raw = RawHouseRules {
            cancellation: "48".to_owned(),
            parking: "paid".to_owned(),
            parking_fee: "12.50".to_owned(),
            pets: "none".to_owned(),
            smoking: "outside".to_owned(),
            ..RawHouseRules::default()
        };
        let rules = raw.rules(Currency::USD).unwrap();
        assert_eq!((rules.wifi, rules.pets), (None, Some(Pets::None)));
        let again = RawHouseRules::of(&rules).rules(Currency::USD).unwrap();
        assert_eq!(again, rules);
    }

    #[test]
    fn a_fee_must_be_said_and_a_word_be_known() {
        let raw = RawHouseRules {
            parking: "paid".to_owned(),
            wifi: "sometimes".to_owned(),
            ..RawHouseRules::default()
        };
        let refused = raw.rules(Currency::USD).unwrap_err();
        let fields: Vec<_> = refused.as_slice().iter().map(|it| &*it.field).collect();
        assert_eq!(fields, ["parking_fee", "wifi"]);
    }
}

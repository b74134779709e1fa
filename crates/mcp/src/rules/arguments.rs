use motel_kernel::{PropertyId, hide_card_numbers};
use serde_json::{Map, Value};

use crate::Refusal;
use crate::catalogue::{DRY_RUN, EMAIL, Offered, PROPERTY, Way};

/// The longest text in an argument, in characters.
const LONGEST: usize = 2_000;

/// The arguments of a call: those that this house adds to its tools, and those that are the tool's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Arguments {
    /// Which property is meant.
    pub property: Option<PropertyId>,
    /// Whether it is only tried out.
    pub dry_run: bool,
    /// What is the tool's.
    pub input: Value,
}

impl Arguments {
    /// Reads the arguments of a call.
    ///
    /// # Errors
    /// `invalid_input`; `card_number` when one holds the number of a payment card.
    pub fn parse(offered: &Offered, mut given: Map<String, Value>) -> Result<Self, Refusal> {
        for (name, value) in &given {
            check_text(name, name)?;
            check(name, value)?;
        }
        let dry_run = match given.remove(DRY_RUN) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(dry_run)) if offered.way != Way::Looks => dry_run,
            Some(_) if offered.way == Way::Looks => {
                return Err(invalid("there is no field \"dry_run\": nothing is done"));
            }
            Some(_) => return Err(invalid("dry_run must be true or false")),
        };
        let property = match given.remove(PROPERTY) {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) => {
                let id = id.parse();
                Some(id.map_err(|_| invalid("property must be one of the ids that are listed"))?)
            }
            Some(_) => return Err(invalid("property must be one of the ids that are listed")),
        };
        if offered.way == Way::AsksForPerson {
            match given.remove(EMAIL) {
                None | Some(Value::Null | Value::String(_)) => {}
                Some(_) => return Err(invalid("email must be a text")),
            }
        }
        let input = Value::Object(given);
        Ok(Self {
            property,
            dry_run,
            input,
        })
    }
}

/// Looks through all texts of an argument. How deep they lie is bounded by who reads JSON.
fn check(name: &str, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::String(text) => check_text(name, text),
        // A card's number may come without quotes.
        Value::Number(number) => check_text(name, &number.to_string()),
        Value::Array(values) => values.iter().try_for_each(|value| check(name, value)),
        Value::Object(fields) => fields.iter().try_for_each(|(key, value)| {
            check_text(name, key)?;
            check(name, value)
        }),
        Value::Bool(_) | Value::Null => Ok(()),
    }
}

fn check_text(name: &str, text: &str) -> Result<(), Refusal> {
    let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().count() > LONGEST {
        return Err(invalid(format!(
            "{name} is longer than {LONGEST} characters"
        )));
    }
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        return Err(invalid(format!("{name} contains control characters")));
    }
    match hide_card_numbers(text) == text {
        true => Ok(()),
        false => Err(Refusal::new(
            "card_number",
            "numbers of payment cards are not taken here; send the guest a payment link",
        )),
    }
}

fn invalid(reason: impl Into<String>) -> Refusal {
    Refusal::new("invalid_input", reason)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::catalogue::offered;

    fn parse(tool: &str, given: Value) -> Result<Arguments, Refusal> {
        let Value::Object(given) = given else {
            unreachable!("an object");
        };
        Arguments::parse(offered(tool).unwrap(), given)
    }

    #[test]
    fn what_the_house_adds_is_taken_out() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let given =
            json!({ "reason": "x", "dry_run": true, "property": id, "email": "a@example.com" });
        let read = parse("hand_over", given).unwrap();
        assert!(read.dry_run && read.property.is_some());
        assert_eq!(read.input, json!({ "reason": "x" }));
        let read = parse("hand_over", json!({ "property": null })).unwrap();
        assert!(!read.dry_run && read.property.is_none());
    }

    #[test]
    fn what_has_no_meaning_is_refused() {
        for (tool, given) in [
            ("hand_over", json!({ "dry_run": "yes" })),
            ("hand_over", json!({ "email": 7 })),
            ("hand_over", json!({ "property": "the other one" })),
            ("hand_over", json!({ "property": 7 })),
            ("hand_over", json!({ "reason": "x".repeat(2_001) })),
            ("hand_over", json!({ "reason": "a\u{0}b" })),
            ("hand_over", json!({ "re\u{0}ason": "x" })),
            ("search_knowledge", json!({ "dry_run": true })),
        ] {
            let refusal = parse(tool, given.clone()).unwrap_err();
            assert_eq!(refusal.code, "invalid_input", "{given}");
        }
    }

    #[test]
    fn numbers_of_cards_go_no_further_however_they_come() {
        for given in [
            json!({ "reason": "charge 4111 1111 1111 1111" }),
            json!({ "reason": 4_111_111_111_111_111_u64 }),
            json!({ "reason": { "deep": ["4111111111111111"] } }),
        ] {
            let refusal = parse("hand_over", given.clone()).unwrap_err();
            assert_eq!(refusal.code, "card_number", "{given}");
        }
    }
}

use motel_kernel::hide_card_numbers;
use serde_json::{Map, Value};

/// The most characters of a call that its conversation shows.
const LONGEST: usize = 4_000;

/// Who somebody is. That stands in the booking or the lead, and goes with them when they are erased: one visit may serve many.
const WHO: [&str; 3] = ["full_name", "email", "phone"];

/// A call in words, as staff read it in the conversation: who somebody is, what could not be stored, and numbers of cards are left out.
pub(crate) fn said(tool: &str, arguments: &Map<String, Value>) -> String {
    let mut lines = vec![tool.to_owned()];
    for (name, value) in arguments {
        let value = match value {
            _ if WHO.contains(&name.as_str()) => "(given)".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        lines.push(format!("{name}: {value}"));
    }
    let whole = lines.join("\n");
    let legible: String = whole
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .take(LONGEST)
        .collect();
    hide_card_numbers(&legible).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_somebody_is_is_not_repeated() {
        let given = json!({ "full_name": "Ana Souza", "email": "ana@example.com", "phone": "+15185550142" });
        let Value::Object(given) = given else {
            unreachable!("an object");
        };
        let said = said("create_lead", &given);
        for word in ["Ana", "@", "518"] {
            assert!(!said.contains(word), "{said}");
        }
        assert!(said.contains("email: (given)"), "{said}");
    }

    #[test]
    fn a_call_is_told_line_by_line_without_what_nobody_may_keep() {
        let given = json!({ "adults": 2, "notes": "card 4111 1111 1111 1111\u{0}", "long": "x".repeat(9_000) });
        let Value::Object(given) = given else {
            unreachable!("an object");
        };
        let said = said("create_lead", &given);
        assert!(said.starts_with("create_lead\nadults: 2\n"), "{said}");
        assert!(!said.contains("4111") && !said.contains('\u{0}'));
        assert!(said.chars().count() <= LONGEST + 50);
    }
}

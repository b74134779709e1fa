use motel_shadow::{Told, ToolUse};
use serde_json::Value;

use crate::verifier;

/// What a model called for and the house did in its own way, and what it called wrongly, says nothing of what was done.
const NOT_DONE: [&str; 2] = ["a step of the house", "wrong_call"];

/// What an answer did, by the record of how it came about, and what it quotes.
pub(crate) fn told_of(details: &Value, words: &str) -> Told {
    let used = details.get("tools").and_then(Value::as_array);
    let done = used.into_iter().flatten().filter(|tool| {
        let outcome = tool.get("outcome").and_then(Value::as_str);
        !outcome.is_some_and(|outcome| NOT_DONE.contains(&outcome))
    });
    let tools = done.filter_map(|tool| {
        Some(ToolUse {
            name: tool.get("name")?.as_str()?.to_owned(),
            arguments: tool.get("arguments").cloned().unwrap_or_default(),
        })
    });
    Told {
        tools: tools.collect(),
        figures: verifier::quoted(words),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_done_and_quoted_is_read_and_links_are_left_out() {
        let details = json!({ "tools": [
            { "name": "book_room", "arguments": { "adults": 2 }, "outcome": "a step of the house" },
            { "name": "search_availability", "arguments": { "adults": 2 }, "outcome": "1 offered" },
            { "name": "drop_tables", "arguments": {}, "outcome": "wrong_call" },
        ] });
        let words =
            "The King Suite is $604.80 for January 18.\nPay $1.00 here: https://pay.example/4711";
        let told = told_of(&details, words);
        let tools: Vec<_> = told.tools.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(tools, ["search_availability"]);
        let figures: Vec<_> = told.figures.iter().map(|it| it.figure.as_str()).collect();
        assert_eq!(figures, ["date 1-18", "money 60480", "room king suite"]);
        assert_eq!(told_of(&json!({}), "Hello!"), Told::default());
    }

    #[test]
    fn the_same_day_and_price_are_the_same_figure_however_they_are_put() {
        let quoted = |words: &str| {
            let mut figures: Vec<String> = verifier::quoted(words)
                .into_iter()
                .map(|it| it.figure)
                .collect();
            figures.sort();
            figures
        };
        let one = quoted("Monday, January 18, 2027 at 3 pm costs $604.80");
        assert_eq!(one, quoted("It is 604.80 dollars on Jan 18 at 15:00"));
        assert_eq!(one.len(), 3);
    }
}

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What an answer did and quoted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    /// The tools it used.
    pub tools: Vec<ToolUse>,
    /// The prices, shares, dates, times, codes and rooms it names.
    pub figures: Vec<FigureSaid>,
}

/// A tool and what it was given.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolUse {
    /// The tool.
    pub name: String,
    /// Its input.
    pub arguments: Value,
}

/// Something quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureSaid {
    /// The same for everything that means the same.
    pub figure: String,
    /// As it was put.
    pub said: String,
}

/// How one answer compares with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// In hundredths: half by the tools, half by the figures.
    pub agreement: i16,
    /// Which tools were used by one alone.
    pub tools: Difference,
    /// Which figures were named by one alone.
    pub figures: Difference,
}

/// What one has and the other has not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Difference {
    /// Only in the answer that was kept.
    pub kept: Vec<String>,
    /// Only in the one that is tried.
    pub tried: Vec<String>,
}

impl Difference {
    /// Whether both have the same.
    pub fn is_none(&self) -> bool {
        self.kept.is_empty() && self.tried.is_empty()
    }
}

/// Compares the answer that was kept with one that is tried. How often a tool was used, in which order, and how an answer is worded makes
/// no difference.
pub fn compare(kept: &Told, tried: &Told) -> Comparison {
    let (tools, same_tools) = differ(&tools(kept), &tools(tried));
    let (figures, same_figures) = differ(&figures(kept), &figures(tried));
    Comparison {
        agreement: i16::midpoint(same_tools, same_figures),
        tools,
        figures,
    }
}

/// By what makes them the same, as a person reads them.
type Things = BTreeMap<String, String>;

fn tools(told: &Told) -> Things {
    let used = told.tools.iter().map(|tool| {
        let given = plain(&tool.arguments);
        let said = format!("{} {}", tool.name.replace('_', " "), in_words(&given));
        let same = format!("{} {}", tool.name, Value::Object(given));
        (same, said.trim_end().to_owned())
    });
    used.collect()
}

fn figures(told: &Told) -> Things {
    let named = told.figures.iter();
    named
        .map(|it| (it.figure.clone(), it.said.clone()))
        .collect()
}

/// Free words, which everybody puts differently.
const WORDS: [&str; 3] = ["question", "reason", "notes"];

/// An input without free words, and without what says nothing: null, none of something.
fn plain(arguments: &Value) -> Map<String, Value> {
    let Value::Object(fields) = arguments else {
        return Map::new();
    };
    let telling = fields.iter().filter(|(name, value)| {
        !WORDS.contains(&name.as_str()) && !value.is_null() && value.as_i64() != Some(0)
    });
    telling
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn in_words(given: &Map<String, Value>) -> String {
    let field = |(name, value): (&String, &Value)| {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        format!("{} {value}", name.replace('_', " "))
    };
    given.iter().map(field).collect::<Vec<_>>().join(", ")
}

/// What differs, and how much is the same, in hundredths.
fn differ(kept: &Things, tried: &Things) -> (Difference, i16) {
    let only = |these: &Things, those: &Things| -> Vec<String> {
        let alone = these.iter().filter(|(same, _)| !those.contains_key(*same));
        alone.map(|(_, said)| said.clone()).collect()
    };
    let difference = Difference {
        kept: only(kept, tried),
        tried: only(tried, kept),
    };
    let both = kept.len() - difference.kept.len();
    let all = tried.len() + difference.kept.len();
    let same = match all {
        0 => 100,
        all => i16::try_from(both * 100 / all).unwrap_or(100),
    };
    (difference, same)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(tools: &[(&str, Value)], figures: &[&str]) -> Told {
        let tool = |(name, arguments): &(&str, Value)| ToolUse {
            name: (*name).to_owned(),
            arguments: arguments.clone(),
        };
        let figure = |figure: &&str| FigureSaid {
            figure: figure.to_lowercase(),
            said: (*figure).to_owned(),
        };
        Told {
            tools: tools.iter().map(tool).collect(),
            figures: figures.iter().map(figure).collect(),
        }
    }

    #[test]
    fn what_says_the_same_in_other_words_agrees() {
        let kept = told(
            &[
                (
                    "search",
                    json!({"check_in": "2027-01-10", "adults": 2, "children": 0, "room_type": null}),
                ),
                ("search_knowledge", json!({"question": "dogs?"})),
            ],
            &["$268.80", "Queen"],
        );
        let tried = told(
            &[
                (
                    "search_knowledge",
                    json!({"question": "Are pets allowed here?"}),
                ),
                ("search", json!({"adults": 2, "check_in": "2027-01-10"})),
                ("search", json!({"adults": 2, "check_in": "2027-01-10"})),
            ],
            &["queen", "$268.80"],
        );
        let comparison = compare(&kept, &tried);
        assert_eq!(comparison.agreement, 100);
        assert!(comparison.tools.is_none() && comparison.figures.is_none());
        assert_eq!(compare(&Told::default(), &Told::default()).agreement, 100);
    }

    #[test]
    fn what_differs_is_said_and_costs() {
        let kept = told(
            &[("search", json!({"adults": 2}))],
            &["$268.80", "$403.20", "9:00"],
        );
        let tried = told(&[("search", json!({"adults": 3}))], &["$268.80"]);
        let comparison = compare(&kept, &tried);
        assert_eq!(comparison.agreement, 16);
        assert_eq!(comparison.tools.kept, ["search adults 2"]);
        assert_eq!(comparison.tools.tried, ["search adults 3"]);
        assert_eq!(comparison.figures.kept, ["$403.20", "9:00"]);
        assert!(comparison.figures.tried.is_empty());
        let nothing = compare(&kept, &Told::default());
        assert_eq!(nothing.agreement, 0);
    }
}

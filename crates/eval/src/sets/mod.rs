//! The public sets: how each is predicted and scored. What a set calls things is translated here and nowhere else.

mod clinc;
mod dates;
mod nlupp;
mod restaurant8k;

use std::collections::HashMap;

use serde_json::Value;

/// Scores by measure, in words.
type Scores = Vec<(&'static str, String)>;

/// Predictions by the id of what they are of.
pub(crate) type ById<'a> = HashMap<&'a str, &'a Value>;

/// One public set.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) folder: &'static str,
    pub(crate) prefix: &'static str,
    pub(crate) predict: fn(&Value) -> Vec<Value>,
    pub(crate) score: fn(&[Value], &ById<'_>) -> Scores,
}

/// Every set, by weight for a front desk.
pub(crate) const ALL: &[Set] = &[
    Set {
        name: "nlupp",
        folder: "nlupp",
        prefix: "nlupp_hotels_",
        predict: nlupp::predict,
        score: nlupp::score,
    },
    Set {
        name: "recognizers",
        folder: "recognizers",
        prefix: "recognizers_datetime_",
        predict: dates::recognizers,
        score: dates::score,
    },
    Set {
        name: "duckling",
        folder: "duckling",
        prefix: "duckling_time_en_",
        predict: dates::duckling,
        score: dates::score,
    },
    Set {
        name: "restaurant8k",
        folder: "restaurant8k",
        prefix: "restaurant8k_test_",
        predict: restaurant8k::predict,
        score: restaurant8k::score,
    },
    Set {
        name: "clinc",
        folder: "clinc",
        prefix: "clinc150_test_",
        predict: clinc::predict,
        score: clinc::score,
    },
];

/// Predictions by their ids.
pub(crate) fn by_id(predicted: &[Value]) -> ById<'_> {
    predicted
        .iter()
        .filter_map(|one| Some((one.get("id")?.as_str()?, one)))
        .collect()
}

/// A member of an object as text; empty where it is none.
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A member of an object as a list; empty where it is none.
fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

//! The public sets: how each is predicted and scored. What a set calls things is translated here and nowhere else.

mod clinc;
mod dates;
mod multiwoz;
mod nlupp;
mod nlupp_days;
mod restaurant8k;
mod sgd;
mod states;

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use crate::EvalError;

/// Scores by measure, in words.
type Scores = Vec<(&'static str, String)>;

/// Predictions by the id of what they are of.
pub(crate) type ById<'a> = HashMap<&'a str, &'a Value>;

/// How the objects of a file are predicted.
pub(crate) enum Predict {
    /// Each by itself.
    Each(fn(&Value) -> Vec<Value>),
    /// All of a file, with the folder it lies in: what was said before counts.
    Together(fn(&[Value], &Path) -> Result<Vec<Value>, EvalError>),
}

impl Predict {
    /// The predictions for the objects of a file in `folder`.
    pub(crate) fn run(&self, gold: &[Value], folder: &Path) -> Result<Vec<Value>, EvalError> {
        match self {
            Self::Each(each) => Ok(gold.iter().flat_map(each).collect()),
            Self::Together(together) => together(gold, folder),
        }
    }
}

/// One public set.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) folder: &'static str,
    pub(crate) prefix: &'static str,
    pub(crate) predict: Predict,
    pub(crate) score: fn(&[Value], &ById<'_>) -> Scores,
}

/// Every set, by weight for a front desk.
pub(crate) const ALL: &[Set] = &[
    Set {
        name: "nlupp",
        folder: "nlupp",
        prefix: "nlupp_hotels_",
        predict: Predict::Each(nlupp::predict),
        score: nlupp::score,
    },
    Set {
        name: "recognizers",
        folder: "recognizers",
        prefix: "recognizers_datetime_",
        predict: Predict::Each(dates::recognizers),
        score: dates::score,
    },
    Set {
        name: "duckling",
        folder: "duckling",
        prefix: "duckling_time_en_",
        predict: Predict::Each(dates::duckling),
        score: dates::score,
    },
    Set {
        name: "restaurant8k",
        folder: "restaurant8k",
        prefix: "restaurant8k_test_",
        predict: Predict::Each(restaurant8k::predict),
        score: restaurant8k::score,
    },
    Set {
        name: "clinc",
        folder: "clinc",
        prefix: "clinc150_test_",
        predict: Predict::Each(clinc::predict),
        score: clinc::score,
    },
    Set {
        name: "multiwoz",
        folder: "multiwoz",
        prefix: "multiwoz_hotel_dialogues_",
        predict: Predict::Together(multiwoz::predict),
        score: states::score_dialogues,
    },
    Set {
        name: "sgd",
        folder: "sgd",
        prefix: "sgd_hotel_turns_",
        predict: Predict::Together(sgd::predict),
        score: states::score_turns,
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

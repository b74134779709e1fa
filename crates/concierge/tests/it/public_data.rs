//! Measures the reading of dates on a public set of front-desk utterances, where one is at hand.
//!
//! `MOTEL_EVAL_DATA` names a folder with `nlupp/nlupp_hotels_dev.jsonl`; nothing of it is kept in this repository.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use motel_concierge::understanding::{Context, DateMention, understand};
use serde_json::Value;

#[test]
fn dates_of_real_utterances_are_read_well() {
    let Some(folder) = std::env::var_os("MOTEL_EVAL_DATA").map(PathBuf::from) else {
        println!("SKIPPED: MOTEL_EVAL_DATA is not set, so dates are not measured on public data");
        return;
    };
    let text = std::fs::read_to_string(folder.join("nlupp/nlupp_hotels_dev.jsonl")).unwrap();
    let (mut right, mut wrong, mut missed) = (0_usize, 0_usize, 0_usize);
    for line in text.lines().filter(|line| !line.is_empty()) {
        let utterance: Value = serde_json::from_str(line).unwrap();
        let wanted = wanted(&utterance);
        let found = found(utterance["text"].as_str().unwrap());
        right += found.intersection(&wanted).count();
        wrong += found.difference(&wanted).count();
        missed += wanted.difference(&found).count();
    }
    let percent = |of: usize, all: usize| of * 100 / all.max(1);
    let (recall, precision) = (
        percent(right, right + missed),
        percent(right, right + wrong),
    );
    println!(
        "dates: {right} right, {wrong} wrong, {missed} missed: recall {recall} %, precision {precision} %"
    );
    assert!(
        recall >= 75 && precision >= 75,
        "recall {recall} %, precision {precision} %"
    );
}

/// The day on which these utterances were made, by what they call "tomorrow".
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 3, 15).unwrap()
}

/// The dates of the annotation that are not past: those that are can't be stayed on and are refused instead.
fn wanted(utterance: &Value) -> BTreeSet<NaiveDate> {
    let slots = ["date", "date_from", "date_to"];
    let values = slots.iter().map(|slot| &utterance["slots"][slot]["value"]);
    let part = |value: &Value, key: &str| {
        value[key]
            .as_i64()
            .and_then(|part| i32::try_from(part).ok())
    };
    let dates = values.filter_map(|value| {
        let (month, day) = (part(value, "month")?, part(value, "day")?);
        NaiveDate::from_ymd_opt(
            part(value, "year")?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    });
    dates.filter(|date| *date >= today()).collect()
}

fn found(text: &str) -> BTreeSet<NaiveDate> {
    match understand(text, &Context::fresh(today(), &[])).dates {
        Some(
            DateMention::Day { on } | DateMention::Arrival { on } | DateMention::Departure { on },
        ) => [on].into(),
        Some(DateMention::Stay { arrival, departure }) => [arrival, departure].into(),
        Some(DateMention::Window { .. }) | None => BTreeSet::new(),
    }
}

//! Sets written for these tests, in the formats of the public ones.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

use std::fs;
use std::path::Path;

use motel_eval::{EvalError, faq, run, table};

fn put(data: &Path, file: &str, lines: &[&str]) {
    let path = data.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, lines.join("\n")).unwrap();
}

fn value(figures: &[motel_eval::Figure], measure: &str) -> String {
    figures
        .iter()
        .find(|figure| figure.measure == measure)
        .unwrap()
        .value
        .clone()
}

#[test]
fn front_desk_intents_and_slots_are_counted() {
    let (data, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(
        data.path(),
        "nlupp/nlupp_hotels_own.jsonl",
        &[
            r#"{"id":"1","text":"thanks, bye","intents":["thank","end_call"],"slots":{}}"#,
            r#"{"id":"2","text":"is there a gym","intents":["spa"],"slots":{"kids":{"text":"a gym","value":1}}}"#,
        ],
    );
    let figures = run(data.path(), None, out.path()).unwrap();
    // Two of three intents found; gym and a question found where the set says spa.
    assert_eq!(
        value(&figures, "intents, micro-F1"),
        "0.571 (precision 0.500, recall 0.667)"
    );
    assert_eq!(value(&figures, "all intents right"), "0.500 (1/2)");
    assert_eq!(
        value(&figures, "slots by value, F1"),
        "0.000 (precision 0.000, recall 0.000)"
    );
    let written = fs::read_to_string(out.path().join("nlupp_hotels_own.pred.jsonl")).unwrap();
    assert_eq!(written.lines().count(), 2);
    assert!(table(&figures).contains("nlupp (nlupp_hotels_own)"));
}

#[test]
fn dates_are_counted_by_the_sentence() {
    let (data, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(
        data.path(),
        "recognizers/recognizers_datetime_own.jsonl",
        &[
            r#"{"id":"1","input":"we come on 3 June 2027","reference":"2026-11-22T00:00:00","hotel_relevant":true,"results":[{"type":"date","values":[{"value":"2027-06-03"}]}]}"#,
            r#"{"id":"2","input":"we come soon","reference":"2026-11-22T00:00:00","hotel_relevant":true,"results":[{"type":"date","values":[{"value":"2027-06-03"}]}]}"#,
            r#"{"id":"3","input":"nothing on 4 June","reference":"2026-11-22T00:00:00","hotel_relevant":true,"results":[]}"#,
        ],
    );
    put(
        data.path(),
        "duckling/duckling_time_en_own.jsonl",
        &[
            r#"{"id":"4","input":"next week","reference":"2026-11-22T04:30:00","kind":"instant","grain":"week","start":"2026-11-23T00:00:00","hotel_relevant":true}"#,
        ],
    );
    let figures = run(data.path(), Some("recognizers"), out.path()).unwrap();
    assert_eq!(value(&figures, "sentences exact"), "0.500 (1/2)");
    assert_eq!(value(&figures, "dates where there is none"), "1.000 (1/1)");
    let figures = run(data.path(), Some("duckling"), out.path()).unwrap();
    assert_eq!(value(&figures, "sentences exact"), "1.000 (1/1)");
}

#[test]
fn spans_and_actions_are_counted() {
    let (data, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(
        data.path(),
        "restaurant8k/restaurant8k_test_own.jsonl",
        &[
            r#"{"id":"1","text":"Größe: 4 people at 7 pm","requested":[],"labels":[["people",7,15],["time",19,23]]}"#,
        ],
    );
    put(
        data.path(),
        "clinc/clinc150_test_own.jsonl",
        &[
            r#"{"id":"2","text":"book a room for me","intent":"book_hotel"}"#,
            r#"{"id":"3","text":"cancel my booking","intent":"oos"}"#,
            r#"{"id":"4","text":"how tall is that tower","intent":"distance"}"#,
        ],
    );
    let figures = run(data.path(), None, out.path()).unwrap();
    assert_eq!(
        value(&figures, "spans, F1"),
        "1.000 (precision 1.000, recall 1.000)"
    );
    assert_eq!(value(&figures, "bookings heard"), "1.000 (1/1)");
    assert_eq!(value(&figures, "false hotel actions"), "0.500 (1/2)");
}

#[test]
fn what_is_wanted_is_followed_through_a_dialogue() {
    let (data, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(
        data.path(),
        "multiwoz/multiwoz_hotel_db.jsonl",
        &[r#"{"name":"harbour guest house"}"#],
    );
    put(
        data.path(),
        "multiwoz/multiwoz_hotel_dialogues_own.jsonl",
        &[
            r#"{"id":"d","turns":[{"id":"d/0","sys":"","user":"I need a cheap hotel in the north with parking .","state":{"area":"north","pricerange":"cheap","parking":"yes"}},{"id":"d/1","sys":"How about the Harbour Guest House ?","user":"Yes , book it for 2 people and 3 nights from Friday please .","state":{"area":"north","pricerange":"cheap","parking":"yes","name":"harbour guest house","people":"2","stay":"3","day":"friday"}}]}"#,
        ],
    );
    put(
        data.path(),
        "sgd/sgd_hotel_turns_own.jsonl",
        &[
            r#"{"id":"own/1/0/Hotels_4","service":"Hotels_4","sys_prev_acts":[],"utterance":"Find me a 3 star hotel in Lisbon for two nights.","delta":{"location":["Lisbon"],"star_rating":["3"],"stay_length":["two"]},"state":{}}"#,
            r#"{"id":"own/1/2/Hotels_4","service":"Hotels_4","sys_prev_acts":[["OFFER","place_name",["Harbour Inn"]]],"utterance":"That sounds good.","delta":{"place_name":["Harbour Inn"]},"state":{}}"#,
        ],
    );
    let figures = run(data.path(), None, out.path()).unwrap();
    assert_eq!(value(&figures, "joint goal"), "1.000 (2/2)");
    assert_eq!(value(&figures, "turns exact"), "1.000 (2/2)");
}

#[test]
fn what_cannot_be_measured_is_said() {
    let (data, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(run(data.path(), None, out.path()).unwrap().is_empty());
    assert!(matches!(
        run(data.path(), Some("nothing"), out.path()),
        Err(EvalError::NoSuchSet(_))
    ));
    put(
        data.path(),
        "clinc/clinc150_test_own.jsonl",
        &["{}", "no json"],
    );
    let broken = run(data.path(), None, out.path()).unwrap_err();
    assert!(
        matches!(broken, EvalError::Line { line: 2, .. }),
        "{broken}"
    );
}

#[test]
fn questions_to_a_house_are_read_and_what_was_found_is_scored() {
    let (data, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(
        data.path(),
        "dstc9/dstc9_hotel_kb.jsonl",
        &[
            r#"{"id":"hotel/1/1","entity_id":"1","title":"Dogs?","body":"Yes."}"#,
            r#"{"id":"hotel/1/2","entity_id":"1","title":"Cats?","body":"No."}"#,
            r#"{"id":"hotel/2/1","entity_id":"2","title":"Nobody asks here?","body":"Right."}"#,
        ],
    );
    put(
        data.path(),
        "dstc9/dstc9_turns_own.jsonl",
        &[
            r#"{"id":"a","utterance":"my dog?","is_knowledge_seeking":true,"domain":"hotel","gold":["hotel/1/1"]}"#,
            r#"{"id":"b","utterance":"my cat?","is_knowledge_seeking":true,"domain":"hotel","gold":["hotel/1/2"]}"#,
            r#"{"id":"c","utterance":"my fish?","is_knowledge_seeking":true,"domain":"hotel","gold":["hotel/1/1"]}"#,
            r#"{"id":"d","utterance":"thanks","is_knowledge_seeking":false,"domain":"hotel","gold":[]}"#,
            r#"{"id":"e","utterance":"a table","is_knowledge_seeking":true,"domain":"restaurant","gold":["restaurant/1/1"]}"#,
        ],
    );
    let files = faq::read(data.path(), None).unwrap();
    let [file] = files.as_slice() else {
        panic!("{files:?}")
    };
    assert_eq!((file.houses.len(), file.houses[0].entries.len()), (1, 2));
    assert_eq!(file.houses[0].asked.len(), 3);
    let found = [
        ("a", vec!["hotel/1/1"]),
        ("b", vec!["hotel/1/1", "hotel/1/2"]),
    ];
    let found = found
        .map(|(id, ranked)| {
            (
                id.to_owned(),
                ranked.into_iter().map(str::to_owned).collect(),
            )
        })
        .into();
    let figures = faq::score(file, &found, out.path()).unwrap();
    assert_eq!(value(&figures, "right entry first"), "0.333 (1/3)");
    assert_eq!(value(&figures, "one over its place, mean"), "0.500");
    assert_eq!(value(&figures, "right entry among five"), "0.667 (2/3)");
    let written = fs::read_to_string(out.path().join("dstc9_turns_own.pred.jsonl")).unwrap();
    assert_eq!(written.lines().count(), 3);
    assert!(
        run(data.path(), Some("dstc9"), out.path())
            .unwrap()
            .is_empty()
    );
}

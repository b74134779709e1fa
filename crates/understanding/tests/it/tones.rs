//! The weights are those that training gives, and what they do is what the documents say.

use std::path::Path;

use motel_understanding::{Tone, tone};

#[path = "../../examples/train_tone/measure.rs"]
mod measure;
#[path = "../../examples/train_tone/train.rs"]
mod train;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).expect(path)
}

fn sentences(file: &str) -> Vec<(String, Tone)> {
    train::sentences(&read(&format!("fixtures/tone/{file}")))
}

#[test]
fn training_gives_the_weights_that_are_embedded() {
    let trained = train::weights(&sentences("training.txt"));
    let kept = read("crates/understanding/src/tone/weights.txt");
    assert!(
        trained == kept,
        "run: cargo run --release -p motel-understanding --example train_tone"
    );
}

#[test]
fn no_sentence_is_trained_on_that_is_held_out() {
    let training = sentences("training.txt");
    let held_out = sentences("held-out.txt");
    assert!(training.len() >= 250 && held_out.len() >= 100);
    for tone in Tone::ALL {
        let of_tone = |all: &[(String, Tone)]| all.iter().filter(|one| one.1 == tone).count();
        assert!(
            of_tone(&training) >= 50 && of_tone(&held_out) >= 20,
            "{tone:?}"
        );
    }
    for (text, _) in &held_out {
        assert!(!training.iter().any(|(other, _)| other == text), "{text}");
    }
}

#[test]
fn the_documents_tell_how_well_it_does_on_what_was_held_out() {
    let told: Vec<_> = sentences("held-out.txt")
        .into_iter()
        .map(|(text, is)| {
            let heard = tone(&text).expect("a tone");
            (is, heard.tone, heard.confidence)
        })
        .collect();
    let quality = read("docs/quality.md");
    for line in measure::table(&told).lines() {
        assert!(quality.contains(line), "docs/quality.md lacks: {line}");
    }
}

#[test]
fn across_the_training_a_tone_is_mostly_right_and_knows_when_it_is_not() {
    let told = train::across(&sentences("training.txt"));
    let right = |these: &[&(Tone, Tone, u8)]| these.iter().filter(|one| one.0 == one.1).count();
    let all: Vec<_> = told.iter().collect();
    assert!(
        right(&all) * 100 >= all.len() * 88,
        "{}",
        measure::table(&told)
    );
    let sure: Vec<_> = told.iter().filter(|one| one.2 >= 90).collect();
    assert!(
        right(&sure) * 100 >= sure.len() * 93,
        "{}",
        measure::table(&told)
    );
}

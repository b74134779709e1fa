//! Trains the weights of the tones from `fixtures/tone/training.txt` and writes them where they are embedded:
//! `cargo run --release -p motel-understanding --example train_tone`.
//!
//! Prints how well six parts of the training are told by the weights of the other five. With `--held-out` it prints instead how well the
//! weights that are embedded do on `fixtures/tone/held-out.txt`, as it stands in `docs/quality.md`.

mod measure;
mod train;

use std::path::Path;

use motel_understanding::tone;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = here.join("../../fixtures/tone");
    if std::env::args().any(|given| given == "--held-out") {
        let sentences = std::fs::read_to_string(fixtures.join("held-out.txt"))?;
        let told = train::sentences(&sentences)
            .into_iter()
            .filter_map(|(text, is)| {
                let heard = tone(&text)?;
                Some((is, heard.tone, heard.confidence))
            });
        print!("{}", measure::table(&told.collect::<Vec<_>>()));
        return Ok(());
    }
    let sentences = std::fs::read_to_string(fixtures.join("training.txt"))?;
    let sentences = train::sentences(&sentences);
    print!("{}", measure::table(&train::across(&sentences)));
    std::fs::write(
        here.join("src/tone/weights.txt"),
        train::weights(&sentences),
    )?;
    Ok(())
}

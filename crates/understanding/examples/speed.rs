//! How long it takes to understand a message: `cargo run --release -p motel-understanding --example speed`.
//!
//! Reads what guests say in the scripted dialogues, each message many times, and prints the median and the slowest hundredth.

use std::path::Path;
use std::time::{Duration, Instant};

use motel_understanding::{Context, understand};

/// How often each message is read.
const ROUNDS: usize = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/dialogues");
    let mut messages = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let text = std::fs::read_to_string(entry?.path())?;
        let said = text
            .lines()
            .filter_map(|line| line.strip_prefix("guest = \""));
        messages.extend(said.map(|rest| rest.trim_end_matches('"').to_owned()));
    }
    let context = Context::fresh("2026-12-01".parse()?, &[]);
    let mut took: Vec<Duration> = Vec::with_capacity(messages.len() * ROUNDS);
    for _ in 0..ROUNDS {
        for message in &messages {
            let start = Instant::now();
            std::hint::black_box(understand(std::hint::black_box(message), &context));
            took.push(start.elapsed());
        }
    }
    took.sort_unstable();
    let at = |hundredths: usize| {
        took.get(took.len().saturating_sub(1) * hundredths / 100)
            .copied()
            .unwrap_or_default()
    };
    println!("{} messages, each {ROUNDS} times", messages.len());
    println!(
        "median {:?}, 99 of 100 below {:?}, slowest {:?}",
        at(50),
        at(99),
        at(100)
    );
    Ok(())
}

//! How well tones are told: who is taken for whom, and how often a confidence is right.

use motel_understanding::Tone;

/// What was it, what was heard, and how sure that was.
pub(crate) type Told = (Tone, Tone, u8);

/// The confusion matrix, and the reliability by confidence, as tables of Markdown.
pub(crate) fn table(told: &[Told]) -> String {
    let names = Tone::ALL.map(Tone::as_str).join(" | ");
    let mut lines = vec![
        format!("| is \\ heard | {names} |"),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    lines.extend(Tone::ALL.map(|is| {
        let counts = Tone::ALL.map(|heard| {
            let these = told.iter().filter(|one| (one.0, one.1) == (is, heard));
            these.count().to_string()
        });
        format!("| {} | {} |", is.as_str(), counts.join(" | "))
    }));
    let right = told.iter().filter(|one| one.0 == one.1).count();
    lines.push(format!("\nRight: {right} of {}\n", told.len()));
    lines.push("| confidence | sentences | right | mean confidence |".to_owned());
    lines.push("|---|---|---|---|".to_owned());
    lines.extend(BINS.map(|bin| reliability(told, bin)));
    lines.join("\n") + "\n"
}

/// From, and below.
const BINS: [(u8, u8); 5] = [(20, 60), (60, 75), (75, 90), (90, 97), (97, 101)];

fn reliability(told: &[Told], (from, below): (u8, u8)) -> String {
    let inside: Vec<&Told> = told
        .iter()
        .filter(|one| (from..below).contains(&one.2))
        .collect();
    let right = inside.iter().filter(|one| one.0 == one.1).count();
    let sum: usize = inside.iter().map(|one| usize::from(one.2)).sum();
    let mean = sum.checked_div(inside.len()).unwrap_or_default();
    format!(
        "| {from} to {} | {} | {right} | {mean} |",
        below - 1,
        inside.len()
    )
}

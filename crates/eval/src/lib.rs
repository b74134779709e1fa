#![doc = include_str!("../README.md")]

mod error;
pub mod faq;
mod figure;
mod lines;
mod sets;
mod tally;

use std::path::Path;

pub use error::EvalError;
pub use figure::{Figure, table};

/// Reads every set below `data` (only those whose name begins with `only`, if given), writes what was predicted to
/// `predictions`, and scores it. A set that is not there gives no figure. Questions to houses are [`faq`]'s.
pub fn run(data: &Path, only: Option<&str>, predictions: &Path) -> Result<Vec<Figure>, EvalError> {
    let chosen = |name: &str| only.is_none_or(|only| name.starts_with(only));
    if !sets::ALL.iter().any(|set| chosen(set.name)) && !faq::is_chosen(only) {
        return Err(EvalError::NoSuchSet(only.unwrap_or_default().to_owned()));
    }
    std::fs::create_dir_all(predictions).map_err(|source| EvalError::Io {
        path: predictions.to_owned(),
        source,
    })?;
    let mut figures = Vec::new();
    for set in sets::ALL.iter().filter(|set| chosen(set.name)) {
        for file in lines::files(&data.join(set.folder), set.prefix)? {
            let gold = lines::read(&file)?;
            let predicted = set.predict.run(&gold, &data.join(set.folder))?;
            let stem = file
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default();
            lines::write(&predictions.join(format!("{stem}.pred.jsonl")), &predicted)?;
            let label = format!("{} ({stem})", set.name);
            let scored = (set.score)(&gold, &sets::by_id(&predicted));
            figures.extend(scored.into_iter().map(|(measure, value)| Figure {
                set: label.clone(),
                measure,
                value,
            }));
        }
    }
    Ok(figures)
}

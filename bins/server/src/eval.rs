//! `remotemotel eval`.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

/// What to measure.
#[derive(Debug, Args)]
pub struct EvalOptions {
    /// The folder with the public sets, each in a folder of its own.
    #[arg(long)]
    pub data: PathBuf,
    /// Only the sets whose name begins so.
    #[arg(long)]
    pub only: Option<String>,
    /// Where to write what was predicted, one file a set.
    #[arg(long, default_value = "eval-predictions")]
    pub predictions: PathBuf,
}

/// Measures the built-in understanding on public data and prints a table.
///
/// # Errors
/// A file cannot be read or written, or there was nothing to measure.
pub fn eval(options: &EvalOptions) -> anyhow::Result<()> {
    let figures = motel_eval::run(&options.data, options.only.as_deref(), &options.predictions)?;
    ensure!(
        !figures.is_empty(),
        "{} holds none of the sets",
        options.data.display()
    );
    print!("{}", motel_eval::table(&figures));
    Ok(())
}

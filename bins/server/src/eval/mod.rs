//! `remotemotel eval`.

mod houses;

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

use crate::settings::Settings;

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

/// Measures the built-in understanding and the search on public data, and prints a table. The search is measured in the configured
/// database, for a business that is there only as long as its transaction, which is never committed.
///
/// # Errors
/// A file cannot be read or written, there was nothing to measure, or there are questions to search for and no database.
pub async fn eval(settings: &Settings, options: &EvalOptions) -> anyhow::Result<()> {
    let only = options.only.as_deref();
    let mut figures = motel_eval::run(&options.data, only, &options.predictions)?;
    let files = motel_eval::faq::read(&options.data, only)?;
    if !files.is_empty() {
        figures.extend(houses::measure(settings, &files, &options.predictions).await?);
    }
    ensure!(
        !figures.is_empty(),
        "{} holds none of the sets",
        options.data.display()
    );
    print!("{}", motel_eval::table(&figures));
    Ok(())
}

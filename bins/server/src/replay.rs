//! `remotemotel replay`.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;
use motel_db::Db;

use crate::progress;
use crate::settings::Settings;

/// What to replay.
#[derive(Debug, Args)]
pub struct ReplayOptions {
    /// The data set, `hotels_bookings.csv` or `….csv.gz`.
    #[arg(long)]
    pub data: PathBuf,
    /// Only so many of its rows, the first ones.
    #[arg(long)]
    pub limit: Option<usize>,
}

/// Makes the bookings of two real hotels again, in a database that has not seen them, and prints occupancy, average rate and
/// revenue by month beside the file's own sums.
///
/// # Errors
/// The file cannot be read, a command refused something, or the sums differ.
pub async fn replay(settings: &Settings, options: &ReplayOptions) -> anyhow::Result<()> {
    let rows = motel_replay::read(&options.data, options.limit)?;
    let db = Db::connect(&settings.database.url, motel_replay::CONNECTIONS)
        .await
        .context("connecting to the database")?;
    let bar = progress::bar(0, "Replaying");
    let report = motel_replay::replay(&db, rows, &bar).await?;
    bar.finish_and_clear();
    println!("{report}");
    ensure!(report.matches(), "the sums differ from the file's");
    Ok(())
}

//! `remotemotel seed`: a folder describes a business, the database gets it. All of a business or nothing of it.

mod folder;
mod plant;
mod planted;
mod rooms;
mod slots;

use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;
use motel_db::Db;

use crate::ingest::embedder;
use crate::progress;
use crate::settings::Settings;
use folder::Folder;
use plant::plant;
use planted::Planted;

/// The businesses that come with the project.
const DEMO: [&str; 3] = [
    "fixtures/remotemotel",
    "fixtures/harvest-table",
    "fixtures/northlight-studio",
];

/// What to seed.
#[derive(Debug, Args)]
pub struct SeedOptions {
    /// The three demo businesses, with their public demo sign-in. Never do this to a database of real guests.
    #[arg(long)]
    pub demo: bool,
    /// Folders with a tenant.toml, and beside it inventory.toml, rates.toml, services.toml and knowledge/ where there are any.
    pub folders: Vec<PathBuf>,
}

/// Seeds each folder and says what changed. Seeding again changes nothing; on a later day it opens the days that came
/// into reach meanwhile.
///
/// # Errors
/// A folder cannot be read or breaks a rule; of that business nothing was written, the ones named before it stand.
pub async fn seed(settings: &Settings, options: &SeedOptions) -> anyhow::Result<()> {
    let demo = DEMO.iter().filter(|_| options.demo).map(PathBuf::from);
    let paths: Vec<PathBuf> = demo.chain(options.folders.iter().cloned()).collect();
    ensure!(
        !paths.is_empty(),
        "say what to seed: --demo, or folders with a tenant.toml"
    );
    // Everything is read and checked before anything is written.
    let folders: Vec<Folder> = paths
        .iter()
        .map(|path| Folder::read(path, options.demo))
        .collect::<Result<_, _>>()?;

    let db = Db::connect(&settings.database.url, 2)
        .await
        .context("connecting to the database")?;
    let embedder = embedder(settings)?;
    let bar = progress::bar(folders.iter().map(Folder::steps).sum(), "Seeding");
    for folder in &folders {
        let planted = plant(&db, embedder.as_ref(), folder, &bar).await;
        let planted = planted.with_context(|| format!("seeding {}", folder.path.display()))?;
        bar.suspend(|| report(folder, &planted));
    }
    bar.finish_and_clear();
    Ok(())
}

fn report(folder: &Folder, planted: &Planted) {
    println!("{}: {}", folder.tenant.slug, planted.summary());
}

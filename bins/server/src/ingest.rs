//! `remotemotel ingest`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::Args;
use motel_db::Db;
use motel_llm::{Embedder, HashedEmbedder, OpenAiEmbedder, OpenAiSettings};
use motel_tenancy::{Directory, Slug};

use crate::progress;
use crate::settings::Settings;

/// How many numbers the knowledge base keeps of a passage.
const DIMENSIONS: u32 = 512;

/// What to ingest.
#[derive(Debug, Args)]
pub struct IngestOptions {
    /// The folder. It becomes the whole knowledge of the business: documents whose file is gone are removed.
    pub folder: PathBuf,
    /// Whose knowledge; the default business when not said.
    #[arg(long)]
    pub tenant: Option<String>,
}

/// Reads new and changed files, removes what is gone, and says how many of each.
///
/// # Errors
/// Anything at all: then nothing was changed.
pub async fn ingest(settings: &Settings, options: &IngestOptions) -> anyhow::Result<()> {
    ensure!(
        options.folder.is_dir(),
        "{} is no folder",
        options.folder.display()
    );
    let slug = Slug::parse(
        options
            .tenant
            .as_deref()
            .unwrap_or(&settings.default_tenant),
    )?;
    let db = Db::connect(&settings.database.url, 2)
        .await
        .context("connecting to the database")?;
    let place = Directory::new(db.clone(), slug.clone()).find(&slug).await?;
    let place = place.with_context(|| format!("there is no business {slug}; seed it first"))?;

    let embedder = embedder(settings)?;
    let bar = progress::bar(0, "Reading");
    let mut tx = db.tenant(place.0.id).await?;
    let read = motel_knowledge::commands::ingest_folder(
        &mut tx,
        embedder.as_ref(),
        &options.folder,
        |step| {
            bar.set_length(step.total.try_into().unwrap_or(u64::MAX));
            bar.set_position(step.done.try_into().unwrap_or(u64::MAX));
            bar.set_message(step.source.to_owned());
        },
    );
    let summary = read.await?;
    tx.commit().await?;
    bar.finish_and_clear();
    println!(
        "{slug}: {} read ({} passages), {} unchanged, {} removed, {} ignored",
        summary.read, summary.passages, summary.unchanged, summary.removed, summary.ignored
    );
    Ok(())
}

/// The embedder the settings ask for: the model of a folder, an OpenAI-compatible service when there is a key, the built-in one otherwise.
///
/// # Errors
/// Both are set, the folder holds no model that can be used here, or no HTTPS client can be made.
pub fn embedder(settings: &Settings) -> anyhow::Result<Arc<dyn Embedder>> {
    if let Some(folder) = &settings.knowledge.local_model {
        ensure!(
            settings.knowledge.openai.api_key.is_none(),
            "knowledge.local_model and knowledge.openai.api_key are both set: only one model can make the vectors"
        );
        return local(folder);
    }
    let account = &settings.knowledge.openai;
    let Some(api_key) = account.api_key.clone() else {
        return Ok(Arc::new(HashedEmbedder));
    };
    let embedder = OpenAiEmbedder::new(OpenAiSettings {
        api_base: account
            .api_base
            .clone()
            .unwrap_or_else(|| "https://api.openai.com/v1".to_owned()),
        api_key,
        model: account
            .model
            .clone()
            .unwrap_or_else(|| "text-embedding-3-small".to_owned()),
        dimensions: DIMENSIONS,
    })?;
    Ok(Arc::new(embedder))
}

#[cfg(feature = "local-embedder")]
fn local(folder: &Path) -> anyhow::Result<Arc<dyn Embedder>> {
    let dimensions = usize::try_from(DIMENSIONS)?;
    let embedder = motel_local_embedder::LocalEmbedder::open(folder, dimensions)
        .context("opening knowledge.local_model")?;
    Ok(Arc::new(embedder))
}

#[cfg(not(feature = "local-embedder"))]
fn local(_: &Path) -> anyhow::Result<Arc<dyn Embedder>> {
    anyhow::bail!(
        "knowledge.local_model is set, but this program was built without the feature local-embedder"
    )
}

use std::collections::HashMap;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::DocumentId;
use motel_llm::Embedder;
use sha2::{Digest, Sha256};

use super::folder::{Folder, TextFile};
use super::take_in::take_in;
use crate::model::DIMENSIONS;
use crate::schema::documents;
use crate::{IngestStep, IngestSummary, KnowledgeError};

/// Part of every fingerprint. Raise it when the same file would become other passages, so that all are read again.
const READING: &str = "2";

/// Makes the tenant's knowledge that of a folder of Markdown, HTML and text files: new and changed files are taken in,
/// unchanged ones left alone, documents whose file is gone removed. `progress` hears of every file.
///
/// A file counts as changed as well when another model embeds it. Nothing is visible before the caller commits, and
/// nothing is changed when it does not, so a failure half-way leaves the old knowledge whole.
///
/// # Errors
/// When a file cannot be read, is no text, or breaks a bound (1 MiB a file, 2,000 files, 8 folders deep), when the model
/// fails, or its vectors do not have 512 numbers.
pub async fn ingest_folder(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    dir: &Path,
    mut progress: impl FnMut(IngestStep<'_>),
) -> Result<IngestSummary, KnowledgeError> {
    check_dimensions(embedder)?;
    let folder = Folder::read(dir)?;
    one_at_a_time(tx).await?;
    let mut known = known_documents(tx).await?;
    let mut summary = IngestSummary {
        ignored: folder.ignored,
        ..IngestSummary::default()
    };
    for (index, file) in folder.files.iter().enumerate() {
        let fingerprint = fingerprint(file, embedder.model());
        match known.remove(&file.source) {
            Some((_, old)) if old == fingerprint => summary.unchanged += 1,
            old => {
                remove(tx, old.map(|(id, _)| id).as_slice()).await?;
                summary.passages += take_in(tx, embedder, file, fingerprint).await?;
                summary.read += 1;
            }
        }
        progress(IngestStep {
            source: &file.source,
            done: index + 1,
            total: folder.files.len(),
        });
    }
    let gone: Vec<DocumentId> = known.into_values().map(|(id, _)| id).collect();
    summary.removed = remove(tx, &gone).await?;
    Ok(summary)
}

fn check_dimensions(embedder: &dyn Embedder) -> Result<(), KnowledgeError> {
    if embedder.dimensions() == DIMENSIONS {
        return Ok(());
    }
    Err(KnowledgeError::Dimensions {
        model: embedder.model().to_owned(),
        dimensions: embedder.dimensions(),
        expected: DIMENSIONS,
    })
}

/// Two runs for one tenant at the same time would see each other's half-done work as missing documents.
async fn one_at_a_time(tx: &mut TenantTx) -> Result<(), KnowledgeError> {
    let tenant = tx.tenant().to_string();
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtext('knowledge.ingest'), hashtext($1))")
        .bind::<Text, _>(tenant)
        .execute(tx.conn())
        .await?;
    Ok(())
}

type Known = HashMap<String, (DocumentId, Vec<u8>)>;

async fn known_documents(tx: &mut TenantTx) -> Result<Known, KnowledgeError> {
    let rows: Vec<(String, DocumentId, Vec<u8>)> = documents::table
        .select((documents::source, documents::id, documents::fingerprint))
        .load(tx.conn())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(source, id, fingerprint)| (source, (id, fingerprint)))
        .collect())
}

fn fingerprint(file: &TextFile, model: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in [READING, model, &file.source, &file.text] {
        // The length keeps the end of one part from passing for the beginning of the next.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// The passages go with their document.
async fn remove(tx: &mut TenantTx, ids: &[DocumentId]) -> Result<usize, KnowledgeError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let gone = documents::table.filter(documents::id.eq_any(ids));
    Ok(diesel::delete(gone).execute(tx.conn()).await?)
}

use std::collections::HashMap;
use std::path::Path;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::DocumentId;
use motel_llm::Embedder;

use super::fingerprint::fingerprint;
use super::folder::{Folder, FolderFile};
use super::take_in::{Old, check_dimensions, take_in};
use super::turns::one_at_a_time;
use crate::schema::documents;
use crate::{Contents, IngestStep, IngestSummary, KnowledgeError, NewDocument, Origin};

/// Makes the tenant's knowledge that of a folder of documents, as far as it comes from folders: new and changed files are taken in,
/// unchanged ones left alone, documents whose file is gone removed. What the team uploaded or answered stays. `progress` hears of
/// every file.
///
/// A file counts as changed as well when another model embeds it. Nothing is visible before the caller commits, and
/// nothing is changed when it does not, so a failure half-way leaves the old knowledge whole.
///
/// # Errors
/// When a file cannot be read, is no document of its format, or breaks a bound (1 MiB a file, 8 MiB a PDF or file of a
/// word processor, 2,000 files, 8 folders deep), when a document of another origin has its name, when the model
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
        let new = document(file);
        let fingerprint = fingerprint(&new, embedder.model());
        match known.remove(&file.source) {
            Some((_, origin, _)) if origin != Origin::Folder => {
                return Err(KnowledgeError::SourceTaken(file.source.clone()));
            }
            Some((_, _, old)) if old == fingerprint => summary.unchanged += 1,
            old => {
                let old = old.map(|(old, _, _)| old);
                let put = take_in(tx, embedder, &new, fingerprint, old).await?;
                summary.passages += put.passages;
                summary.read += 1;
            }
        }
        progress(IngestStep {
            source: &file.source,
            done: index + 1,
            total: folder.files.len(),
        });
    }
    let from_folders = known
        .into_values()
        .filter(|(_, origin, _)| *origin == Origin::Folder);
    let gone: Vec<DocumentId> = from_folders.map(|(old, _, _)| old.id).collect();
    summary.removed = remove(tx, &gone).await?;
    Ok(summary)
}

fn document(file: &FolderFile) -> NewDocument<'_> {
    NewDocument {
        source: &file.source,
        origin: Origin::Folder,
        valid_until: None,
        contents: Contents::File {
            format: file.format,
            name: &file.name,
            bytes: &file.bytes,
        },
    }
}

/// What is there, by source.
type Known = HashMap<String, (Old, Origin, Vec<u8>)>;

async fn known_documents(tx: &mut TenantTx) -> Result<Known, KnowledgeError> {
    let rows: Vec<(String, DocumentId, i32, Origin, Vec<u8>)> = documents::table
        .filter(documents::tenant_id.eq(tx.tenant().as_uuid()))
        .select((
            documents::source,
            documents::id,
            documents::version,
            documents::origin,
            documents::fingerprint,
        ))
        .load(tx.conn())
        .await?;
    let known = |(source, id, version, origin, fingerprint)| {
        (source, (Old { id, version }, origin, fingerprint))
    };
    Ok(rows.into_iter().map(known).collect())
}

/// The passages go with their document.
async fn remove(tx: &mut TenantTx, ids: &[DocumentId]) -> Result<usize, KnowledgeError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let gone = documents::table
        .filter(documents::tenant_id.eq(tx.tenant().as_uuid()))
        .filter(documents::id.eq_any(ids));
    Ok(diesel::delete(gone).execute(tx.conn()).await?)
}

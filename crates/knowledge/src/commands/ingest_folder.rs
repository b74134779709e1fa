use std::collections::HashMap;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::DocumentId;
use motel_llm::Embedder;
use sha2::{Digest, Sha256};

use super::folder::{Folder, TextFile};
use crate::model::{DIMENSIONS, Vector, VectorSql};
use crate::rules::{Article, Piece, fold};
use crate::schema::documents;
use crate::{IngestStep, IngestSummary, KnowledgeError};

/// Part of every fingerprint. Raise it when the same file would become other passages, so that all are read again.
const READING: &str = "1";

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

async fn take_in(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    file: &TextFile,
    fingerprint: Vec<u8>,
) -> Result<usize, KnowledgeError> {
    let Some(article) = Article::parse(&file.extension, &file.name, &file.text) else {
        return Ok(0);
    };
    let pieces = article.pieces();
    let vectors = embedder.embed(&texts(&article.title, &pieces)).await?;
    let document = DocumentId::new();
    diesel::insert_into(documents::table)
        .values((
            documents::tenant_id.eq(tx.tenant().as_uuid()),
            documents::id.eq(document),
            documents::source.eq(&file.source),
            documents::title.eq(&article.title),
            documents::fingerprint.eq(fingerprint),
        ))
        .execute(tx.conn())
        .await?;
    for (position, (piece, vector)) in pieces.iter().zip(vectors).enumerate() {
        insert_passage(
            tx,
            embedder.model(),
            document,
            position,
            &article.title,
            piece,
            vector,
        )
        .await?;
    }
    Ok(pieces.len())
}

fn texts(title: &str, pieces: &[Piece]) -> Vec<String> {
    pieces
        .iter()
        .map(|piece| format!("{title}\n{}\n{}", piece.heading, piece.body))
        .collect()
}

async fn insert_passage(
    tx: &mut TenantTx,
    model: &str,
    document: DocumentId,
    position: usize,
    title: &str,
    piece: &Piece,
    vector: Vec<f32>,
) -> Result<(), KnowledgeError> {
    let tenant = tx.tenant().as_uuid();
    // The opening words of a document stand under its title.
    let heading = if piece.heading.is_empty() {
        title
    } else {
        &piece.heading
    };
    let folded = [heading, title, &piece.body].map(fold);
    diesel::sql_query(INSERT_PASSAGE)
        .bind::<SqlUuid, _>(tenant)
        .bind::<SqlUuid, _>(document.as_uuid())
        .bind::<Integer, _>(i32::try_from(position).unwrap_or(i32::MAX))
        .bind::<Text, _>(&piece.heading)
        .bind::<Text, _>(&piece.body)
        .bind::<Array<Text>, _>(folded.to_vec())
        .bind::<VectorSql, _>(Vector::from(vector))
        .bind::<Text, _>(model)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The query builder has no words for the weights of a tsvector.
const INSERT_PASSAGE: &str = "
    INSERT INTO knowledge.passages
        (tenant_id, id, document_id, position, heading, body, words, embedding, embedding_model)
    VALUES ($1, gen_random_uuid(), $2, $3, $4, $5,
        setweight(to_tsvector('pg_catalog.english', ($6::text[])[1]), 'A')
            || setweight(to_tsvector('pg_catalog.english', ($6::text[])[2]), 'B')
            || setweight(to_tsvector('pg_catalog.english', ($6::text[])[3]), 'D'),
        $7, $8)";

use std::collections::HashMap;

use diesel::dsl::now;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::DocumentId;
use motel_llm::Embedder;

use super::fingerprint::text_digest;
use super::passages::{NewPassage, insert_passages, kept_vectors, remove_passages};
use crate::model::{DIMENSIONS, Vector};
use crate::rules::{Article, Piece};
use crate::schema::{documents, versions};
use crate::{KnowledgeError, NewDocument, Origin, Put};

/// So many passages are a library, not a document.
const MOST_PIECES: usize = 5_000;
/// The same of one that is taken in while somebody waits, and a connection with them.
const MOST_SENT: usize = 500;
/// The most characters that a version keeps, and all versions of a document but the latest.
const LONGEST: usize = 4_000_000;
const LONGEST_OF_FORMER: i64 = 2_000_000;
/// So many versions of a document are kept.
const VERSIONS_KEPT: i32 = 10;

/// A document that is there already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Old {
    pub(super) id: DocumentId,
    pub(super) version: i32,
}

/// A model whose vectors the table cannot hold is refused before anything is read.
pub(super) fn check_dimensions(embedder: &dyn Embedder) -> Result<(), KnowledgeError> {
    if embedder.dimensions() == DIMENSIONS {
        return Ok(());
    }
    Err(KnowledgeError::Dimensions {
        model: embedder.model().to_owned(),
        dimensions: embedder.dimensions(),
        expected: DIMENSIONS,
    })
}

/// Writes a document and its passages, in the place of the old one. Passages that say what they said before keep their vectors: a
/// service is asked for the others only.
pub(super) async fn take_in(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    new: &NewDocument<'_>,
    fingerprint: Vec<u8>,
    old: Option<Old>,
) -> Result<Put, KnowledgeError> {
    let unfit = |reason| KnowledgeError::Unfit {
        source_name: new.source.to_owned(),
        reason,
    };
    let article = Article::of(&new.contents).map_err(|error| unfit(error.0))?;
    let pieces = article.pieces();
    let most = match new.origin {
        Origin::Folder => MOST_PIECES,
        Origin::Upload | Origin::Answer => MOST_SENT,
    };
    let content = article.to_markdown();
    if pieces.len() > most || content.chars().count() > LONGEST {
        return Err(unfit("says too much for one document"));
    }
    let known = match old {
        Some(old) => kept_vectors(tx, old.id, embedder.model()).await?,
        None => HashMap::new(),
    };
    let (passages, kept) = with_vectors(embedder, &article, &pieces, known).await?;
    let document = write_document(tx, new, &article, fingerprint, passages.len(), old).await?;
    if old.is_some() {
        remove_passages(tx, document).await?;
    }
    insert_passages(tx, document, &article, embedder.model(), &passages).await?;
    let version = old.map_or(1, |old| old.version + 1);
    keep_version(tx, document, version, &article.title, &content).await?;
    Ok(Put {
        document,
        passages: passages.len(),
        kept,
        is_changed: true,
    })
}

/// Each piece with its vector, and how many of these were known.
async fn with_vectors<'a>(
    embedder: &dyn Embedder,
    article: &Article,
    pieces: &'a [Piece],
    mut known: HashMap<Vec<u8>, Vector>,
) -> Result<(Vec<NewPassage<'a>>, usize), KnowledgeError> {
    let texts = pieces
        .iter()
        .map(|piece| format!("{}\n{}\n{}", article.title, piece.heading, piece.body));
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for text in texts {
        let digest = text_digest(embedder.model(), &text);
        let vector = known.remove(&digest);
        if vector.is_none() {
            missing.push(text);
        }
        found.push((digest, vector));
    }
    let kept = pieces.len() - missing.len();
    let mut made = match missing.is_empty() {
        true => Vec::new(),
        false => embedder.embed(&missing).await?,
    }
    .into_iter();
    let passages = pieces
        .iter()
        .zip(found)
        .filter_map(|(piece, (digest, vector))| {
            let vector = vector.or_else(|| made.next().map(Vector::from))?;
            Some(NewPassage {
                piece,
                digest,
                vector,
            })
        });
    Ok((passages.collect(), kept))
}

async fn write_document(
    tx: &mut TenantTx,
    new: &NewDocument<'_>,
    article: &Article,
    fingerprint: Vec<u8>,
    passages: usize,
    old: Option<Old>,
) -> Result<DocumentId, KnowledgeError> {
    let said = (
        documents::title.eq(&article.title),
        documents::fingerprint.eq(fingerprint),
        documents::ingested_at.eq(now),
        documents::valid_until.eq(new.valid_until),
        documents::passages.eq(i32::try_from(passages).unwrap_or(i32::MAX)),
    );
    let tenant = tx.tenant().as_uuid();
    if let Some(old) = old {
        let there = documents::table.find((tenant, old.id.as_uuid()));
        diesel::update(there)
            .set((said, documents::version.eq(old.version + 1)))
            .execute(tx.conn())
            .await?;
        return Ok(old.id);
    }
    let id = DocumentId::new();
    diesel::insert_into(documents::table)
        .values((
            documents::tenant_id.eq(tenant),
            documents::id.eq(id),
            documents::source.eq(new.source),
            documents::origin.eq(new.origin),
            said,
        ))
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// Notes what it says, and forgets what it said long ago.
async fn keep_version(
    tx: &mut TenantTx,
    document: DocumentId,
    version: i32,
    title: &str,
    content: &str,
) -> Result<(), KnowledgeError> {
    let tenant = tx.tenant().as_uuid();
    diesel::insert_into(versions::table)
        .values((
            versions::tenant_id.eq(tenant),
            versions::document_id.eq(document.as_uuid()),
            versions::version.eq(version),
            versions::title.eq(title),
            versions::content.eq(content),
        ))
        .execute(tx.conn())
        .await?;
    diesel::sql_query(FORGET_VERSIONS)
        .bind::<SqlUuid, _>(tenant)
        .bind::<SqlUuid, _>(document.as_uuid())
        .bind::<Integer, _>(version)
        .bind::<Integer, _>(VERSIONS_KEPT)
        .bind::<BigInt, _>(LONGEST_OF_FORMER)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Of the versions before the latest, those that are too old, and those before which too much is kept.
const FORGET_VERSIONS: &str = "
    DELETE FROM knowledge.versions WHERE tenant_id = $1 AND document_id = $2 AND version IN (
        SELECT version FROM (
            SELECT version, sum(char_length(content)) OVER (ORDER BY version DESC) AS so_far
            FROM knowledge.versions WHERE tenant_id = $1 AND document_id = $2 AND version < $3
        ) AS former
        WHERE version <= $3 - $4 OR so_far > $5)";

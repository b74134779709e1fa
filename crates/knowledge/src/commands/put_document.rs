use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_llm::Embedder;

use super::fingerprint::fingerprint;
use super::take_in::{Old, check_dimensions, take_in};
use super::turns::take_turn;
use crate::schema::documents;
use crate::{KnowledgeError, NewDocument, Origin, Put};

/// The most documents of a business that came otherwise than from a folder.
const MOST_DOCUMENTS: i64 = 2_000;
/// The most passages of a business before nothing more is taken in but by the operator. The index over vectors is everybody's.
const MOST_PASSAGES: i64 = 50_000;

/// Takes in one document, in the place of the one of the same source. The same again changes nothing but until when it holds.
///
/// # Errors
/// [`KnowledgeError::Unfit`] when it cannot be read or says too much, [`KnowledgeError::SourceTaken`] when a document of this source
/// comes from elsewhere, [`KnowledgeError::TooMany`] at 2,000 documents or 50,000 passages, [`KnowledgeError::Busy`] while another is
/// taken in; when the model or the database fails.
pub async fn put_document(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    new: &NewDocument<'_>,
) -> Result<Put, KnowledgeError> {
    check_dimensions(embedder)?;
    take_turn(tx).await?;
    let fingerprint = fingerprint(new, embedder.model());
    let there = there(tx, new.source).await?;
    if passages(tx).await? >= MOST_PASSAGES {
        return Err(KnowledgeError::TooMany);
    }
    let Some(there) = there else {
        if count(tx).await? >= MOST_DOCUMENTS {
            return Err(KnowledgeError::TooMany);
        }
        return take_in(tx, embedder, new, fingerprint, None).await;
    };
    if there.origin != new.origin {
        return Err(KnowledgeError::SourceTaken(new.source.to_owned()));
    }
    if there.fingerprint != fingerprint {
        return take_in(tx, embedder, new, fingerprint, Some(there.old)).await;
    }
    let document = documents::table.find((tx.tenant().as_uuid(), there.old.id.as_uuid()));
    diesel::update(document)
        .set(documents::valid_until.eq(new.valid_until))
        .execute(tx.conn())
        .await?;
    Ok(Put {
        document: there.old.id,
        passages: there.passages,
        kept: there.passages,
        is_changed: false,
    })
}

/// A document that is there under the source of another.
struct There {
    old: Old,
    origin: Origin,
    fingerprint: Vec<u8>,
    passages: usize,
}

async fn there(tx: &mut TenantTx, source: &str) -> Result<Option<There>, KnowledgeError> {
    let row = documents::table
        .filter(documents::tenant_id.eq(tx.tenant().as_uuid()))
        .filter(documents::source.eq(source))
        .select((
            documents::id,
            documents::version,
            documents::origin,
            documents::fingerprint,
            documents::passages,
        ))
        .first::<(motel_kernel::DocumentId, i32, Origin, Vec<u8>, i32)>(tx.conn())
        .await
        .optional()?;
    Ok(
        row.map(|(id, version, origin, fingerprint, passages)| There {
            old: Old { id, version },
            origin,
            fingerprint,
            passages: usize::try_from(passages).unwrap_or_default(),
        }),
    )
}

/// How many passages the tenant has.
async fn passages(tx: &mut TenantTx) -> Result<i64, KnowledgeError> {
    let sum = documents::table
        .filter(documents::tenant_id.eq(tx.tenant().as_uuid()))
        .select(diesel::dsl::sum(documents::passages))
        .get_result::<Option<i64>>(tx.conn())
        .await?;
    Ok(sum.unwrap_or_default())
}

async fn count(tx: &mut TenantTx) -> Result<i64, KnowledgeError> {
    let count = documents::table
        .filter(documents::tenant_id.eq(tx.tenant().as_uuid()))
        .filter(documents::origin.ne(Origin::Folder))
        .count()
        .get_result(tx.conn())
        .await?;
    Ok(count)
}

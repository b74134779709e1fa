use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{GuestId, IdentityDocumentId};

use super::Occasion;
use super::locked::locked;
use super::record::record;
use crate::schema::documents;
use crate::{Document, DocumentDetails, GuestEventKind, GuestsError, MOST_DOCUMENTS};

/// Notes that a document was seen.
///
/// # Errors
/// [`GuestsError::NotFound`], [`GuestsError::Erased`]; [`GuestsError::TooManyDocuments`] beyond [`MOST_DOCUMENTS`].
pub async fn add_document(
    tx: &mut TenantTx,
    guest: GuestId,
    details: &DocumentDetails,
    occasion: Occasion,
) -> Result<Document, GuestsError> {
    let guest = locked(tx, guest, None).await?.id;
    let kept: i64 = documents::table
        .filter(documents::tenant_id.eq(tx.tenant()))
        .filter(documents::guest_id.eq(guest))
        .count()
        .get_result(tx.conn())
        .await?;
    if kept >= MOST_DOCUMENTS {
        return Err(GuestsError::TooManyDocuments);
    }
    let document = diesel::insert_into(documents::table)
        .values((
            documents::tenant_id.eq(tx.tenant()),
            documents::id.eq(IdentityDocumentId::new()),
            documents::guest_id.eq(guest),
            details,
            documents::actor.eq(occasion.actor),
            documents::at.eq(occasion.now),
        ))
        .returning(Document::as_returning())
        .get_result(tx.conn())
        .await?;
    let kind = GuestEventKind::DocumentAdded;
    record(tx, guest, kind, &[], None, occasion).await?;
    Ok(document)
}

/// Removes a document; that one was seen stays known.
///
/// # Errors
/// [`GuestsError::NotFound`], also for somebody else's document; [`GuestsError::Erased`].
pub async fn remove_document(
    tx: &mut TenantTx,
    guest: GuestId,
    document: IdentityDocumentId,
    occasion: Occasion,
) -> Result<(), GuestsError> {
    let guest = locked(tx, guest, None).await?.id;
    let found = documents::table.find((tx.tenant(), document));
    let removed = diesel::delete(found.filter(documents::guest_id.eq(guest)))
        .execute(tx.conn())
        .await?;
    if removed == 0 {
        return Err(GuestsError::NotFound("document"));
    }
    let kind = GuestEventKind::DocumentRemoved;
    record(tx, guest, kind, &[], None, occasion).await
}

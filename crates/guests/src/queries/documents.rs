use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{GuestId, IdentityDocumentId};

use crate::schema::documents;
use crate::{Document, GuestsError};

/// A guest's documents, the newest first; at most `limit`, beginning after (that is, older than) `after`.
pub async fn documents(
    tx: &mut TenantTx,
    guest: GuestId,
    after: Option<IdentityDocumentId>,
    limit: i64,
) -> Result<Vec<Document>, GuestsError> {
    let mut wanted = documents::table
        .filter(documents::tenant_id.eq(tx.tenant()))
        .filter(documents::guest_id.eq(guest))
        .order(documents::id.desc())
        .limit(limit)
        .select(Document::as_select())
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(documents::id.lt(after));
    }
    Ok(wanted.load(tx.conn()).await?)
}

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, GuestId, GuestNoteId};

use crate::schema::notes;
use crate::{GuestsError, Note};

/// The notes on a guest, the newest first; at most `limit`, beginning after (that is, older than) `after`.
pub async fn notes(
    tx: &mut TenantTx,
    guest: GuestId,
    after: Option<GuestNoteId>,
    limit: i64,
) -> Result<Vec<Note>, GuestsError> {
    let mut wanted = notes::table
        .filter(notes::tenant_id.eq(tx.tenant()))
        .filter(notes::guest_id.eq(guest))
        .order(notes::id.desc())
        .limit(limit)
        .select(Note::as_select())
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(notes::id.lt(after));
    }
    Ok(wanted.load(tx.conn()).await?)
}

/// What somebody noted, on whichever guest, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn notes_by(tx: &mut TenantTx, actor: Actor) -> Result<Vec<Note>, GuestsError> {
    Ok(notes::table
        .filter(notes::tenant_id.eq(tx.tenant()))
        .filter(notes::actor.eq(actor))
        .order(notes::id)
        .select(Note::as_select())
        .load(tx.conn())
        .await?)
}

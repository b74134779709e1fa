use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{GuestId, GuestNoteId};

use super::Occasion;
use super::locked::locked;
use super::record::record;
use crate::schema::notes;
use crate::{GuestEventKind, GuestsError, Note};

/// Writes a note on a guest, of 1 to 2,000 characters.
///
/// # Errors
/// [`GuestsError::NotFound`], [`GuestsError::Erased`].
pub async fn add_note(
    tx: &mut TenantTx,
    guest: GuestId,
    text: &str,
    occasion: Occasion,
) -> Result<Note, GuestsError> {
    let guest = locked(tx, guest, None).await?.id;
    let note = diesel::insert_into(notes::table)
        .values((
            notes::tenant_id.eq(tx.tenant()),
            notes::id.eq(GuestNoteId::new()),
            notes::guest_id.eq(guest),
            notes::text.eq(text),
            notes::actor.eq(occasion.actor),
            notes::at.eq(occasion.now),
        ))
        .returning(Note::as_returning())
        .get_result(tx.conn())
        .await?;
    record(tx, guest, GuestEventKind::NoteAdded, &[], None, occasion).await?;
    Ok(note)
}

/// Removes a note; that there was one stays known.
///
/// # Errors
/// [`GuestsError::NotFound`], also for a note on somebody else; [`GuestsError::Erased`].
pub async fn remove_note(
    tx: &mut TenantTx,
    guest: GuestId,
    note: GuestNoteId,
    occasion: Occasion,
) -> Result<(), GuestsError> {
    let guest = locked(tx, guest, None).await?.id;
    let found = notes::table.find((tx.tenant(), note));
    let removed = diesel::delete(found.filter(notes::guest_id.eq(guest)))
        .execute(tx.conn())
        .await?;
    if removed == 0 {
        return Err(GuestsError::NotFound("note"));
    }
    record(tx, guest, GuestEventKind::NoteRemoved, &[], None, occasion).await
}

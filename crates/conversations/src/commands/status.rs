use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ConversationId, GuestId};

use crate::ConversationError;
use crate::model::Status;
use crate::schema::conversations;

/// Puts a person in charge of the answers. Doing it twice changes nothing.
///
/// # Errors
/// [`ConversationError::NotFound`].
pub async fn hand_over(tx: &mut TenantTx, id: ConversationId) -> Result<(), ConversationError> {
    let updated = diesel::update(conversations::table.find((tx.tenant(), id)))
        .set(conversations::status.eq(Status::HandedOver))
        .execute(tx.conn())
        .await?;
    found(updated, id)
}

/// Ends an open conversation: the caller hung up. One that waits for a person goes on waiting.
///
/// # Errors
/// A database fault.
pub async fn close(tx: &mut TenantTx, id: ConversationId) -> Result<(), ConversationError> {
    let open = conversations::table
        .find((tx.tenant(), id))
        .filter(conversations::status.eq(Status::Open));
    diesel::update(open)
        .set(conversations::status.eq(Status::Closed))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes who the guest is.
///
/// # Errors
/// [`ConversationError::NotFound`].
pub async fn know_guest(
    tx: &mut TenantTx,
    id: ConversationId,
    guest: GuestId,
) -> Result<(), ConversationError> {
    let updated = diesel::update(conversations::table.find((tx.tenant(), id)))
        .set(conversations::guest_id.eq(guest))
        .execute(tx.conn())
        .await?;
    found(updated, id)
}

fn found(updated: usize, id: ConversationId) -> Result<(), ConversationError> {
    if updated == 0 {
        Err(ConversationError::NotFound(id))
    } else {
        Ok(())
    }
}

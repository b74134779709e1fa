use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ConversationId, GuestId};

use crate::events::ConversationHandedOver;
use crate::model::Status;
use crate::schema::conversations;
use crate::{ConversationError, queries};

/// Puts a person in charge of the answers. Doing it twice changes nothing.
///
/// # Errors
/// [`ConversationError::NotFound`].
pub async fn hand_over(tx: &mut TenantTx, id: ConversationId) -> Result<(), ConversationError> {
    match put_in_charge(tx, id).await? {
        true => tell(tx, id).await,
        false => Ok(()),
    }
}

/// Whether nobody was in charge before.
pub(super) async fn put_in_charge(
    tx: &mut TenantTx,
    id: ConversationId,
) -> Result<bool, ConversationError> {
    let not_yet = conversations::table
        .find((tx.tenant(), id))
        .filter(conversations::status.ne(Status::HandedOver));
    let updated = diesel::update(not_yet)
        .set(conversations::status.eq(Status::HandedOver))
        .execute(tx.conn())
        .await?;
    if updated == 0 {
        queries::find(tx, id).await?;
    }
    Ok(updated > 0)
}

/// Tells staff that somebody waits for them.
pub(super) async fn tell(tx: &mut TenantTx, id: ConversationId) -> Result<(), ConversationError> {
    let handed_over = ConversationHandedOver {
        conversation_id: id,
    };
    motel_jobs::publish(tx, &handed_over).await?;
    Ok(())
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
    if updated == 0 {
        Err(ConversationError::NotFound(id))
    } else {
        Ok(())
    }
}

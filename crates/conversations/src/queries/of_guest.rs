use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ConversationId, GuestId};

use crate::ConversationError;
use crate::schema::conversations;

/// The newest conversations known to be with this guest, at most a hundred.
///
/// # Errors
/// A database fault.
pub async fn of_guest(
    tx: &mut TenantTx,
    guest: GuestId,
) -> Result<Vec<ConversationId>, ConversationError> {
    let ids = conversations::table
        .filter(conversations::tenant_id.eq(tx.tenant()))
        .filter(conversations::guest_id.eq(guest))
        .order(conversations::last_message_at.desc())
        .limit(100)
        .select(conversations::id)
        .load(tx.conn())
        .await?;
    Ok(ids)
}

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ConversationId, GuestId};

use crate::ConversationError;
use crate::schema::conversations;

/// All conversations known to be with one of these guests, the oldest first.
///
/// # Errors
/// A database fault.
pub async fn of_guests(
    tx: &mut TenantTx,
    guests: &[GuestId],
) -> Result<Vec<ConversationId>, ConversationError> {
    let ids = conversations::table
        .filter(conversations::tenant_id.eq(tx.tenant()))
        .filter(conversations::guest_id.eq_any(guests))
        .order(conversations::id)
        .select(conversations::id)
        .load(tx.conn())
        .await?;
    Ok(ids)
}

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ConversationId;

use crate::ConversationError;
use crate::model::Conversation;
use crate::schema::conversations;

/// One conversation of the tenant.
///
/// # Errors
/// [`ConversationError::NotFound`].
pub async fn find(
    tx: &mut TenantTx,
    id: ConversationId,
) -> Result<Conversation, ConversationError> {
    conversations::table
        .find((tx.tenant(), id))
        .select(Conversation::as_select())
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(ConversationError::NotFound(id))
}

/// One conversation, locked until the transaction ends, so that a second message of it waits its turn.
///
/// # Errors
/// [`ConversationError::NotFound`].
pub async fn load_for_update(
    tx: &mut TenantTx,
    id: ConversationId,
) -> Result<Conversation, ConversationError> {
    conversations::table
        .find((tx.tenant(), id))
        .select(Conversation::as_select())
        .for_update()
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(ConversationError::NotFound(id))
}

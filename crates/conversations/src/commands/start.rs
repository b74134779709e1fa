use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ConversationId;

use crate::ConversationError;
use crate::model::{Channel, Conversation};
use crate::schema::conversations;

/// Begins a conversation, open and empty.
///
/// # Errors
/// A database fault.
pub async fn start(tx: &mut TenantTx, channel: Channel) -> Result<Conversation, ConversationError> {
    let row = (
        conversations::tenant_id.eq(tx.tenant()),
        conversations::id.eq(ConversationId::new()),
        conversations::channel.eq(channel),
    );
    let started = diesel::insert_into(conversations::table)
        .values(row)
        .returning(Conversation::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(started)
}

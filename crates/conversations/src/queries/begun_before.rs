use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ConversationId;

use crate::ConversationError;
use crate::schema::conversations;

/// At most `limit` conversations, the latest begun first; with `before` those that began before that one. Ids are in order of time.
///
/// # Errors
/// A database fault.
pub async fn begun_before(
    tx: &mut TenantTx,
    before: Option<ConversationId>,
    limit: i64,
) -> Result<Vec<ConversationId>, ConversationError> {
    let mut wanted = conversations::table
        .filter(conversations::tenant_id.eq(tx.tenant()))
        .order(conversations::id.desc())
        .select(conversations::id)
        .limit(limit)
        .into_boxed();
    if let Some(before) = before {
        wanted = wanted.filter(conversations::id.lt(before));
    }
    Ok(wanted.load(tx.conn()).await?)
}

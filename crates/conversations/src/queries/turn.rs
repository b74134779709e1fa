use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ConversationId;

use crate::ConversationError;
use crate::model::Turn;
use crate::schema::turns;

/// One turn of a conversation; nothing when the tenant has none of that number.
///
/// # Errors
/// A database fault.
pub async fn turn(
    tx: &mut TenantTx,
    id: ConversationId,
    seq: i32,
) -> Result<Option<Turn>, ConversationError> {
    let turn = turns::table
        .find((tx.tenant(), id, seq))
        .select(Turn::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(turn)
}

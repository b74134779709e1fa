use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ConversationId;

use crate::ConversationError;
use crate::model::Turn;
use crate::schema::turns;

/// How many turns a transcript shows at most: far more than any conversation has, far less than would hurt.
const LONGEST: i64 = 2_000;

/// Everything said in a conversation, in order. Empty for a conversation the tenant does not have.
///
/// # Errors
/// A database fault.
pub async fn transcript(
    tx: &mut TenantTx,
    id: ConversationId,
) -> Result<Vec<Turn>, ConversationError> {
    let turns = turns::table
        .filter(turns::tenant_id.eq(tx.tenant()))
        .filter(turns::conversation_id.eq(id))
        .order(turns::seq)
        .limit(LONGEST)
        .select(Turn::as_select())
        .load(tx.conn())
        .await?;
    Ok(turns)
}

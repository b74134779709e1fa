use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::ConversationError;
use crate::model::FellBack;
use crate::schema::turn_records;

/// When a model that is switched on did not answer last for another reason than these, at most `limit` times, the last first.
///
/// # Errors
/// A database fault.
pub async fn fell_back(
    tx: &mut TenantTx,
    but_for: &[&str],
    limit: i64,
) -> Result<Vec<FellBack>, ConversationError> {
    let found = turn_records::table
        .filter(turn_records::tenant_id.eq(tx.tenant()))
        .filter(turn_records::fallback.is_not_null())
        .filter(turn_records::fallback.ne_all(but_for.to_vec()))
        .order(turn_records::recorded_at.desc())
        .limit(limit)
        .select(FellBack::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}

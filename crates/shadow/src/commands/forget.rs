use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ConversationId;
use serde_json::json;

use crate::ShadowError;
use crate::schema::scores;

/// Empties what stands in scores of who spoke in these conversations. How the candidate did stays.
///
/// # Errors
/// A database fault.
pub async fn forget(tx: &mut TenantTx, ids: &[ConversationId]) -> Result<(), ShadowError> {
    diesel::update(scores::table.filter(scores::tenant_id.eq(tx.tenant())))
        .filter(scores::conversation_id.eq_any(ids))
        .set(scores::details.eq(json!({})))
        .execute(tx.conn())
        .await?;
    Ok(())
}

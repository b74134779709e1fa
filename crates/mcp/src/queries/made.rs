use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_concierge::tools::Sold;
use motel_db::TenantTx;
use motel_kernel::ApiKeyId;

use crate::McpError;
use crate::schema::made;

/// How much a key has booked since a moment; what was cancelled since counts as well.
///
/// # Errors
/// The database failed.
pub async fn made_since(
    tx: &mut TenantTx,
    key: ApiKeyId,
    since: DateTime<Utc>,
) -> Result<i64, McpError> {
    let count = made::table
        .filter(made::tenant_id.eq(tx.tenant()))
        .filter(made::api_key_id.eq(key))
        .filter(made::made_at.ge(since))
        .count()
        .get_result(tx.conn())
        .await?;
    Ok(count)
}

/// Whether it was this key that booked what has that code.
///
/// # Errors
/// The database failed.
pub async fn made_by(
    tx: &mut TenantTx,
    key: ApiKeyId,
    sold: Sold,
    code: &str,
) -> Result<bool, McpError> {
    let own = made::table
        .find((tx.tenant(), sold, code))
        .filter(made::api_key_id.eq(key));
    Ok(diesel::select(exists(own)).get_result(tx.conn()).await?)
}

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::LeadError;
use crate::model::Lead;
use crate::schema::leads;

/// The longest list [`recent`] answers.
pub const MOST_LISTED: u32 = 200;

/// The newest leads first; at most [`MOST_LISTED`].
///
/// # Errors
/// A database fault.
pub async fn recent(tx: &mut TenantTx, limit: u32) -> Result<Vec<Lead>, LeadError> {
    let listed = leads::table
        .filter(leads::tenant_id.eq(tx.tenant()))
        .order(leads::number.desc())
        .limit(limit.min(MOST_LISTED).into())
        .select(Lead::as_select())
        .load(tx.conn())
        .await?;
    Ok(listed)
}

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::VoiceError;
use crate::model::Call;
use crate::schema::calls;

/// The longest list [`recent`] answers.
pub const MOST_LISTED: u32 = 200;

/// The newest calls first; at most [`MOST_LISTED`].
///
/// # Errors
/// A database fault.
pub async fn recent(tx: &mut TenantTx, limit: u32) -> Result<Vec<Call>, VoiceError> {
    let listed = calls::table
        .filter(calls::tenant_id.eq(tx.tenant()))
        .order((calls::started_at.desc(), calls::id.desc()))
        .limit(limit.min(MOST_LISTED).into())
        .select(Call::as_select())
        .load(tx.conn())
        .await?;
    Ok(listed)
}

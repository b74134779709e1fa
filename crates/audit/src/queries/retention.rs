use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::retention;
use crate::{AuditError, Days};

/// For how long the tenant's entries are kept: as it has said, or two years.
///
/// # Errors
/// The database failed.
pub async fn kept_for(tx: &mut TenantTx) -> Result<Days, AuditError> {
    let said: Option<i32> = retention::table
        .find(tx.tenant())
        .select(retention::days)
        .first(tx.conn())
        .await
        .optional()?;
    let said = said.and_then(|days| Days::new(days.into()));
    Ok(said.unwrap_or_default())
}

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::PlansError;
use crate::schema::{properties, staff};

/// How many people may sign in.
///
/// # Errors
/// The database failed.
pub async fn seats_in_use(tx: &mut TenantTx) -> Result<u32, PlansError> {
    let count: i64 = staff::table
        .filter(staff::tenant_id.eq(tx.tenant()))
        .filter(staff::active)
        .count()
        .get_result(tx.conn())
        .await?;
    u32::try_from(count).map_err(PlansError::fault)
}

/// How many properties there are.
///
/// # Errors
/// The database failed.
pub async fn properties_in_use(tx: &mut TenantTx) -> Result<u32, PlansError> {
    let count: i64 = properties::table
        .filter(properties::tenant_id.eq(tx.tenant()))
        .count()
        .get_result(tx.conn())
        .await?;
    u32::try_from(count).map_err(PlansError::fault)
}

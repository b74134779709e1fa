use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use super::clear;
use crate::TenancyError;
use crate::schema::{challenges, remembered_devices};

/// Forgets a member's second factor, and from where they signed in with it; the caller holds their row.
pub(crate) async fn forget_member(
    tx: &mut TenantTx,
    member: StaffId,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    clear(tx, member, now).await?;
    let tenant = tx.tenant();
    diesel::delete(challenges::table.filter(challenges::tenant_id.eq(tenant)))
        .filter(challenges::staff_id.eq(member))
        .execute(tx.conn())
        .await?;
    diesel::delete(remembered_devices::table.filter(remembered_devices::tenant_id.eq(tenant)))
        .filter(remembered_devices::staff_id.eq(member))
        .execute(tx.conn())
        .await?;
    Ok(())
}

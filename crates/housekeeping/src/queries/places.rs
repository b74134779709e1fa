use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::{PropertyId, TenantId};

use crate::schema::tasks;
use crate::{HousekeepingError, TaskStatus};

/// The properties of the installation where a task stands that nobody has begun.
pub(crate) async fn places_with_open_tasks(
    tx: &mut PlatformTx,
) -> Result<Vec<(TenantId, PropertyId)>, HousekeepingError> {
    Ok(tasks::table
        .filter(tasks::status.eq(TaskStatus::Open))
        .select((tasks::tenant_id, tasks::property_id))
        .distinct()
        .load(tx.conn())
        .await?)
}

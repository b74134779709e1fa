use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::{PropertyId, TenantId};

use crate::schema::properties;
use crate::{PropertyClock, TenancyError};

/// The clock of every property of the installation.
///
/// # Errors
/// The database failed, or holds a timezone that does not exist.
pub async fn property_clocks(tx: &mut PlatformTx) -> Result<Vec<PropertyClock>, TenancyError> {
    let rows: Vec<(TenantId, PropertyId, String, i64)> = properties::table
        .order((properties::tenant_id, properties::id))
        .select((
            properties::tenant_id,
            properties::id,
            properties::timezone,
            properties::clock_offset_seconds,
        ))
        .load(tx.conn())
        .await?;
    let clocks = rows.into_iter().map(|(tenant, property, timezone, ahead)| {
        Ok(PropertyClock {
            tenant,
            property,
            timezone: timezone.parse().map_err(TenancyError::unreadable)?,
            offset: TimeDelta::seconds(ahead),
        })
    });
    clocks.collect()
}

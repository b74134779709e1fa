use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::{PropertyId, TenantId};

use crate::schema::reservations;
use crate::{BookingError, ReservationStatus};

/// The properties of the installation that have a stay of that status now.
///
/// # Errors
/// The database failed.
pub async fn places_with(
    tx: &mut PlatformTx,
    status: ReservationStatus,
) -> Result<Vec<(TenantId, PropertyId)>, BookingError> {
    Ok(reservations::table
        .filter(reservations::status.eq(status))
        .select((reservations::tenant_id, reservations::property_id))
        .distinct()
        .load(tx.conn())
        .await?)
}

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;

use crate::TenancyError;
use crate::schema::{challenges, remembered_devices};

/// How long a sign-in that waited for a code is kept once it is over.
const KEPT: TimeDelta = TimeDelta::days(1);

/// Forgets sign-ins that waited for a code, and devices that are remembered no more: how many.
pub(crate) async fn sweep_second_factors(
    tx: &mut PlatformTx,
    now: DateTime<Utc>,
) -> Result<usize, TenancyError> {
    let over = challenges::table.filter(challenges::expires_at.lt(now - KEPT));
    let challenges = diesel::delete(over).execute(tx.conn()).await?;
    let over = remembered_devices::table.filter(remembered_devices::expires_at.lt(now));
    let devices = diesel::delete(over).execute(tx.conn()).await?;
    Ok(challenges + devices)
}

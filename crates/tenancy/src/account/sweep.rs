use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;

use crate::TenancyError;
use crate::schema::notices;

/// How long it is kept who was told what.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Forgets what was told 30 days ago: how many.
pub(crate) async fn sweep_notices(
    tx: &mut PlatformTx,
    now: DateTime<Utc>,
) -> Result<usize, TenancyError> {
    let old = notices::table.filter(notices::created_at.lt(now - KEPT));
    Ok(diesel::delete(old).execute(tx.conn()).await?)
}

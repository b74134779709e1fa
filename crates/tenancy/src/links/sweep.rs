use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;

use crate::TenancyError;
use crate::schema::one_use_links;

/// How long links are kept that nobody can use any more.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Forgets links that have been over for 30 days: how many.
pub(crate) async fn sweep_links(
    tx: &mut PlatformTx,
    now: DateTime<Utc>,
) -> Result<usize, TenancyError> {
    let old = one_use_links::table.filter(one_use_links::expires_at.lt(now - KEPT));
    Ok(diesel::delete(old).execute(tx.conn()).await?)
}

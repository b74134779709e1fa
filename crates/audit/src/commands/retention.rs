use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::retention;
use crate::{AuditError, Days};

/// Has entries kept for so many days from now on. What is older by then is removed within the hour. The log says who said so.
///
/// # Errors
/// The database failed.
pub async fn keep_for(tx: &mut TenantTx, days: Days, now: DateTime<Utc>) -> Result<(), AuditError> {
    let said = (
        retention::days.eq(days.get()),
        retention::changed_at.eq(now),
    );
    diesel::insert_into(retention::table)
        .values((retention::tenant_id.eq(tx.tenant()), said))
        .on_conflict(retention::tenant_id)
        .do_update()
        .set(said)
        .execute(tx.conn())
        .await?;
    Ok(())
}

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx};
use motel_kernel::TenantId;

use crate::MailError;
use crate::schema::silences;

/// From now on nothing is written in the name of a business, except by [`crate::send_regardless`]. Twice is once.
///
/// # Errors
/// The database failed.
pub async fn silence(tx: &mut PlatformTx, tenant: TenantId) -> Result<(), MailError> {
    diesel::insert_into(silences::table)
        .values(silences::tenant_id.eq(tenant))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// It writes again. What fell due meanwhile is not made up for.
///
/// # Errors
/// The database failed.
pub async fn end_silence(tx: &mut PlatformTx, tenant: TenantId) -> Result<(), MailError> {
    diesel::delete(silences::table.find(tenant))
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn is_silent(db: &Db, tenant: TenantId) -> Result<bool, MailError> {
    let mut tx = db.tenant(tenant).await?;
    let silence = diesel::select(exists(silences::table.find(tenant)));
    let silent = silence.get_result(tx.conn()).await?;
    tx.commit().await?;
    Ok(silent)
}

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_kernel::{Email, TenantId};

use crate::TenancyError;
use crate::schema::staff;

/// Whether somebody of another business signs in with the address: then nobody can be invited by it. Which business is not said.
///
/// # Errors
/// The database failed.
pub async fn is_taken_elsewhere(
    db: &Db,
    tenant: TenantId,
    email: &Email,
) -> Result<bool, TenancyError> {
    let mut tx = db.platform("see whether an address is in use").await?;
    let elsewhere = staff::table
        .filter(staff::email.eq(email))
        .filter(staff::tenant_id.ne(tenant));
    let taken = diesel::select(exists(elsewhere))
        .get_result(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(taken)
}

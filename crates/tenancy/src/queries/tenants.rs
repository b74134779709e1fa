use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::tenants;
use crate::{TenancyError, Tenant};

/// The tenant the transaction is for, if there is one with that id.
///
/// # Errors
/// The database failed.
pub async fn tenant(tx: &mut TenantTx) -> Result<Option<Tenant>, TenancyError> {
    let id = tx.tenant();
    Ok(tenants::table
        .find(id)
        .select(Tenant::as_select())
        .first(tx.conn())
        .await
        .optional()?)
}

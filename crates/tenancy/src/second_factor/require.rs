use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use crate::schema::{staff, tenants};
use crate::team::TeamRefusal;
use crate::{Role, TenancyError};

/// Says whether everybody of the team must have a second factor. Who has none is let in to set one up, and to nothing else, from their
/// next request on.
///
/// # Errors
/// [`TeamRefusal::BeyondRole`] for who is no owner.
pub async fn require_second_factor(
    tx: &mut TenantTx,
    by: StaffId,
    required: bool,
) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    // Read now: a session may be older than the role.
    let role: Option<Option<Role>> = staff::table
        .find((tenant, by))
        .filter(staff::active)
        .select(staff::role)
        .first(tx.conn())
        .await
        .optional()?;
    if role.flatten() != Some(Role::Owner) {
        return Err(TeamRefusal::BeyondRole.into());
    }
    diesel::update(tenants::table.find(tenant))
        .set(tenants::second_factor_required.eq(required))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whether everybody of the team must have a second factor.
///
/// # Errors
/// The database failed.
pub async fn is_second_factor_required(tx: &mut TenantTx) -> Result<bool, TenancyError> {
    Ok(tenants::table
        .find(tx.tenant())
        .select(tenants::second_factor_required)
        .first(tx.conn())
        .await?)
}

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PersonName, StaffId};

use crate::schema::staff;
use crate::{Staff, TenancyError};

/// A member as they are.
///
/// # Errors
/// [`TenancyError::NotFound`].
pub async fn own_account(tx: &mut TenantTx, member: StaffId) -> Result<Staff, TenancyError> {
    staff::table
        .find((tx.tenant(), member))
        .select(Staff::as_select())
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::NotFound("member"))
}

/// Lets the console greet a member by another name.
///
/// # Errors
/// The database failed.
pub async fn rename(
    tx: &mut TenantTx,
    member: StaffId,
    name: &PersonName,
) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    diesel::update(staff::table.find((tenant, member)))
        .set(staff::display_name.eq(name.as_str()))
        .execute(tx.conn())
        .await?;
    Ok(())
}

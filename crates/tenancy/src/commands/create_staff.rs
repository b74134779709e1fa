use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Email, StaffId};

use crate::hashing::hash_fit_password;
use crate::schema::staff;
use crate::{NewStaff, Outcome, Staff, TenancyError};

/// Takes somebody into the tenant's team.
///
/// # Errors
/// [`TenancyError::UnfitPassword`]; [`TenancyError::EmailTaken`] also when another tenant's member has the address.
pub async fn create_staff(tx: &mut TenantTx, new: &NewStaff) -> Result<Staff, TenancyError> {
    let password_hash = hash_fit_password(&new.password).await?;
    let row = (
        staff::tenant_id.eq(tx.tenant()),
        staff::id.eq(StaffId::new()),
        staff::email.eq(&new.email),
        staff::password_hash.eq(password_hash),
        staff::display_name.eq(&new.display_name),
        staff::role.eq(Some(new.role)),
    );
    diesel::insert_into(staff::table)
        .values(row)
        .on_conflict_do_nothing()
        .returning(Staff::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::EmailTaken)
}

/// Takes somebody into the team unless the tenant has a member with that address; a member keeps password, name and role.
///
/// # Errors
/// As for [`create_staff`].
pub async fn ensure_staff(
    tx: &mut TenantTx,
    new: &NewStaff,
) -> Result<(Staff, Outcome), TenancyError> {
    match by_email(tx, &new.email).await? {
        Some(known) => Ok((known, Outcome::Unchanged)),
        None => Ok((create_staff(tx, new).await?, Outcome::Created)),
    }
}

async fn by_email(tx: &mut TenantTx, email: &Email) -> Result<Option<Staff>, TenancyError> {
    Ok(staff::table
        .filter(staff::email.eq(email))
        .select(Staff::as_select())
        .first(tx.conn())
        .await
        .optional()?)
}

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use crate::schema::{roles, staff};
use crate::{HeldRole, OwnRole, RoleId, RoleRef, TenancyError};

const MISSING: TenancyError = TenancyError::NotFound("role");

/// What a role permits at this moment.
///
/// # Errors
/// [`TenancyError::NotFound`] for a role that the business does not have, or has no more.
pub async fn held_role(tx: &mut TenantTx, which: RoleRef) -> Result<HeldRole, TenancyError> {
    let id = match which {
        RoleRef::Program(role) => return Ok(role.into()),
        RoleRef::Own(id) => id,
    };
    let own: Option<OwnRole> = roles::table
        .find((tx.tenant(), id))
        .filter(roles::archived_at.is_null())
        .select(OwnRole::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    own.map(|own| own.held()).ok_or(MISSING)
}

/// The same; nobody changes the role or takes it away until the transaction is over, so that who is given it gets what was looked at.
///
/// # Errors
/// As for [`held_role`].
pub(crate) async fn hold_role(tx: &mut TenantTx, which: RoleRef) -> Result<HeldRole, TenancyError> {
    if let RoleRef::Own(id) = which {
        roles::table
            .find((tx.tenant(), id))
            .select(roles::id)
            .for_share()
            .first::<RoleId>(tx.conn())
            .await
            .optional()?
            .ok_or(MISSING)?;
    }
    held_role(tx, which).await
}

/// The same, to be changed or taken away: nobody gives it to anybody meanwhile, nor changes it.
///
/// # Errors
/// As for [`held_role`].
pub(super) async fn lock_role(tx: &mut TenantTx, id: RoleId) -> Result<HeldRole, TenancyError> {
    roles::table
        .find((tx.tenant(), id))
        .select(roles::id)
        .for_no_key_update()
        .first::<RoleId>(tx.conn())
        .await
        .optional()?
        .ok_or(MISSING)?;
    held_role(tx, RoleRef::Own(id)).await
}

/// What a member who may sign in and works for the whole business holds: read now, since a session may be older than it. Who is limited to
/// some properties leads nobody, not by what they asked for before either.
///
/// # Errors
/// The database failed.
pub(crate) async fn role_of(
    tx: &mut TenantTx,
    member: StaffId,
) -> Result<Option<HeldRole>, TenancyError> {
    let which: Option<RoleRef> = staff::table
        .find((tx.tenant(), member))
        .filter(staff::active)
        .filter(staff::limited.eq(false))
        .select((staff::role, staff::role_id))
        .first(tx.conn())
        .await
        .optional()?;
    match which {
        Some(which) => Ok(Some(held_role(tx, which).await?)),
        None => Ok(None),
    }
}

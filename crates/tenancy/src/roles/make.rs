use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::Integer;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use super::{lock_role, role_of};
use crate::schema::roles;
use crate::team::TeamRefusal;
use crate::{HeldRole, NewRole, OwnRole, Permission, RoleId, RoleRef, TenancyError};

/// The most roles of one business.
const MOST: i64 = 50;

/// Makes a role for those whom its maker leads: it permits less than their own does, unless they are an owner.
///
/// # Errors
/// [`TeamRefusal::BeyondRole`], [`TeamRefusal::RoleNameTaken`], [`TeamRefusal::TooManyRoles`].
pub async fn make_role(
    tx: &mut TenantTx,
    by: StaffId,
    new: &NewRole,
    now: DateTime<Utc>,
) -> Result<OwnRole, TenancyError> {
    let id = RoleId::fresh();
    check_gives(tx, by, &[held(id, new)]).await?;
    let there: i64 = roles::table
        .filter(roles::tenant_id.eq(tx.tenant()))
        .filter(roles::archived_at.is_null())
        .count()
        .get_result(tx.conn())
        .await?;
    if there >= MOST {
        return Err(TeamRefusal::TooManyRoles.into());
    }
    let row = (
        roles::tenant_id.eq(tx.tenant()),
        roles::id.eq(id),
        roles::name.eq(&new.name),
        roles::purpose.eq(&new.purpose),
        roles::permissions.eq(words(new)),
        roles::created_at.eq(now),
    );
    diesel::insert_into(roles::table)
        .values(row)
        .returning(OwnRole::as_returning())
        .get_result(tx.conn())
        .await
        .map_err(name_taken)
}

/// Changes a role, for everybody who has it from their next request on. Who changes it leads those who have it before and after, so nobody
/// changes their own.
///
/// # Errors
/// [`TenancyError::NotFound`]; [`TeamRefusal::BeyondRole`], [`TeamRefusal::RoleNameTaken`], [`TeamRefusal::RoleChanged`] when `expected`
/// is not its version any more.
pub async fn change_role(
    tx: &mut TenantTx,
    by: StaffId,
    id: RoleId,
    expected: i32,
    new: &NewRole,
) -> Result<OwnRole, TenancyError> {
    let before = lock_role(tx, id).await?;
    check_gives(tx, by, &[before, held(id, new)]).await?;
    let changed: Option<OwnRole> = diesel::update(roles::table.find((tx.tenant(), id)))
        .filter(roles::version.eq(expected))
        .set((
            roles::name.eq(&new.name),
            roles::purpose.eq(&new.purpose),
            roles::permissions.eq(words(new)),
            roles::version.eq(sql::<Integer>("version + 1")),
        ))
        .returning(OwnRole::as_returning())
        .get_result(tx.conn())
        .await
        .optional()
        .map_err(name_taken)?;
    changed.ok_or(TeamRefusal::RoleChanged.into())
}

/// Refuses unless the member leads whoever holds any of these.
pub(super) async fn check_gives(
    tx: &mut TenantTx,
    by: StaffId,
    given: &[HeldRole],
) -> Result<(), TenancyError> {
    let maker = role_of(tx, by).await?;
    let leads = maker.is_some_and(|maker| given.iter().all(|role| maker.may_lead(role)));
    leads.then_some(()).ok_or(TeamRefusal::BeyondRole.into())
}

fn held(id: RoleId, new: &NewRole) -> HeldRole {
    HeldRole {
        which: RoleRef::Own(id),
        title: new.name.clone(),
        permissions: new.permissions,
    }
}

fn words(new: &NewRole) -> Vec<Permission> {
    new.permissions.iter().collect()
}

fn name_taken(error: Error) -> TenancyError {
    match error {
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
            TeamRefusal::RoleNameTaken.into()
        }
        other => other.into(),
    }
}

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use super::make::check_gives;
use super::{hold_role, lock_role};
use crate::schema::{invitations, roles, staff};
use crate::team::{InvitationId, TeamRefusal, hold_owners};
use crate::{Role, RoleId, RoleRef, TenancyError};

/// Removes a role. Whoever has it, or is asked to join in it, gets `successor`; where there is nobody, none is needed.
///
/// Nobody is given it meanwhile: those who change members wait for the owners' rows, and those who take somebody in for the role's.
///
/// # Errors
/// [`TenancyError::NotFound`], also for a successor that is not there; [`TeamRefusal::RoleInUse`] without a successor,
/// [`TeamRefusal::BeyondRole`], also where all of them would become owners.
pub async fn remove_role(
    tx: &mut TenantTx,
    by: StaffId,
    id: RoleId,
    successor: Option<RoleRef>,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    hold_owners(tx).await?;
    hold_asked(tx, id).await?;
    let mut given = vec![lock_role(tx, id).await?];
    let successor = successor.filter(|it| *it != RoleRef::Own(id));
    // Owners are made one by one.
    if successor.is_some_and(|it| it == Role::Owner) {
        return Err(TeamRefusal::BeyondRole.into());
    }
    if let Some(successor) = successor {
        given.push(hold_role(tx, successor).await?);
    }
    check_gives(tx, by, &given).await?;
    // Taken before anybody is counted: whoever was given it until now is seen, and nobody is from now on.
    diesel::update(roles::table.find((tx.tenant(), id)))
        .set(roles::archived_at.eq(now))
        .execute(tx.conn())
        .await?;
    match successor {
        Some(successor) => move_to(tx, id, successor).await,
        None if is_in_use(tx, id).await? => Err(TeamRefusal::RoleInUse.into()),
        None => Ok(()),
    }
}

/// Invitations to it that can still be accepted or sent again; held first, as everybody does who holds invitation and role.
async fn hold_asked(tx: &mut TenantTx, id: RoleId) -> Result<(), TenancyError> {
    invitations::table
        .filter(invitations::tenant_id.eq(tx.tenant()))
        .filter(invitations::role_id.eq(id))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::withdrawn_at.is_null())
        .order(invitations::id)
        .select(invitations::id)
        .for_no_key_update()
        .load::<InvitationId>(tx.conn())
        .await?;
    Ok(())
}

async fn is_in_use(tx: &mut TenantTx, id: RoleId) -> Result<bool, TenancyError> {
    let tenant = tx.tenant();
    let held = staff::table
        .filter(staff::tenant_id.eq(tenant))
        .filter(staff::role_id.eq(id));
    let asked = invitations::table
        .filter(invitations::tenant_id.eq(tenant))
        .filter(invitations::role_id.eq(id))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::withdrawn_at.is_null());
    let in_use = exists(held).or(exists(asked));
    Ok(diesel::select(in_use).get_result(tx.conn()).await?)
}

async fn move_to(tx: &mut TenantTx, id: RoleId, successor: RoleRef) -> Result<(), TenancyError> {
    let theirs = staff::table
        .filter(staff::tenant_id.eq(tx.tenant()))
        .filter(staff::role_id.eq(id));
    diesel::update(theirs)
        .set((
            staff::role.eq(successor.word()),
            staff::role_id.eq(successor.id()),
        ))
        .execute(tx.conn())
        .await?;
    let open = invitations::table
        .filter(invitations::tenant_id.eq(tx.tenant()))
        .filter(invitations::role_id.eq(id))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::withdrawn_at.is_null());
    diesel::update(open)
        .set((
            invitations::role.eq(successor.word()),
            invitations::role_id.eq(successor.id()),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

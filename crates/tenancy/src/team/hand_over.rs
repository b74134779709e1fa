use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::StaffId;
use motel_seal::Keyring;

use super::TeamRefusal;
use super::members::{locked_member, locked_owners};
use super::reach::forget_properties;
use crate::schema::staff;
use crate::second_factor::{Claimant, Proof, prove};
use crate::{Role, RoleId, TenancyError};

/// Hands the business over, in one step: another member who may sign in becomes an owner, and the owner who does it a manager. They prove
/// once more that it is them, since who finds an open console must not do this.
///
/// # Errors
/// [`TenancyError::NotProven`], [`TenancyError::TooManyAttempts`]; [`TenancyError::NotFound`]; [`TeamRefusal::BeyondRole`] for who is no owner, or would hand over to themselves.
pub async fn hand_over(
    db: &Db,
    keys: &Keyring,
    by: Claimant,
    to: StaffId,
    proof: Proof<'_>,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    prove(db, keys, by, proof, now).await?;
    let owner = by.member;
    let mut tx = db.tenant(by.tenant).await?;
    let owners = locked_owners(&mut tx).await?;
    if !owners.contains(&owner) || to == owner {
        return Err(TeamRefusal::BeyondRole.into());
    }
    let heir = locked_member(&mut tx, to).await?;
    if !heir.active {
        return Err(TenancyError::NotFound("member"));
    }
    become_a(&mut tx, to, Role::Owner).await?;
    become_a(&mut tx, owner, Role::Manager).await?;
    Ok(tx.commit().await?)
}

async fn become_a(tx: &mut TenantTx, id: StaffId, role: Role) -> Result<(), TenancyError> {
    // Whoever held it until now worked for the whole business, and so does who holds it from now on.
    forget_properties(tx, id).await?;
    diesel::update(staff::table.find((tx.tenant(), id)))
        .set((
            staff::role.eq(Some(role)),
            staff::role_id.eq(None::<RoleId>),
            staff::limited.eq(false),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

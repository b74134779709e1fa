use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::{StaffId, TenantId};
use secrecy::SecretString;

use super::TeamRefusal;
use super::members::{locked_member, locked_owners};
use crate::passwords::{Shown, show_password};
use crate::schema::staff;
use crate::{Role, TenancyError};

/// What became of a hand-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOver {
    /// The other is the owner now, and who handed over a manager.
    Done,
    /// The password was not right.
    WrongPassword,
    /// It was wrong too often.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
}

/// Hands the business over, in one step: another member who may sign in becomes an owner, and the owner who does it a manager. They show
/// their password again, since who finds an open console must not do this.
///
/// # Errors
/// [`TenancyError::NotFound`]; [`TeamRefusal::BeyondRole`] for who is no owner, or would hand over to themselves.
pub async fn hand_over(
    db: &Db,
    (tenant, owner): (TenantId, StaffId),
    to: StaffId,
    password: &SecretString,
    now: DateTime<Utc>,
) -> Result<HandOver, TenancyError> {
    match show_password(db, (tenant, owner), password, now).await? {
        Shown::Right(_) => {}
        Shown::Wrong => return Ok(HandOver::WrongPassword),
        Shown::TooMany { seconds } => return Ok(HandOver::TooMany { seconds }),
    }
    let mut tx = db.tenant(tenant).await?;
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
    tx.commit().await?;
    Ok(HandOver::Done)
}

async fn become_a(tx: &mut TenantTx, id: StaffId, role: Role) -> Result<(), TenancyError> {
    diesel::update(staff::table.find((tx.tenant(), id)))
        .set(staff::role.eq(role))
        .execute(tx.conn())
        .await?;
    Ok(())
}

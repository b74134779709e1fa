use motel_db::TenantTx;
use motel_kernel::StaffId;

use super::TeamRefusal;
use crate::roles::{hold_role, role_of};
use crate::{RoleRef, TenancyError};

/// Refuses unless the member may lead somebody of each of these roles, which stay as they are until the transaction is over.
///
/// # Errors
/// [`TenancyError::NotFound`] for a role that the business does not have; [`TeamRefusal::BeyondRole`].
pub(super) async fn check_leads(
    tx: &mut TenantTx,
    leader: StaffId,
    others: &[RoleRef],
) -> Result<(), TenancyError> {
    let leader = role_of(tx, leader).await?;
    let leader = leader.ok_or(TeamRefusal::BeyondRole)?;
    for other in others {
        let other = hold_role(tx, *other).await?;
        if !leader.may_lead(&other) {
            return Err(TeamRefusal::BeyondRole.into());
        }
    }
    Ok(())
}

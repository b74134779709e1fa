use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use super::TeamRefusal;
use crate::schema::staff;
use crate::{Role, TenancyError};

/// Whether somebody of one role may take in, change or let go somebody of another.
pub(super) fn may_lead(leader: Role, other: Role) -> bool {
    match leader {
        Role::Owner => true,
        Role::Manager => matches!(other, Role::FrontDesk | Role::Housekeeping),
        Role::FrontDesk | Role::Housekeeping => false,
    }
}

/// Refuses unless the member may lead somebody of each of these roles. Their role is read now: a session may be older than it.
pub(super) async fn check_leads(
    tx: &mut TenantTx,
    leader: StaffId,
    others: &[Role],
) -> Result<(), TenancyError> {
    let role: Option<Role> = staff::table
        .find((tx.tenant(), leader))
        .filter(staff::active)
        .select(staff::role)
        .first(tx.conn())
        .await
        .optional()?;
    let leads = role.is_some_and(|role| others.iter().all(|other| may_lead(role, *other)));
    leads.then_some(()).ok_or(TeamRefusal::BeyondRole.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_makes_anybody_more_than_they_are_themselves() {
        let leads = |leader| {
            let mut led = Role::ALL.to_vec();
            led.retain(|other| may_lead(leader, *other));
            led
        };
        assert_eq!(leads(Role::Owner), Role::ALL);
        assert_eq!(leads(Role::Manager), [Role::FrontDesk, Role::Housekeeping]);
        assert!(leads(Role::FrontDesk).is_empty() && leads(Role::Housekeeping).is_empty());
    }
}

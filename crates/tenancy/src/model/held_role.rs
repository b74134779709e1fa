use crate::{Permission, Permissions, Role, RoleRef};

/// A role as somebody holds it at this moment: a business may change its own ones at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRole {
    /// Which.
    pub which: RoleRef,
    /// What it is called among people.
    pub title: String,
    /// What it permits.
    pub permissions: Permissions,
}

impl HeldRole {
    /// Whether it is the one to which everything belongs. A role of the business's own never is, whatever it permits.
    pub fn is_owner(&self) -> bool {
        self.which == Role::Owner
    }

    /// Whether somebody who holds it may take in, change or let go somebody who holds the other: owners everybody, others who look after
    /// the team those who may do less than themselves, and nothing else. So nobody makes anybody, themselves included, more than they are.
    pub fn may_lead(&self, other: &Self) -> bool {
        let looks_after_the_team = self.permissions.has(Permission::WriteTeam);
        let above = self.permissions != other.permissions;
        self.is_owner()
            || looks_after_the_team && above && self.permissions.includes(other.permissions)
    }
}

impl From<Role> for HeldRole {
    fn from(role: Role) -> Self {
        Self {
            which: role.into(),
            title: role.title().to_owned(),
            permissions: role.permissions(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RoleId;

    fn own(permissions: Permissions) -> HeldRole {
        HeldRole {
            which: RoleRef::Own(RoleId::fresh()),
            title: "Own".to_owned(),
            permissions,
        }
    }

    #[test]
    fn nobody_makes_anybody_more_than_they_are_themselves() {
        let leads = |leader: Role| {
            let mut led = Role::ALL.to_vec();
            led.retain(|other| HeldRole::from(leader).may_lead(&(*other).into()));
            led
        };
        assert_eq!(leads(Role::Owner), Role::ALL);
        assert_eq!(leads(Role::Manager), [Role::FrontDesk, Role::Housekeeping]);
        assert!(leads(Role::FrontDesk).is_empty() && leads(Role::Housekeeping).is_empty());
    }

    #[test]
    fn a_role_of_ones_own_leads_by_what_it_permits() {
        let manager = HeldRole::from(Role::Manager);
        let desk = Role::FrontDesk.permissions();
        let team = [Permission::WriteTeam];
        let lead: Permissions = desk.iter().chain(team).collect();
        assert!(own(lead).may_lead(&Role::FrontDesk.into()));
        assert!(!own(lead).may_lead(&own(lead)) && !own(lead).may_lead(&manager));
        assert!(!own(desk).may_lead(&Role::Housekeeping.into()));
        // As much as a manager: they are equals, and who may do everything is still no owner.
        assert!(!manager.may_lead(&own(manager.permissions)));
        assert!(own(Permissions::all()).may_lead(&manager));
        assert!(!own(Permissions::all()).may_lead(&Role::Owner.into()));
        let spends = [Permission::ReadRooms, Permission::WriteApiKeys];
        assert!(!manager.may_lead(&own(spends.into_iter().collect())));
    }
}

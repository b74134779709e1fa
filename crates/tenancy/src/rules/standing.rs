use chrono::{DateTime, TimeDelta, Utc};

use crate::{Permission, TenantState};

/// For so long a deleted business can be restored.
const RESTORABLE: TimeDelta = TimeDelta::days(30);

/// What somebody of the team wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    /// What they need for it; `None` for what is theirs alone, such as their own password.
    pub(crate) needs: Option<Permission>,
    /// Whether it only looks.
    pub(crate) looks: bool,
    /// Whether a program asks.
    pub(crate) by_program: bool,
}

/// Whether a business that stands so lets somebody do it. A suspended one can be looked at by its people, who may also see to their own
/// accounts and pay what is owed to the operator: that is often why it is suspended.
pub(crate) fn lets(state: TenantState, wish: Wish) -> bool {
    match state {
        TenantState::Active => true,
        TenantState::Suspended => {
            let own = wish.needs.is_none() || wish.needs == Some(Permission::WritePlatformPlan);
            !wish.by_program && (wish.looks || own)
        }
        TenantState::Deleted => false,
    }
}

/// What was deleted by then is purged at `now`.
pub(crate) fn purged_if_deleted_by(now: DateTime<Utc>) -> DateTime<Utc> {
    now - RESTORABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(needs: Option<Permission>, looks: bool) -> Wish {
        Wish {
            needs,
            looks,
            by_program: false,
        }
    }

    #[test]
    fn a_suspended_business_is_looked_at_and_not_changed() {
        for permission in Permission::ALL.iter().copied() {
            let needs = Some(permission);
            assert!(lets(TenantState::Suspended, wish(needs, true)));
            let pays = permission == Permission::WritePlatformPlan;
            assert_eq!(lets(TenantState::Suspended, wish(needs, false)), pays);
            assert!(lets(TenantState::Active, wish(needs, false)));
            assert!(!lets(TenantState::Deleted, wish(needs, true)));
        }
        assert!(lets(TenantState::Suspended, wish(None, false)));
    }

    #[test]
    fn programs_of_a_suspended_business_get_nothing() {
        for looks in [true, false] {
            let asks = Wish {
                by_program: true,
                ..wish(None, looks)
            };
            assert!(!lets(TenantState::Suspended, asks));
            assert!(lets(TenantState::Active, asks));
        }
    }
}

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use motel_kernel::StaffId;
use motel_tenancy::team::{Invitation, InvitationState};
use motel_tenancy::{Role, Staff};

use crate::view::{InvitationRow, MemberRow, RoleOption};

/// What somebody can be there for, from who may do most on.
pub(crate) fn roles() -> Vec<RoleOption> {
    Role::ALL.iter().copied().map(role).collect()
}

pub(crate) fn role(role: Role) -> RoleOption {
    let name = match role {
        Role::Owner => "Owner",
        Role::Manager => "Manager",
        Role::FrontDesk => "Front desk",
        Role::Housekeeping => "Housekeeping",
    };
    RoleOption {
        word: role.as_str(),
        name,
    }
}

pub(crate) fn members(members: &[Staff], looking: StaffId) -> Vec<MemberRow> {
    let row = |member: &Staff| MemberRow {
        id: member.id.to_string(),
        name: member.display_name.clone(),
        email: member.email.to_string(),
        role: role(member.role),
        active: member.active,
        is_you: member.id == looking,
    };
    members.iter().map(row).collect()
}

/// Those that wait for an answer, or were not answered in time.
pub(crate) fn invitations(
    invitations: &[Invitation],
    now: DateTime<Utc>,
    zone: Tz,
) -> Vec<InvitationRow> {
    let day = |moment: DateTime<Utc>| moment.with_timezone(&zone).format("%b %-d");
    let row = |invitation: &Invitation| {
        let state = match invitation.state(now) {
            InvitationState::Open => format!("Open until {}", day(invitation.expires_at)),
            InvitationState::Expired => format!("Expired on {}", day(invitation.expires_at)),
            InvitationState::Accepted | InvitationState::Withdrawn => return None,
        };
        Some(InvitationRow {
            id: invitation.id.to_string(),
            email: invitation.email.to_string(),
            role: role(invitation.role).name,
            state,
        })
    };
    invitations.iter().filter_map(row).collect()
}

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use motel_kernel::StaffId;
use motel_tenancy::team::{Invitation, InvitationState, Presence, PresenceState, Presences};
use motel_tenancy::{Role, Staff, StaffSession};

use crate::view::{InvitationRow, MemberRow, PresenceBadge, RoleOption};

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

pub(crate) fn members(
    members: &[Staff],
    presences: &Presences,
    looking: StaffId,
    zone: Tz,
) -> Vec<MemberRow> {
    let row = |member: &Staff| MemberRow {
        id: member.id.to_string(),
        name: member.display_name.clone(),
        email: member.email.to_string(),
        role: role(member.role),
        active: member.active,
        second_factor: member.second_factor_at.is_some(),
        is_you: member.id == looking,
        presence: presence(presences.of(member.id), zone),
    };
    members.iter().map(row).collect()
}

/// To whom an owner can hand the business over: everybody else who may sign in.
pub(crate) fn heirs(members: &[Staff], looking: &StaffSession) -> Vec<(String, String)> {
    if looking.role != Role::Owner {
        return Vec::new();
    }
    let others = members
        .iter()
        .filter(|member| member.active && member.id != looking.staff_id);
    others
        .map(|member| (member.id.to_string(), member.display_name.clone()))
        .collect()
}

fn presence(presence: Presence, zone: Tz) -> PresenceBadge {
    let seen = presence
        .last_seen_at
        .map(|moment| format!("Last seen {}", clock_time(moment, zone)));
    let (tone, text, seen) = match presence.state {
        PresenceState::Online => ("good", "Online", None),
        PresenceState::Away => ("", "Away", seen),
        PresenceState::SignedOut => ("", "Signed out", seen),
    };
    PresenceBadge { tone, text, seen }
}

/// "Dec 1, 10:04", where the house stands.
pub(crate) fn clock_time(moment: DateTime<Utc>, zone: Tz) -> String {
    let there = moment.with_timezone(&zone);
    there.format("%b %-d, %H:%M").to_string()
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

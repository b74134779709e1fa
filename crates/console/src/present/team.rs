use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use motel_kernel::{PropertyId, StaffId};
use motel_tenancy::roles::RoleTitles;
use motel_tenancy::team::{
    Invitation, InvitationState, Presence, PresenceState, Presences, Reaches,
};
use motel_tenancy::{Reach, RoleRef, Staff, StaffSession};

use crate::view::{InvitationRow, MemberRow, PresenceBadge, PropertyOption, RoleOption};

/// What somebody can be there for, from who may do most on; then the business's own roles.
pub(crate) fn role_options(titles: &RoleTitles) -> Vec<RoleOption> {
    let option = |(role, name): (RoleRef, &str)| RoleOption {
        word: role.to_string(),
        name: name.to_owned(),
    };
    titles.all().into_iter().map(option).collect()
}

fn role(role: RoleRef, titles: &RoleTitles) -> RoleOption {
    RoleOption {
        word: role.to_string(),
        name: titles.of(role).to_owned(),
    }
}

/// What is known of a team.
pub(crate) struct Team<'a> {
    pub(crate) members: &'a [Staff],
    pub(crate) presences: &'a Presences,
    pub(crate) titles: &'a RoleTitles,
    pub(crate) reaches: &'a Reaches,
    /// The properties of the business.
    pub(crate) properties: &'a [(PropertyId, String)],
}

pub(crate) fn members(team: &Team<'_>, looking: StaffId, zone: Tz) -> Vec<MemberRow> {
    let row = |member: &Staff| MemberRow {
        id: member.id.to_string(),
        name: member.display_name.clone(),
        email: member.email.to_string(),
        role: role(member.role, team.titles),
        properties: properties(team.properties, &team.reaches.of(member)),
        limited: member.limited,
        active: member.active,
        second_factor: member.second_factor_at.is_some(),
        is_you: member.id == looking,
        presence: presence(team.presences.of(member.id), zone),
    };
    team.members.iter().map(row).collect()
}

/// What a member can be limited to, where there is a choice.
fn properties(all: &[(PropertyId, String)], reach: &Reach) -> Vec<PropertyOption> {
    if all.len() < 2 {
        return Vec::new();
    }
    let option = |(id, name): &(PropertyId, String)| PropertyOption {
        id: id.to_string(),
        name: name.clone(),
        theirs: reach.includes(*id),
    };
    all.iter().map(option).collect()
}

/// To whom an owner can hand the business over: everybody else who may sign in.
pub(crate) fn heirs(members: &[Staff], looking: &StaffSession) -> Vec<(String, String)> {
    if !looking.role.is_owner() {
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
    titles: &RoleTitles,
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
            role: titles.of(invitation.role).to_owned(),
            state,
        })
    };
    invitations.iter().filter_map(row).collect()
}

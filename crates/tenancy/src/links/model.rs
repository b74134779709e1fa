use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_derive_newtype::DieselNewType;
use motel_kernel::{Email, StaffId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::schema::one_use_links;
use crate::team::InvitationId;

/// Which link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(transparent)]
pub struct LinkId(Uuid);

impl LinkId {
    pub(super) fn fresh() -> Self {
        Self(Uuid::now_v7())
    }
}

impl std::fmt::Display for LinkId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

motel_db::text_enum! {
    /// What a link lets its holder do.
    pub enum LinkPurpose {
        /// Choose a new password.
        ResetPassword = "reset_password",
        /// Join a team.
        Invitation = "invitation",
        /// Sign in with the address it was mailed to.
        ChangeEmail = "change_email",
        /// Come in as support, where the business lets them.
        Support = "support",
    }
}

impl LinkPurpose {
    /// How long such a link can be used.
    pub(crate) fn lasts(self) -> TimeDelta {
        match self {
            Self::Support => TimeDelta::minutes(15),
            Self::ResetPassword => TimeDelta::hours(1),
            Self::ChangeEmail => TimeDelta::hours(24),
            Self::Invitation => TimeDelta::days(7),
        }
    }

    /// Where in the console it leads.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::ResetPassword => "/console/new-password",
            Self::Invitation => "/console/join",
            Self::ChangeEmail => "/console/new-email",
            Self::Support => "/console/support",
        }
    }
}

/// Whom a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkFor {
    /// A member who wants a new password.
    NewPassword(StaffId),
    /// Who is asked to join.
    Invitation(InvitationId),
    /// A member who wants another address.
    ChangeEmail(StaffId),
    /// Who visits as support.
    Support(StaffId),
}

impl LinkFor {
    pub(super) fn purpose(self) -> LinkPurpose {
        match self {
            Self::NewPassword(_) => LinkPurpose::ResetPassword,
            Self::Invitation(_) => LinkPurpose::Invitation,
            Self::ChangeEmail(_) => LinkPurpose::ChangeEmail,
            Self::Support(_) => LinkPurpose::Support,
        }
    }

    pub(super) fn staff(self) -> Option<StaffId> {
        match self {
            Self::NewPassword(staff) | Self::ChangeEmail(staff) | Self::Support(staff) => {
                Some(staff)
            }
            Self::Invitation(_) => None,
        }
    }

    pub(super) fn invitation(self) -> Option<InvitationId> {
        match self {
            Self::NewPassword(_) | Self::ChangeEmail(_) | Self::Support(_) => None,
            Self::Invitation(invitation) => Some(invitation),
        }
    }
}

/// A link that was, or is about to be, mailed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = one_use_links, check_for_backend(diesel::pg::Pg))]
pub struct OneUseLink {
    /// Which.
    pub id: LinkId,
    /// What for.
    pub purpose: LinkPurpose,
    /// Whose account it opens.
    pub staff_id: Option<StaffId>,
    /// Which invitation it takes up.
    pub invitation_id: Option<InvitationId>,
    /// Where it is mailed to.
    pub email: Email,
    /// From when on it is good for nothing.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

impl OneUseLink {
    pub(super) fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_none() && self.expires_at > now
    }
}

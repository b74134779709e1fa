use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_derive_newtype::DieselNewType;
use motel_kernel::{Email, InvalidId, PersonName, StaffId};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::RoleRef;
use crate::schema::invitations;

/// Which invitation.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType,
)]
#[serde(transparent)]
pub struct InvitationId(Uuid);

impl InvitationId {
    pub(super) fn fresh() -> Self {
        Self(Uuid::now_v7())
    }

    /// The bare UUID, for SQL and logs.
    pub fn as_uuid(self) -> Uuid {
        self.0
    }
}

impl std::fmt::Display for InvitationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for InvitationId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let what = "InvitationId";
        text.parse().map(Self).map_err(|_| InvalidId { what })
    }
}

/// Somebody to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Where the invitation goes, and what they will sign in with.
    pub email: Email,
    /// What they will be there for.
    pub role: RoleRef,
}

/// Somebody was asked to join.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = invitations, check_for_backend(diesel::pg::Pg))]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// Where it went.
    pub email: Email,
    /// What they will be there for.
    #[diesel(select_expression = (invitations::role, invitations::role_id))]
    #[diesel(select_expression_type = (invitations::role, invitations::role_id))]
    pub role: RoleRef,
    /// Who asked them.
    pub invited_by: StaffId,
    /// When they were asked first.
    pub created_at: DateTime<Utc>,
    /// When they were asked last.
    pub sent_at: DateTime<Utc>,
    /// Until when they may say yes.
    pub expires_at: DateTime<Utc>,
    /// When they said yes.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

motel_db::text_enum! {
    /// Where an invitation stands.
    pub enum InvitationState {
        /// It may be accepted.
        Open = "open",
        /// Its time is over; it can be sent again.
        Expired = "expired",
        /// They joined.
        Accepted = "accepted",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

impl Invitation {
    /// Where it stands at a moment.
    pub fn state(&self, now: DateTime<Utc>) -> InvitationState {
        match (self.accepted_at, self.withdrawn_at) {
            (Some(_), _) => InvitationState::Accepted,
            (None, Some(_)) => InvitationState::Withdrawn,
            (None, None) if self.expires_at > now => InvitationState::Open,
            (None, None) => InvitationState::Expired,
        }
    }
}

/// Who joins by an invitation, beyond what that says already.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// How the console greets them.
    pub name: PersonName,
    /// What they will sign in with.
    pub password: SecretString,
}

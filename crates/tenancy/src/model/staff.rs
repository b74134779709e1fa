use std::fmt;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_derive_newtype::DieselNewType;
use motel_kernel::{Email, StaffId, TenantId};
use secrecy::SecretString;

use crate::schema::staff;
use crate::{Role, RoleRef};

/// A member of a tenant's team who may sign in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = staff, check_for_backend(diesel::pg::Pg))]
pub struct Staff {
    /// Whose team.
    pub tenant_id: TenantId,
    /// Which member.
    pub id: StaffId,
    /// What they sign in with; unique in the whole installation.
    pub email: Email,
    /// How the console greets them.
    pub display_name: String,
    /// Whether they may sign in.
    pub active: bool,
    /// What they are there for.
    #[diesel(select_expression = (staff::role, staff::role_id))]
    #[diesel(select_expression_type = (staff::role, staff::role_id))]
    pub role: RoleRef,
    /// Since when they show a second factor when they sign in; `None` while they have none.
    pub second_factor_at: Option<DateTime<Utc>>,
    /// Whether they work for some properties only.
    pub limited: bool,
    /// Of the password they had when this was read.
    pub(crate) password_hash: PasswordHash,
}

/// An argon2id hash, which is for nobody's eyes.
#[derive(Clone, PartialEq, Eq, DieselNewType)]
pub struct PasswordHash(pub(crate) String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// A member to be.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// What they will sign in with.
    pub email: Email,
    /// Ten characters or more; kept as an argon2id hash only.
    pub password: SecretString,
    /// How the console greets them.
    pub display_name: String,
    /// What they are there for.
    pub role: Role,
}

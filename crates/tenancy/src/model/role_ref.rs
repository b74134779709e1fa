use std::fmt;
use std::str::FromStr;

use diesel::Queryable;
use diesel::deserialize;
use diesel::pg::Pg;
use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use diesel_derive_newtype::DieselNewType;
use motel_kernel::InvalidId;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use crate::Role;

/// Which of a business's own roles.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType,
)]
#[serde(transparent)]
pub struct RoleId(Uuid);

impl RoleId {
    pub(crate) fn fresh() -> Self {
        Self(Uuid::now_v7())
    }

    /// The bare UUID, for SQL and logs.
    pub fn as_uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for RoleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for RoleId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let what = "RoleId";
        text.parse().map(Self).map_err(|_| InvalidId { what })
    }
}

/// Which role: one of the program's, or one that the business made. It is written as its word or its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleRef {
    /// The same for all businesses.
    Program(Role),
    /// The business's own.
    Own(RoleId),
}

impl RoleRef {
    /// The column `role`.
    pub(crate) fn word(self) -> Option<Role> {
        match self {
            Self::Program(role) => Some(role),
            Self::Own(_) => None,
        }
    }

    /// The column `role_id`.
    pub(crate) fn id(self) -> Option<RoleId> {
        match self {
            Self::Program(_) => None,
            Self::Own(id) => Some(id),
        }
    }
}

impl From<Role> for RoleRef {
    fn from(role: Role) -> Self {
        Self::Program(role)
    }
}

impl PartialEq<Role> for RoleRef {
    fn eq(&self, other: &Role) -> bool {
        *self == Self::Program(*other)
    }
}

impl fmt::Display for RoleRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program(role) => role.fmt(f),
            Self::Own(id) => id.fmt(f),
        }
    }
}

impl FromStr for RoleRef {
    type Err = InvalidRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let role = text.parse().map(Self::Program);
        role.or_else(|_| text.parse().map(Self::Own).map_err(|_| InvalidRole))
    }
}

impl Serialize for RoleRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The text names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be owner, manager, front_desk, housekeeping or the id of a role of your own")]
pub struct InvalidRole;

/// The columns `role` and `role_id`, of which one is set.
impl Queryable<(Nullable<Text>, Nullable<SqlUuid>), Pg> for RoleRef {
    type Row = (Option<Role>, Option<RoleId>);

    fn build(row: Self::Row) -> deserialize::Result<Self> {
        match row {
            (Some(role), None) => Ok(Self::Program(role)),
            (None, Some(id)) => Ok(Self::Own(id)),
            _ => Err("neither a role of the program nor one of the business's own".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_written_as_its_word_or_its_id() {
        let own = RoleRef::Own(RoleId::fresh());
        for role in [RoleRef::Program(Role::FrontDesk), own] {
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        assert_eq!("cook".parse::<RoleRef>(), Err(InvalidRole));
        assert!(RoleRef::from(Role::Owner) == Role::Owner && own != Role::Owner);
    }
}

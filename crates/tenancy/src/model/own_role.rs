use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::schema::roles;
use crate::{HeldRole, Permission, Permissions, RoleId, RoleRef};

/// A role that a business made for itself.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = roles, check_for_backend(diesel::pg::Pg))]
pub struct OwnRole {
    /// Which.
    pub id: RoleId,
    /// What it is called, as no other of the business.
    pub name: String,
    /// A sentence on whom it is for; may be empty.
    pub purpose: String,
    permissions: Vec<Permission>,
    /// Goes up with every change.
    pub version: i32,
    /// Since when nobody is given it any more.
    pub archived_at: Option<DateTime<Utc>>,
}

impl OwnRole {
    /// What it permits.
    pub fn permissions(&self) -> Permissions {
        self.permissions.iter().copied().collect()
    }

    /// As somebody holds it.
    pub fn held(&self) -> HeldRole {
        HeldRole {
            which: RoleRef::Own(self.id),
            title: self.name.clone(),
            permissions: self.permissions(),
        }
    }
}

/// A role to be, or what is to become of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    /// 1 to 60 characters.
    pub name: String,
    /// At most 200 characters.
    pub purpose: String,
    /// At least one.
    pub permissions: Permissions,
}

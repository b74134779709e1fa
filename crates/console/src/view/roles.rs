use askama::Template;

use super::{Head, Notice, RoleOption};

/// Who may do what.
#[derive(Debug, Template)]
#[template(path = "roles.html")]
pub struct RolesPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// The columns.
    pub roles: Vec<String>,
    /// The rows.
    pub permissions: Vec<PermissionRow>,
    /// The business's own roles, to look at and change; nothing where who looks does not look after the team.
    pub own: Vec<OwnRoleLink>,
    /// Of which roles a copy can be made; none where who looks does not look after the team.
    pub copied: Vec<RoleOption>,
}

/// A role of the business's own.
#[derive(Clone, Debug)]
pub struct OwnRoleLink {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whom it is for.
    pub purpose: String,
}

/// One thing that can be permitted.
#[derive(Clone, Debug)]
pub struct PermissionRow {
    /// `folios:refund`.
    pub word: &'static str,
    /// What it lets one do.
    pub meaning: &'static str,
    /// For each role "yes" or a dash.
    pub permitted: Vec<&'static str>,
}

/// One role of the business's own, to be made or changed.
#[derive(Debug, Template)]
#[template(path = "role.html")]
pub struct RolePage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done, or was not.
    pub notice: Option<Notice>,
    /// What was refused.
    pub errors: Vec<String>,
    /// Its id; `None` as long as it is to be made.
    pub id: Option<String>,
    /// The version that was read.
    pub version: i32,
    /// What it is called.
    pub name: String,
    /// Whom it is for.
    pub purpose: String,
    /// What it can permit.
    pub choices: Vec<PermissionChoice>,
    /// Which roles members can get instead when it is removed.
    pub successors: Vec<RoleOption>,
}

/// One thing that a role can permit.
#[derive(Clone, Debug)]
pub struct PermissionChoice {
    /// `folios:refund`.
    pub word: &'static str,
    /// What it lets one do.
    pub meaning: &'static str,
    /// Whether the role permits it.
    pub permitted: bool,
    /// Whether who looks may do it themselves, and so put it in.
    pub yours: bool,
}

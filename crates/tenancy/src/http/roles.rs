use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::StaffAccess;
use crate::{Permission, Role, may};

/// What can be permitted, and which role permits it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RolesView {
    /// Every permission.
    permissions: Vec<PermissionView>,
    /// Every role, who may do most first.
    roles: Vec<RoleView>,
}

/// One thing that somebody may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionView {
    /// `folios:refund`.
    permission: &'static str,
    /// What it lets one do, as the rest of "may …".
    meaning: &'static str,
}

/// What a member of the team is there for, and what they may therefore do.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    /// `front_desk`.
    role: &'static str,
    /// What people call it.
    title: &'static str,
    /// `folios:read` and so on.
    permissions: Vec<&'static str>,
}

/// Shows what can be permitted and which role permits it.
#[utoipa::path(
    tag = "session",
    operation_id = "roles",
    responses((status = 200, description = "Permissions and roles", body = RolesView))
)]
#[get("/roles")]
pub(crate) async fn show(_access: StaffAccess<may::BeKnown>) -> web::Json<RolesView> {
    let permissions = Permission::ALL.iter().map(|it| PermissionView {
        permission: it.as_str(),
        meaning: it.meaning(),
    });
    let roles = Role::ALL.iter().map(|role| RoleView {
        role: role.as_str(),
        title: role.title(),
        permissions: role.permissions().iter().map(Permission::as_str).collect(),
    });
    web::Json(RolesView {
        permissions: permissions.collect(),
        roles: roles.collect(),
    })
}

use motel_tenancy::{HeldRole, OwnRole, Permission, Permissions, Role, RoleRef};

use crate::view::{OwnRoleLink, PermissionChoice, PermissionRow, RoleOption};

/// Every role there is, those of the program first.
pub(crate) fn all_roles(own: &[OwnRole]) -> Vec<HeldRole> {
    let program = Role::ALL.iter().copied().map(HeldRole::from);
    program.chain(own.iter().map(OwnRole::held)).collect()
}

/// What can be permitted, and which role permits it.
pub(crate) fn permissions(roles: &[HeldRole]) -> Vec<PermissionRow> {
    let mark = |role: &HeldRole, permission| match role.permissions.has(permission) {
        true => "yes",
        false => "–",
    };
    let row = |permission: &Permission| PermissionRow {
        word: permission.as_str(),
        meaning: permission.meaning(),
        permitted: roles.iter().map(|role| mark(role, *permission)).collect(),
    };
    Permission::ALL.iter().map(row).collect()
}

/// What a role can permit, and what of it somebody may put in.
pub(crate) fn choices(permitted: Permissions, yours: Permissions) -> Vec<PermissionChoice> {
    let choice = |permission: &Permission| PermissionChoice {
        word: permission.as_str(),
        meaning: permission.meaning(),
        permitted: permitted.has(*permission),
        yours: yours.has(*permission),
    };
    Permission::ALL.iter().map(choice).collect()
}

/// The business's own roles.
pub(crate) fn own_roles(own: &[OwnRole]) -> Vec<OwnRoleLink> {
    let link = |role: &OwnRole| OwnRoleLink {
        id: role.id.to_string(),
        name: role.name.clone(),
        purpose: role.purpose.clone(),
    };
    own.iter().map(link).collect()
}

/// Roles to choose from, but for one.
pub(crate) fn other_roles(roles: &[HeldRole], but: Option<RoleRef>) -> Vec<RoleOption> {
    let others = roles.iter().filter(|role| Some(role.which) != but);
    let option = |role: &HeldRole| RoleOption {
        word: role.which.to_string(),
        name: role.title.clone(),
    };
    others.map(option).collect()
}

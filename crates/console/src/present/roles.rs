use motel_tenancy::{HeldRole, OwnRole, Permission, Permissions, Role, RoleId, RoleRef};

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

/// Who has a role that is removed gets one of these: nobody becomes an owner by the way.
pub(crate) fn successors(roles: &[HeldRole], removed: Option<RoleId>) -> Vec<RoleOption> {
    let mut others = roles.to_vec();
    others.retain(|role| !role.is_owner() && Some(role.which) != removed.map(RoleRef::Own));
    role_choices(&others)
}

/// Roles to choose from.
pub(crate) fn role_choices(roles: &[HeldRole]) -> Vec<RoleOption> {
    let option = |role: &HeldRole| RoleOption {
        word: role.which.to_string(),
        name: role.title.clone(),
    };
    roles.iter().map(option).collect()
}

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::roles;
use crate::{OwnRole, Role, RoleId, RoleRef, TenancyError};

/// The roles that the business has made and not removed, by their names. There are fifty at most.
///
/// # Errors
/// The database failed.
pub async fn own_roles(tx: &mut TenantTx) -> Result<Vec<OwnRole>, TenancyError> {
    Ok(roles::table
        .filter(roles::tenant_id.eq(tx.tenant()))
        .filter(roles::archived_at.is_null())
        .order((roles::name, roles::id))
        .select(OwnRole::as_select())
        .load(tx.conn())
        .await?)
}

/// One of them.
///
/// # Errors
/// [`TenancyError::NotFound`], also for one that was removed.
pub async fn own_role(tx: &mut TenantTx, id: RoleId) -> Result<OwnRole, TenancyError> {
    roles::table
        .find((tx.tenant(), id))
        .filter(roles::archived_at.is_null())
        .select(OwnRole::as_select())
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::NotFound("role"))
}

/// What roles are called among people: those of the program and the business's own.
#[derive(Debug, Clone, Default)]
pub struct RoleTitles(HashMap<RoleId, String>);

impl RoleTitles {
    /// What a role is called; one that was removed is nobody's any more, and says so.
    pub fn of(&self, role: RoleRef) -> &str {
        match role {
            RoleRef::Program(role) => role.title(),
            RoleRef::Own(id) => self.0.get(&id).map_or("A former role", String::as_str),
        }
    }

    /// Every role that can be given: which, and what it is called. The program's first, from who may do most on.
    pub fn all(&self) -> Vec<(RoleRef, &str)> {
        let mut own: Vec<(RoleRef, &str)> = self
            .0
            .iter()
            .map(|(id, name)| (RoleRef::Own(*id), name.as_str()))
            .collect();
        own.sort_by_key(|(_, name)| *name);
        let of_the_program = Role::ALL.iter().map(|role| ((*role).into(), role.title()));
        of_the_program.chain(own).collect()
    }
}

/// What the business's roles are called.
///
/// # Errors
/// The database failed.
pub async fn role_titles(tx: &mut TenantTx) -> Result<RoleTitles, TenancyError> {
    let own = own_roles(tx).await?;
    let titles = own.into_iter().map(|role| (role.id, role.name));
    Ok(RoleTitles(titles.collect()))
}

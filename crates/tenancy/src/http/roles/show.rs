use actix_web::{get, web};
use motel_db::Db;
use motel_web::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::StaffAccess;
use crate::{HeldRole, OwnRole, Permission, Role, may, roles};

/// What can be permitted, and which role permits it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RolesView {
    /// Every permission.
    permissions: Vec<PermissionView>,
    /// Every role: those of the program, who may do most first, then those that the business made, by their names.
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
    /// `front_desk`, or the id of a role of the business's own.
    role: String,
    /// What people call it.
    title: String,
    /// Whom it is for, in a sentence; may be empty.
    purpose: String,
    /// `folios:read` and so on.
    permissions: Vec<&'static str>,
    /// Of a role of the business's own, which goes up with every change: the `ETag`. `null` for the program's, which stay as they are.
    #[schema(required)]
    version: Option<i32>,
}

impl RoleView {
    fn new(role: HeldRole) -> Self {
        Self {
            role: role.which.to_string(),
            title: role.title,
            purpose: String::new(),
            permissions: role.permissions.iter().map(Permission::as_str).collect(),
            version: None,
        }
    }
}

impl From<OwnRole> for RoleView {
    fn from(own: OwnRole) -> Self {
        Self {
            purpose: own.purpose.clone(),
            version: Some(own.version),
            ..Self::new(own.held())
        }
    }
}

/// Shows what can be permitted and which role permits it.
#[utoipa::path(
    tag = "session",
    operation_id = "roles",
    responses((status = 200, description = "Permissions and roles", body = RolesView))
)]
#[get("/roles")]
pub(crate) async fn show(
    access: StaffAccess<may::BeKnown>,
    db: web::Data<Db>,
) -> Result<web::Json<RolesView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let own = roles::own_roles(&mut tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let permissions = Permission::ALL.iter().map(|it| PermissionView {
        permission: it.as_str(),
        meaning: it.meaning(),
    });
    let program = Role::ALL.iter().map(|role| RoleView::new((*role).into()));
    Ok(web::Json(RolesView {
        permissions: permissions.collect(),
        roles: program.chain(own.into_iter().map(RoleView::from)).collect(),
    }))
}

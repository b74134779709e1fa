use motel_kernel::TenantId;
use motel_tenancy::{Permission, Role};

use super::people::{Visitor, member_called};
use crate::desk::Desk;

/// A role that a business made, which permits everything at first, and a member who has it.
pub(super) struct OwnRole {
    pub(super) member: Visitor,
    /// Its id.
    id: String,
}

impl OwnRole {
    pub(super) async fn made(desk: &Desk, tenant: TenantId) -> Self {
        let member = member_called(desk, tenant, EMAIL, Role::Manager).await;
        let id = "01890a5d-ac96-774b-bcce-b302099a8058".to_owned();
        let everything = array(Permission::ALL);
        let made = format!(
            "INSERT INTO tenancy.roles (tenant_id, id, name, purpose, permissions, created_at)
             VALUES ('{tenant}', '{id}', 'Own', '', {everything}, now());
             UPDATE tenancy.staff SET role = NULL, role_id = '{id}' WHERE email = '{EMAIL}'"
        );
        desk.site.books().await.execute(&made).await;
        Self { member, id }
    }

    /// Limits the member to a property.
    pub(super) async fn limit_to(&self, desk: &Desk, property: &str) {
        let limit = format!(
            "UPDATE tenancy.staff SET limited = true WHERE email = '{EMAIL}';
             INSERT INTO tenancy.member_properties
             SELECT tenant_id, id, '{property}' FROM tenancy.staff WHERE email = '{EMAIL}'"
        );
        desk.site.books().await.execute(&limit).await;
    }

    pub(super) async fn permit_all_but(&self, desk: &Desk, taken: Permission) {
        let mut rest = Permission::ALL.to_vec();
        rest.retain(|it| *it != taken);
        self.permit(desk, &rest).await;
    }

    pub(super) async fn permit_only(&self, desk: &Desk, permission: Permission) {
        self.permit(desk, &[permission]).await;
    }

    async fn permit(&self, desk: &Desk, permissions: &[Permission]) {
        let (id, permissions) = (&self.id, array(permissions));
        let permit =
            format!("UPDATE tenancy.roles SET permissions = {permissions} WHERE id = '{id}'");
        desk.site.books().await.execute(&permit).await;
    }
}

const EMAIL: &str = "own@doors.example";

fn array(permissions: &[Permission]) -> String {
    let words: Vec<&str> = permissions.iter().map(|it| it.as_str()).collect();
    format!("'{{{}}}'", words.join(","))
}

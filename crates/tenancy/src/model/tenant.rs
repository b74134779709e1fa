use diesel::prelude::*;
use motel_kernel::TenantId;

use crate::schema::tenants;
use crate::{Slug, Standing};

motel_db::text_enum! {
    /// The trade a tenant is in.
    pub enum TenantKind {
        /// Rooms by the night.
        Motel = "motel",
        /// Dinners cooked at the guest's home; it has no rooms.
        PrivateDining = "private_dining",
        /// Advice by the hour; it has no rooms either.
        Consulting = "consulting",
    }
}

/// A business: the customer of the installation.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = tenants, check_for_backend(diesel::pg::Pg))]
pub struct Tenant {
    /// Which tenant.
    #[diesel(column_name = tenant_id)]
    pub id: TenantId,
    /// Its name in addresses.
    pub slug: Slug,
    /// What it calls itself.
    pub name: String,
    /// Its trade.
    pub kind: TenantKind,
    /// Whether it is there to play with: its clock can be moved.
    pub sandbox: bool,
    /// How it stands with the installation.
    #[diesel(embed)]
    pub standing: Standing,
}

//! Reading.

mod accounts;
mod api_keys;
mod businesses;
mod properties;
mod property_clocks;
mod sessions;
mod tenants;

pub use accounts::has_account;
pub use api_keys::{api_key, api_keys};
pub(crate) use api_keys::{holder_of_key, keys_of};
pub use businesses::{Business, business, businesses};
pub use properties::{default_property, property, property_meant, property_names};
pub(crate) use properties::{first_of_tenant, tenant_of_slug};
pub use property_clocks::property_clocks;
#[cfg(feature = "http")]
pub(crate) use sessions::session_of;
pub use sessions::sessions_of;
pub(crate) use sessions::{note_use, session_by_id};
pub use tenants::tenant;

//! Reading.

mod api_keys;
mod properties;
mod property_clocks;
mod tenants;

pub use api_keys::api_keys;
pub(crate) use api_keys::holder_of_key;
pub use properties::{default_property, property};
pub(crate) use properties::{first_of_slug, first_of_tenant};
pub use property_clocks::property_clocks;
pub use tenants::tenant;

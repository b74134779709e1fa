//! Reading.

mod properties;
mod tenants;

pub(crate) use properties::first_of_slug;
pub use properties::{default_property, property};
pub use tenants::tenant;

//! Changing what a property charges. The caller commits.

mod fees;
mod taxes;

pub use fees::{create_fee, delete_fee, replace_fee};
pub use taxes::{create_tax, delete_tax, replace_tax};

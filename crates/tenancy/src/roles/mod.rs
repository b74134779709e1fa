//! The roles that a business makes for itself, beside those of the program.

mod held;
mod list;
mod make;
mod remove;

pub use held::held_role;
use held::lock_role;
pub(crate) use held::{hold_role, role_of};
pub use list::{RoleTitles, own_role, own_roles, role_titles};
pub use make::{change_role, make_role};
pub use remove::remove_role;

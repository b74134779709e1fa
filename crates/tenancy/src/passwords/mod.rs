//! Choosing another password.

mod ask;
mod change;
mod fit;
mod reset;
mod show;

pub use ask::{Asked, ask_for_password};
pub use change::{PasswordChange, change_password};
pub use fit::fit;
pub use reset::{may_reset, reset_password};
pub(crate) use show::{Shown, show_password};

//! Choosing another password.

mod ask;
mod change;
mod fit;
mod reset;

pub use ask::{Asked, ask_for_password};
pub use change::change_password;
pub use fit::fit;
pub use reset::{may_reset, reset_password};

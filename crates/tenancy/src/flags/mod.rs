//! What is switched on for which business.

mod command;
mod model;
mod read;
mod share;

pub use command::{override_flag, roll_out};
pub use model::{Flag, Flags, Percent};
pub(crate) use read::flags_of;
pub use read::{FlagSetting, FlagState, settings};

//! What is done with prompts. None of it commits.

mod activate;
mod note;
mod roll_back;
mod save;

pub use activate::activate;
pub use roll_back::roll_back;
pub use save::save;

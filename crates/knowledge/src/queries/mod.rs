//! Finding passages.

mod answer;
mod candidates;
mod question;
mod search;

pub use answer::answer;
pub use search::search;

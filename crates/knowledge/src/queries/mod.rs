//! Finding passages, and what is kept.

mod answer;
mod candidates;
mod library;
mod misspelt;
mod open_questions;
mod question;
mod search;

pub use answer::answer;
pub use library::{document, documents, versions};
pub use open_questions::open_questions;
pub use search::{Order, ordered, search};

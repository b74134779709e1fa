//! What an assistant may do and how its calls are read: no clock, no database.

mod about;
mod arguments;
mod ceilings;
mod words;

pub use about::About;
pub use arguments::Arguments;
pub use ceilings::{may_begin, may_book};
pub(crate) use words::said;

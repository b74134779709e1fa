//! What can be done to a lead. The caller opens the transaction and commits it.

mod capture;
mod convert;
mod forget;

pub use capture::{Captured, capture};
pub use convert::{Booker, convert};
pub use forget::forget;

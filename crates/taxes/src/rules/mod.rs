//! Reckoning, without a database.

mod apportion;
mod fees;
mod fraction;
mod ordering;
mod quantity;
mod reckon;
mod taxes;

pub(crate) use ordering::in_order;
pub use reckon::{reckon, reckon_nights};

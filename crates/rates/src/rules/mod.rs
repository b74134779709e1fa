//! Pricing and selling, without a database.

mod market;
mod price;
mod selling;
mod tax;

pub(crate) use market::Market;
pub use price::{Unpriced, price_stay};

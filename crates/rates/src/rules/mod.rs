//! Pricing and selling, without a database.

mod exact;
mod lineage;
mod market;
mod night;
mod price;
mod promo;
mod restrictions;
mod selling;

pub use lineage::{BrokenDerivation, Descent, LONGEST_CHAIN, lineages};
pub(crate) use market::Market;
pub(crate) use night::changed;
pub use price::{Unpriced, price_nights, price_stay};

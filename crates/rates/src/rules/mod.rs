//! Pricing and selling, without a database.

mod exact;
mod lineage;
mod night;
mod package;
mod price;
mod promo;
mod restrictions;
mod terms;

pub use lineage::{BrokenDerivation, Descent, LONGEST_CHAIN, lineages};
pub(crate) use night::changed;
pub(crate) use package::packaged;
pub use package::price_with_package;
pub use price::{Unpriced, price_nights, price_stay, standard_price};
pub use terms::{TermsRequest, terms};

//! Reading rates, and the search.

mod alternatives;
mod market;
mod pricing_table;
mod promo_codes;
mod rate_plans;
mod search;
mod seasons;

pub use alternatives::{FARTHEST_SHIFT, alternatives};
pub use pricing_table::pricing_table;
pub use promo_codes::{promo_code, promo_codes};
pub use rate_plans::{rate_plan, rate_plan_by_code, rate_plans};
pub use search::{USUAL_LONGEST_STAY, search};
pub use seasons::{season, seasons};

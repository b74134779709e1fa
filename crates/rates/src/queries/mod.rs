//! Reading rates, and the search.

mod alternatives;
mod market;
mod rate_plans;
mod rate_table;
mod search;

pub use alternatives::{FARTHEST_SHIFT, alternatives};
pub use rate_plans::{derived_plans, rate_plan_by_code, rate_plans};
pub use rate_table::rate_table;
pub use search::{USUAL_LONGEST_STAY, search};

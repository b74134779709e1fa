//! Reading rates, and the search.

mod cancellation_policies;
mod market;
mod packages;
mod pricing_table;
mod promo_codes;
mod rate_plans;
mod search;
mod seasons;

pub use cancellation_policies::{
    cancellation_policies, cancellation_policy, plans_by_policy, policies_in_force,
};
pub use market::{accessible_units, market};
pub use packages::{package, packages, valid_packages};
pub use pricing_table::pricing_table;
#[cfg(feature = "http")]
pub(crate) use pricing_table::restrictions_of;
pub use promo_codes::{promo_code, promo_codes};
pub use rate_plans::{rate_plan, rate_plan_by_code, rate_plans};
#[cfg(feature = "http")]
pub(crate) use search::around;
pub use search::{alternatives, calendar, other_dates, rooms, search};
pub use seasons::{season, seasons};

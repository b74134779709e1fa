//! Pure rules: no clock, no database.

mod budget;
mod dunning;
mod overage;
mod periods;
mod permission;
mod proration;
mod routing;
mod statement;

pub use budget::{THRESHOLDS, reached};
pub use dunning::{DUE_DAYS, next_step, step_after};
pub use overage::{kept_of_use, overage, spent};
pub use periods::{month_after, trial};
pub use permission::{Standing, may_use};
pub use proration::{change_of_plan, unused};
pub use routing::cheapest;
pub use statement::{Draft, draft};

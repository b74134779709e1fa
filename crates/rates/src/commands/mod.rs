//! Storing rate plans and rates. The caller commits.

mod put_group_rate;
mod put_rate_plan;

pub use put_group_rate::put_group_rate;
pub use put_rate_plan::put_rate_plan;

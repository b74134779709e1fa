//! Changing.

mod departure;
mod new_task;
mod plan_day;
mod put_rule;
mod steps;

pub use departure::{drop_departure_clean, keep_departure_clean};
pub use plan_day::plan_day;
pub use put_rule::put_rule;
pub use steps::{amend, assign, finish, inspect, reopen, start};

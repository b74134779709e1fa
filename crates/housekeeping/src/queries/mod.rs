//! Reading.

mod house;
mod places;
mod rule;
mod tasks;
mod units;

pub(crate) use house::stays_about;
pub(crate) use places::places_with_open_tasks;
pub(crate) use rule::locked_rule;
pub use rule::rule;
pub use tasks::{TaskFilter, task, tasks};
pub(crate) use units::arrives;
pub use units::units_today;

//! Use cases, one a file. The caller opens the transaction and commits it.

mod charge;
mod close_day;
mod findings;
mod house;
mod schedule;
mod snapshot;

pub use close_day::close_day;
pub use schedule::{change_schedule, keep_schedule, set_next_due};

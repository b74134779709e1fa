//! Reading the inventory.

mod blocks;
mod counters;
mod free_nights;
mod night_counts;
mod unit_groups;
mod units;

pub use blocks::{block, blocks_between, out_of_order};
pub(crate) use counters::{count_counters, counters_free_to_lock, locked_counters, open_counters};
pub use free_nights::free_per_night;
pub use night_counts::{NightCount, night_counts};
pub use unit_groups::{unit_group, unit_group_by_code, unit_groups};
pub use units::{unit, unit_by_number, units_of, units_of_property};

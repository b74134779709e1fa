//! Changing the inventory. The caller commits.

mod archive;
mod blocks;
mod calendar_lock;
mod create;
mod give_back_nights;
mod locked_nights;
mod open_nights;
mod put_unit;
mod put_unit_group;
mod set_condition;
mod take_nights;
mod versions;

pub use archive::{archive_unit, archive_unit_group, restore_unit, restore_unit_group};
pub use blocks::{cancel_block, insert_block, shorten_block};
pub use calendar_lock::lock_calendar;
pub use create::{change_unit, change_unit_group, create_unit, create_unit_group};
pub use give_back_nights::give_back_nights;
pub use locked_nights::LockedNights;
pub use open_nights::{MAX_OPEN_NIGHTS, open_nights};
pub use put_unit::put_unit;
pub use put_unit_group::put_unit_group;
pub use set_condition::set_condition;
pub use take_nights::{can_take_nights, take_nights};
use versions::{check_version, locked_unit};

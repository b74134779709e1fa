mod counter;
mod put;
mod unit;
mod unit_group;

pub use counter::{NightFree, NightlyCounter};
pub use put::Put;
pub use unit::{Unit, UnitDetails};
pub use unit_group::{UnitGroup, UnitGroupDetails};

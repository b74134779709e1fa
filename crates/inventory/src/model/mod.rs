mod block;
mod counter;
mod put;
mod unit;
mod unit_group;

pub use block::{Block, BlockDetails, BlockKind};
pub(crate) use block::{BlockRow, NewBlock};
pub use counter::{NightFree, NightlyCounter};
pub use put::Put;
pub(crate) use unit::NewUnit;
pub use unit::{Unit, UnitCondition, UnitDetails};
pub use unit_group::{UnitGroup, UnitGroupDetails};

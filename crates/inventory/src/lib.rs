#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod model;
pub mod packing;
pub mod queries;
mod rules;
pub mod schema;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::InventoryError;
pub use model::{
    Block, BlockDetails, BlockKind, NightFree, NightlyCounter, Put, Unit, UnitCondition,
    UnitDetails, UnitGroup, UnitGroupDetails,
};

//! Reads.

mod entries;
mod retention;
mod verify;

pub use entries::entries;
pub use retention::kept_for;
pub use verify::verify;

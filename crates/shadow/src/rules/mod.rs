//! What is decided, without a clock or a database.

mod compare;
mod ending;
mod readiness;
mod roll_back;
mod share;

pub use compare::{Comparison, Difference, FigureSaid, Told, ToolUse, compare};
pub use ending::ending_of;
pub use readiness::{IntentReadiness, READY_AT, READY_TURNS, readiness};
pub use roll_back::Rates;
pub use share::takes;

pub(crate) use readiness::mean;

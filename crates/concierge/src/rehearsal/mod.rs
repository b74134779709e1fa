//! Saved conversations as they are answered once more, and how that compares.

mod past_turn;
mod score;
mod told;

pub use past_turn::{NotRehearsed, PastTurn, past_turns};
pub use score::{live_score, silent_score};
pub(crate) use told::told_of;

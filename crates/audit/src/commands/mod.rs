//! What is done with the log. Entries themselves are written by what they tell of.

mod chain;
mod cut;
mod retention;

pub use chain::chain_entries;
pub use cut::cut_chains;
pub use retention::keep_for;

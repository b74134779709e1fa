//! What changes. The caller opens the transaction and commits it.

mod forget;
mod keep_score;
mod note_spending;
mod put_candidate;

pub use forget::forget;
pub use keep_score::keep_score;
pub use note_spending::note_spending;
pub use put_candidate::{put_candidate, remove_candidate};

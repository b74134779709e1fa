mod days;
mod entry;
mod filter;
mod hash;
mod head;
mod verdict;

pub use days::Days;
pub use entry::{Action, Entry};
pub use filter::{Filter, InvalidFilter, Word};
pub use hash::Hash;
pub(crate) use head::{Head, Link};
pub use verdict::{Flaw, Verdict};

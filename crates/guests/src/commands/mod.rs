//! Writing guests. The caller commits.

mod upsert;

pub use upsert::upsert;

//! The log on a real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod chain;
mod cut;
mod house;
mod notes;
mod race;
mod walls;

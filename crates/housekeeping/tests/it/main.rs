//! Housekeeping on a real PostgreSQL, with the tables of this crate and of those below it only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod departures;
mod house;
mod interface;
mod planning;
mod steps;

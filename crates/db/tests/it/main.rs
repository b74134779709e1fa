#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod cancellation;
mod isolation;
mod lost_connections;
mod memory;
mod shelf;
mod standing;

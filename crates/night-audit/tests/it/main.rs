//! The night audit on a real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod catching_up;
mod closing;
mod crash;
mod holds;
mod http;
mod motel;

//! Documents on a real PostgreSQL, and what they look like.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    missing_docs
)]

mod crediting;
mod guarded;
mod interface;
mod issuing;
mod looks;
mod mailing;
mod motel;
mod numbers;
mod samples;
mod written;

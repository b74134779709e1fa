#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    missing_docs
)]

mod model;
mod opening;
mod tiny;

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod directory;
mod extractors;
mod isolation;
mod settings;
mod staff;

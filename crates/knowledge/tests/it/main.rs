#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod http;
mod ingesting;
mod public_data;
mod quality;
mod searching;
mod setting;

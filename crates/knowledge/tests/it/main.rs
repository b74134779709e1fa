#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod documents;
mod http;
mod ingesting;
mod open_questions;
mod public_data;
mod quality;
mod searching;
mod setting;
mod staff;

//! The application as a whole.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod answer;
mod books;
mod caller;
mod catalogue;
mod desk;
mod journey;
mod last_room;
mod openapi;
mod pages;
mod seed;
mod webhooks;

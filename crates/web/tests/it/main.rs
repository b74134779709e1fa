//! The shared HTTP behaviour, seen from outside through a small application.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod app;
mod inputs;
mod logging;
mod middleware;
mod session;

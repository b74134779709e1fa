#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod chores;
mod feed;
mod outbox;
mod retries;
mod serving;
mod stage;

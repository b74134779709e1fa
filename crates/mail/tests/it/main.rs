#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod fake_smtp;
mod file_mailbox;
mod once;
mod post;
mod smtp;

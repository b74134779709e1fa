//! The guest pages on a real PostgreSQL, without JavaScript, as a browser sends them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod booking;
mod card;
mod enquiry;
mod gateway;
mod guest;
mod motel;
mod search;
mod vouchers;

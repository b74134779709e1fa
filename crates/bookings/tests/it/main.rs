//! Bookings on a real PostgreSQL, with the tables of this crate and of those below it only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod booking;
mod cancelling;
mod changing_group;
mod desk;
mod holds;
mod idempotency;
mod isolation;
mod lifecycle;
mod mails;
mod modifying;
mod over_http;
mod pinned_change;
mod placement;
mod races;

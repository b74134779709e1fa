//! Appointments on a real PostgreSQL, with the tables of this crate and of those below it only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod booking;
mod changing;
mod guest;
mod isolation;
mod kitchen;
mod mails;
mod over_http;
mod races;
mod setting_up;
mod timers;

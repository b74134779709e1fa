//! Rules, their take-up, and what is added to bookings, on a real PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod adding;
mod keeping;
mod motel;
mod taking;

//! Assistants at the desk of a demo motel, on a real PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod ceilings;
mod house;
mod own;
mod properties;
mod tried;
mod visits;

//! Leads on a real PostgreSQL, with the tables of this crate and of those below it only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod capturing;
mod converting;
mod http;
mod isolation;
mod numbers;
mod person;

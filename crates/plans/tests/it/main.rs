//! Platform billing on a real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod budgets;
mod changes;
mod gateway;
mod many;
mod metering;
mod month;
mod operator;
mod payments;
mod routing;
mod walls;

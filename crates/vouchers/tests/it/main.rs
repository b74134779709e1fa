//! Gift cards and coupons on a real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod beside_gateways;
mod cancelled;
mod coupons;
mod gift_cards;
mod jobs;
mod model;
mod motel;
mod races;

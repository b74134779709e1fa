//! Billing on a real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod books;
mod cancellation;
mod desk;
mod events;
mod http;
mod ledger;
mod ledger_model;
mod lifecycle;
mod migration;
mod motel;
mod reconcile;
mod sandbox;
mod several_folios;
mod staff;

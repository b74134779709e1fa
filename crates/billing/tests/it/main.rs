//! Billing on a real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod authorisation_doubt;
mod authorisation_walks;
mod authorisations;
mod books;
mod cancellation;
mod cards;
mod charges;
mod deposits;
mod desk;
mod disputes;
mod doubt;
mod events;
#[path = "../../../payments/tests/it/fake_paypal.rs"]
mod fake_paypal;
mod http;
mod intake;
mod ledger;
mod ledger_model;
mod lifecycle;
mod migration;
mod motel;
mod paypal;
mod paypal_authorisations;
mod reconcile;
mod refunds;
mod reminders;
mod revoke;
mod sandbox;
mod several_folios;
mod slow_sandbox;
mod staff;
mod staff_refunds;
mod thousand;

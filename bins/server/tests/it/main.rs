//! The application as a whole.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod access;
mod accounts;
mod answer;
mod archiving;
mod audit;
mod authorisations;
mod bad_input;
mod binary;
mod blocks;
mod books;
mod caller;
mod candidates;
mod catalogue;
mod command_line;
mod crash;
mod crash_money;
mod deposits;
mod desk;
mod dinner;
#[path = "../../../../crates/payments/tests/it/fake_paypal.rs"]
mod fake_paypal;
mod flows;
mod former;
mod fuzz_findings;
mod guests;
mod hand_over_rules;
mod hardening;
mod house;
mod invoices;
mod journey;
mod keys;
mod last_room;
mod licences;
mod limits;
mod mcp;
mod models;
mod night_audit;
mod office;
mod onboarding;
mod openapi;
mod operator;
mod packages;
mod pages;
mod paypal_sdk;
mod people;
mod placement;
mod python;
mod reservations;
mod rooms;
mod routes;
mod seed;
mod stripe_books;
mod stripe_sdk;
mod subscription;
mod tenants;
mod tidy;
mod transport;
mod upsells;
mod vouchers;
mod webhooks;
mod whole_path;

//! The staff pages on a real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod access;
mod audit;
mod authorisations;
mod cards;
mod clerk;
mod credentials;
mod desk;
mod hand_over;
mod invoices;
mod knowledge;
mod live;
mod model;
mod money;
mod motel;
mod passkeys;
mod payment_events;
mod prompts;
mod rehearsals;
mod roles;
mod second_factor;
mod sign_in;
mod stays;
mod upsells;
mod vouchers;

//! Passkeys on a real PostgreSQL, with an authenticator in software.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod adding;
mod authenticator;
mod desk;
mod proving;
mod removing;
mod routes;
mod second_factor;
mod signing_in;
mod walls;

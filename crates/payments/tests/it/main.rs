#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod fake_stripe;
mod stripe_checkout;
mod stripe_state;
mod stripe_webhook;
mod vectors;

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod fake_paypal;
mod fake_stripe;
mod payees;
mod paypal;
mod paypal_authorisation;
mod stripe_authorisation;
mod stripe_card;
mod stripe_checkout;
mod stripe_refund;
mod stripe_state;
mod stripe_webhook;
mod vectors;

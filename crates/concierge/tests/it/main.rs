//! The concierge on a real database.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

mod appointment_faults;
mod appointment_model;
mod both;
mod candidate;
mod card_numbers;
mod caterer;
mod chat;
mod dialogues;
mod end_state;
mod faults;
mod hand_over_rules;
mod idempotency;
mod injections;
mod load;
mod model;
mod prompts;
mod rehearsal;
mod script;
mod stage;
mod trips;
mod understudy;
mod upsells;

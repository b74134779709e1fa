//! Calls on a real PostgreSQL, with a concierge that follows a script.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod desk;
mod isolation;
mod retries;
mod script;
mod simulated_phone;
mod stage;
mod twilio;

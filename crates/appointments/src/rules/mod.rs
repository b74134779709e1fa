//! What is true of appointments: no clock, no database.

mod actions;
mod checks;
mod diary;
#[cfg(test)]
mod examples;
mod fees;
mod pricing;
mod travel;

pub(crate) use actions::check;
pub use actions::{Action, AllowedAction, allowed_actions};
pub use checks::{check_service, check_station};
pub use diary::{Ask, Diary};
pub use fees::{cancellation_fee, carry_over, terms};
pub use pricing::price_appointment;

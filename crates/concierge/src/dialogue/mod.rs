//! What the concierge remembers of a conversation, and the rules by which it decides what to do next. Pure.

mod absorb;
mod contact_draft;
mod manner;
mod policy;
mod session_draft;
mod state;
mod stay_draft;
mod step;
mod upsell;
mod urgent;

#[cfg(test)]
mod tests;

pub(crate) use absorb::{Changes, absorb};
pub(crate) use contact_draft::ContactDraft;
pub(crate) use manner::{Manner, tone_of};
pub(crate) use policy::next_step;
pub(crate) use session_draft::{SessionDraft, SessionSlot};
pub(crate) use state::{BookedHere, CancellationReadBack, ReadBack, SessionReadBack, State, Topic};
pub(crate) use stay_draft::{Missing, StayDraft, StayFault};
pub(crate) use step::Step;
pub(crate) use upsell::{AddedTo, Asked, Taken, Upsell, is_unwelcome};
pub(crate) use urgent::{Urgent, urgent};

//! The nouns of this crate.

mod contact;
mod lead;
mod lead_number;
mod new_lead;
mod source;
mod wanted_dates;

pub use contact::{Contact, NoContact};
pub use lead::{Lead, LeadStatus};
pub use lead_number::{InvalidLeadNumber, LeadNumber};
pub use new_lead::{InvalidNotes, NewLead, Notes};
pub use source::{InvalidSource, LeadSource};
pub use wanted_dates::WantedDates;

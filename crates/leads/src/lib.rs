#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
mod events;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
mod schema;

pub use error::LeadError;
pub use events::LeadCaptured;
pub use model::{
    Contact, InvalidLeadNumber, InvalidNotes, InvalidSource, Lead, LeadNumber, LeadSource,
    LeadStatus, NewLead, NoContact, Notes, WantedDates,
};

#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod keeper;
mod model;
pub mod queries;
mod rules;
mod schema;

pub use error::GuestsError;
pub use keeper::{InTheWay, Keeper, KeeperFault, Keepers, Person, StandIn};
pub use model::{
    Channel, Consent, Country, Document, DocumentDetails, DocumentKind, Duplicate, Guest,
    GuestDetails, GuestEvent, GuestEventKind, InvalidCountry, InvalidLanguage, Language,
    MOST_DOCUMENTS, MOST_PREFERENCES, MOST_VIP, Note, Profile,
};

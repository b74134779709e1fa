//! The nouns: one a file.

mod consent;
mod document;
mod duplicate;
mod event;
mod guest;
mod note;
mod origin;

pub use consent::{Channel, Consent};
pub use document::{Document, DocumentDetails, DocumentKind, MOST_DOCUMENTS};
pub use duplicate::Duplicate;
pub use event::{GuestEvent, GuestEventKind};
pub use guest::{Guest, GuestDetails, MOST_PREFERENCES, MOST_VIP, Profile};
pub use note::Note;
pub use origin::{Country, InvalidCountry, InvalidLanguage, Language};

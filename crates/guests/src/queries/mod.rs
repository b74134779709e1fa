//! Reading guests.

mod consents;
mod documents;
mod duplicates;
mod events;
mod guests;
mod notes;
mod person;

pub use consents::{consents, current_consents};
pub use documents::documents;
pub use duplicates::duplicates;
pub use events::events;
pub use guests::{GuestFilter, find, find_by_email, find_many, list};
pub use notes::{notes, notes_by};
pub use person::person;

//! Writing guests. The caller commits.
//!
//! **Lock order:** guests by id, then what others keep on them.

mod change;
mod consents;
mod documents;
mod erase;
mod locked;
mod merge;
mod notes;
mod record;
mod upsert;

pub use change::change;
pub use consents::{NewConsent, note_consent};
pub use documents::{add_document, remove_document};
pub use erase::erase;
pub use merge::merge;
pub use notes::{add_note, remove_note};
pub use record::Occasion;
pub use upsert::upsert;

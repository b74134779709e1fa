//! What can be done about assistants. The caller opens the transaction and commits it.

mod note_made;
mod put_ceilings;
mod visits;

pub use note_made::note_made;
pub use put_ceilings::put_ceilings;
pub use visits::{begin_visit, conversation_of, end_visit};

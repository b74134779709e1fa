use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use motel_kernel::{Actor, GuestEventId, GuestId};
use serde::Serialize;

use crate::schema::guest_events;

motel_db::text_enum! {
    /// What was done to a guest.
    pub enum GuestEventKind {
        /// Fields of the profile were changed.
        Changed = "changed",
        /// A note was written.
        NoteAdded = "note_added",
        /// A note was removed.
        NoteRemoved = "note_removed",
        /// A channel was allowed.
        ConsentGiven = "consent_given",
        /// A channel was forbidden.
        ConsentWithdrawn = "consent_withdrawn",
        /// A document was noted.
        DocumentAdded = "document_added",
        /// A document was removed.
        DocumentRemoved = "document_removed",
        /// Another guest turned out to be this one.
        Merged = "merged",
        /// Everything personal was overwritten.
        Erased = "erased",
    }
}

/// Who did what to a guest, and when. It never says what anything was changed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable)]
#[diesel(table_name = guest_events, check_for_backend(diesel::pg::Pg))]
pub struct GuestEvent {
    /// The id.
    pub id: GuestEventId,
    /// What was done.
    pub kind: GuestEventKind,
    /// To which fields; of a consent, on which channel.
    pub fields: Vec<String>,
    /// Which guest was merged into this one.
    #[diesel(column_name = merged_guest_id)]
    pub merged_guest: Option<GuestId>,
    /// Who.
    pub actor: Actor,
    /// When.
    pub at: DateTime<Utc>,
}

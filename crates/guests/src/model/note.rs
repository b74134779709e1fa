use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use motel_kernel::{Actor, GuestId, GuestNoteId};
use serde::Serialize;

use crate::schema::notes;

/// Something staff noted about a guest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable)]
#[diesel(table_name = notes, check_for_backend(diesel::pg::Pg))]
pub struct Note {
    /// The id.
    pub id: GuestNoteId,
    /// On whom.
    #[diesel(column_name = guest_id)]
    pub guest: GuestId,
    /// In 1 to 2,000 characters.
    pub text: String,
    /// Who wrote it.
    pub actor: Actor,
    /// When.
    pub at: DateTime<Utc>,
}

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::Actor;

use super::Provider;
use crate::schema::credentials;

/// What anybody may know of a credential that is kept: never more than how it ends.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = credentials, check_for_backend(diesel::pg::Pg))]
pub struct KeptCredential {
    /// Whose service it is for.
    pub provider: Provider,
    /// How its secret ends.
    pub last_four: String,
    /// Who set it.
    pub set_by: Actor,
    /// When.
    pub set_at: DateTime<Utc>,
}

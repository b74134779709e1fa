use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Actor, ApiKeyId};
use secrecy::SecretString;

use crate::schema::api_keys;

/// A key by which a program acts for a tenant. The key itself is known to its holder only.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = api_keys, check_for_backend(diesel::pg::Pg))]
pub struct ApiKey {
    /// Which key.
    pub id: ApiKeyId,
    /// What it is for, in its maker's words.
    pub name: String,
    /// How the key begins, for people to tell keys apart: `rmk_3fa9c1`.
    pub hint: String,
    /// Who made it.
    pub created_by: Actor,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was revoked; it works no more.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A key just made, with its secret: nobody sees that again.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// What is kept of it.
    pub key: ApiKey,
    /// `rmk_` and 64 hexadecimal digits.
    pub secret: SecretString,
}

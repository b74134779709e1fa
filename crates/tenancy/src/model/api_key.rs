use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Actor, ApiKeyId, TenantId};
use secrecy::SecretString;

use crate::schema::api_keys;
use crate::{Permission, Permissions};

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
    /// What it may do; everything where nothing is said.
    pub permissions: Option<Vec<Permission>>,
    /// Until when it works; for good where nothing is said.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What a key may do, and how long; everything for good unless said otherwise.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeyTerms {
    /// What it may do; everything where nothing is said.
    pub permissions: Option<Permissions>,
    /// Until when it works.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Whose a key is that works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyHolder {
    /// The tenant it acts for.
    pub tenant: TenantId,
    /// Which key.
    pub key: ApiKeyId,
    /// What it may do.
    pub permissions: Permissions,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it opens nothing but where assistants call.
    pub assistant_only: bool,
}

impl KeyHolder {
    /// Whether it still works.
    pub(crate) fn works_at(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

/// A key just made, with its secret: nobody sees that again.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// What is kept of it.
    pub key: ApiKey,
    /// `rmk_` and 64 hexadecimal digits.
    pub secret: SecretString,
}

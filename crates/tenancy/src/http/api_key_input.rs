use chrono::{DateTime, Utc};
use motel_kernel::{Clock, SystemClock};
use motel_web::{FieldErrors, Input, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Caller;
use super::caller::forbidden;
use crate::{KeyTerms, Permission, Permissions, Role};

/// More than there are.
const MOST_PERMISSIONS: usize = 100;

/// A key to be, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawApiKey {
    /// What it is for.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// What it may do, `folios:read` and so on; what its maker may where neither this nor a role is said.
    permissions: Option<Vec<String>>,
    /// A role, to permit what that permits.
    role: Option<String>,
    /// Until when it works; for good where nothing is said.
    expires_at: Option<DateTime<Utc>>,
}

/// The same, parsed.
pub(crate) struct ApiKeyInput {
    pub(super) name: String,
    permissions: Option<Permissions>,
    expires_at: Option<DateTime<Utc>>,
}

impl Input for ApiKeyInput {
    type Raw = RawApiKey;

    fn parse(raw: RawApiKey) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.text("name", &raw.name, 1..=120);
        if raw.permissions.is_some() && raw.role.is_some() {
            errors.push("role", "give either this or permissions");
        }
        let permissions = match (raw.permissions, raw.role) {
            (Some(words), _) => known_permissions(&mut errors, &words),
            (None, Some(role)) => {
                let role: Option<Role> = errors.check("role", role.parse());
                role.map(Role::permissions)
            }
            (None, None) => None,
        };
        if raw.expires_at.is_some_and(|end| end <= SystemClock.now()) {
            errors.push("expires_at", "is over already");
        }
        errors.into_result()?;
        let expires_at = raw.expires_at;
        name.map(|name| Self {
            name,
            permissions,
            expires_at,
        })
        .ok_or_else(|| FieldErrors::of("name", "is missing"))
    }
}

/// The permissions that words name: one to a hundred.
pub(super) fn known_permissions(errors: &mut FieldErrors, words: &[String]) -> Option<Permissions> {
    if !(1..=MOST_PERMISSIONS).contains(&words.len()) {
        errors.push("permissions", "must be one to a hundred");
        return None;
    }
    let mut known = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let permission = word.parse::<Permission>();
        let permission = permission.map_err(|_| "is no permission; GET /api/v1/roles lists them");
        known.extend(errors.check(&format!("permissions.{place}"), permission));
    }
    Some(known.into_iter().collect())
}

impl ApiKeyInput {
    /// What the key may do, and how long: nothing that its maker may not.
    ///
    /// # Errors
    /// 403 `forbidden`, naming what they may not.
    pub(super) fn terms(&self, maker: &Caller) -> Result<KeyTerms, Problem> {
        let wanted = self.permissions.unwrap_or(maker.permissions);
        if let Some(above) = wanted.iter().find(|it| !maker.permissions.has(*it)) {
            return Err(forbidden(above));
        }
        let everything = self.permissions.is_none() && wanted == Permissions::all();
        Ok(KeyTerms {
            permissions: (!everything).then_some(wanted),
            expires_at: self.expires_at,
        })
    }
}

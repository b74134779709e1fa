use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Begun, CeremonyId, KeptPasskey};

/// What a browser is asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasskeyCeremonyView {
    /// What the answer names. It is good once, for five minutes.
    #[schema(value_type = Uuid)]
    ceremony: CeremonyId,
    /// What `PublicKeyCredential.parseCreationOptionsFromJSON()` takes, or `parseRequestOptionsFromJSON()` where one is shown.
    #[schema(value_type = Object)]
    options: Value,
}

impl From<Begun> for PasskeyCeremonyView {
    fn from(begun: Begun) -> Self {
        Self {
            ceremony: begun.id,
            options: begun.options,
        }
    }
}

/// A passkey of who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasskeyView {
    /// Which.
    id: Uuid,
    /// What its owner calls it.
    name: String,
    /// Whether a copy of it lies with whoever keeps their passwords.
    backed_up: bool,
    /// Since when.
    created_at: DateTime<Utc>,
    /// When it was last shown, and right.
    #[schema(required)]
    last_used_at: Option<DateTime<Utc>>,
    /// When its counter last went back: somebody may have a copy of it.
    #[schema(required)]
    doubted_at: Option<DateTime<Utc>>,
}

impl From<KeptPasskey> for PasskeyView {
    fn from(kept: KeptPasskey) -> Self {
        Self {
            id: kept.id.as_uuid(),
            name: kept.name.as_str().to_owned(),
            backed_up: kept.backed_up,
            created_at: kept.created_at,
            last_used_at: kept.last_used_at,
            doubted_at: kept.doubted_at,
        }
    }
}

/// The passkeys of who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasskeysView {
    /// The oldest first; twenty at most.
    pub(super) passkeys: Vec<PasskeyView>,
}

use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why something is taken off, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = VoucherTakeOff)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReason {
    /// The guest reads it.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct Reason {
    pub(super) reason: String,
}

impl Input for Reason {
    type Raw = RawReason;

    fn parse(raw: RawReason) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = errors.text("reason", &raw.reason, 1..=500);
        reason.map(|reason| Self { reason }).ok_or(errors)
    }
}

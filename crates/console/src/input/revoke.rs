use motel_web::{FieldErrors, Input};
use serde::Deserialize;

/// Why a payment link is withdrawn, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawRevocation {
    reason: String,
}

/// The same, parsed.
pub(crate) struct RevokeForm(pub(crate) String);

impl Input for RevokeForm {
    type Raw = RawRevocation;

    fn parse(raw: RawRevocation) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = errors.text("reason", &raw.reason, 1..=500);
        reason.map(Self).ok_or(errors)
    }
}

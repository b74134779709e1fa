use motel_web::{FieldErrors, Input};
use serde::Deserialize;

use super::TypedAmount;

/// Money and why, as they come in.
#[derive(Deserialize)]
pub(crate) struct RawAmount {
    amount: String,
    reason: String,
}

/// The same, parsed.
pub(crate) struct AmountWithReason {
    pub(crate) amount: TypedAmount,
    pub(crate) reason: String,
}

impl Input for AmountWithReason {
    type Raw = RawAmount;

    fn parse(raw: RawAmount) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let amount = errors.check("amount", TypedAmount::parse(&raw.amount));
        let reason = errors.text("reason", &raw.reason, 1..=500);
        amount
            .zip(reason)
            .map(|(amount, reason)| Self { amount, reason })
            .ok_or(errors)
    }
}

use motel_web::{FieldErrors, Input};
use serde::Deserialize;

use super::TypedAmount;

/// What is to go back of a payment, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawRefund {
    amount: String,
    reason: String,
}

/// The same, parsed.
pub(crate) struct RefundForm {
    pub(crate) amount: TypedAmount,
    pub(crate) reason: String,
}

impl Input for RefundForm {
    type Raw = RawRefund;

    fn parse(raw: RawRefund) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let amount = errors.check("amount", TypedAmount::parse(&raw.amount));
        let reason = errors.text("reason", &raw.reason, 1..=500);
        amount
            .zip(reason)
            .map(|(amount, reason)| Self { amount, reason })
            .ok_or(errors)
    }
}

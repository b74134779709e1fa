use motel_web::{FieldErrors, Input};
use serde::Deserialize;

use super::TypedAmount;

/// What is to be set aside, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawAside {
    amount: String,
    on: String,
    reason: String,
}

/// The same, parsed.
pub(crate) struct AsideForm {
    pub(crate) amount: TypedAmount,
    pub(crate) on_kept_card: bool,
    pub(crate) reason: String,
}

impl Input for AsideForm {
    type Raw = RawAside;

    fn parse(raw: RawAside) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let amount = errors.check("amount", TypedAmount::parse(&raw.amount));
        let on = match raw.on.as_str() {
            "page" => Ok(false),
            "kept_card" => Ok(true),
            _ => Err("must be page or kept_card"),
        };
        let on_kept_card = errors.check("on", on);
        let reason = errors.text("reason", &raw.reason, 1..=500);
        let read = amount.zip(on_kept_card).zip(reason);
        read.map(|((amount, on_kept_card), reason)| Self {
            amount,
            on_kept_card,
            reason,
        })
        .ok_or(errors)
    }
}

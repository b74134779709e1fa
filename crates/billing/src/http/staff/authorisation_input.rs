//! What staff say who want money set aside, taken or let go.

use motel_kernel::Currency;
use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::input::amount_minor;

/// What is to be set aside, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewAuthorisation)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAuthorisation {
    /// In minor units.
    #[schema(minimum = 1)]
    amount_minor: i64,
    /// ISO 4217, the booking's.
    #[schema(min_length = 3, max_length = 3, example = "USD")]
    currency: String,
    /// `page`: the guests agree at an address that you send them. `kept_card`: it is asked of the card that they left.
    #[schema(example = "page")]
    on: String,
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct AuthorisationInput {
    pub(super) amount: (i64, Currency),
    pub(super) on_kept_card: bool,
    pub(super) reason: String,
}

impl Input for AuthorisationInput {
    type Raw = RawAuthorisation;

    fn parse(raw: RawAuthorisation) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let minor = amount_minor(&mut errors, raw.amount_minor);
        let currency = errors.check("currency", raw.currency.parse());
        let on = match raw.on.as_str() {
            "page" => Ok(false),
            "kept_card" => Ok(true),
            _ => Err("must be page or kept_card"),
        };
        let on_kept_card = errors.check("on", on);
        let reason = errors.text("reason", &raw.reason, 1..=500);
        let amount = minor.zip(currency);
        let read = amount.zip(on_kept_card).zip(reason);
        read.map(|((amount, on_kept_card), reason)| Self {
            amount,
            on_kept_card,
            reason,
        })
        .ok_or(errors)
    }
}

/// What is to be taken, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CaptureOfAnAuthorisation)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCapture {
    /// In minor units; all that is set aside when not said.
    #[schema(minimum = 1)]
    amount_minor: Option<i64>,
    /// ISO 4217, the booking's; said along with an amount.
    #[schema(min_length = 3, max_length = 3, example = "USD")]
    currency: Option<String>,
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct CaptureInput {
    pub(super) amount: Option<(i64, Currency)>,
    pub(super) reason: String,
}

impl Input for CaptureInput {
    type Raw = RawCapture;

    fn parse(raw: RawCapture) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let minor = raw.amount_minor;
        let minor = minor.and_then(|minor| amount_minor(&mut errors, minor));
        let currency = raw.currency.as_ref();
        let currency = currency.and_then(|text| errors.check("currency", text.parse()));
        if raw.amount_minor.is_some() != raw.currency.is_some() {
            errors.push("currency", "say amount and currency, or neither");
        }
        let reason = errors.text("reason", &raw.reason, 1..=500);
        errors.into_result()?;
        let amount = minor.zip(currency);
        reason
            .map(|reason| Self { amount, reason })
            .ok_or_else(|| FieldErrors::of("reason", "is missing"))
    }
}

/// Why money is let go, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = VoidOfAnAuthorisation)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAuthorisationVoid {
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct VoidInput {
    pub(super) reason: String,
}

impl Input for VoidInput {
    type Raw = RawAuthorisationVoid;

    fn parse(raw: RawAuthorisationVoid) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = errors.text("reason", &raw.reason, 1..=500);
        reason.map(|reason| Self { reason }).ok_or(errors)
    }
}

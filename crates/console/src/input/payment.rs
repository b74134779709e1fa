use motel_web::{FieldErrors, Input};
use serde::Deserialize;

use super::TypedAmount;

/// How money comes in at the desk: the word it is posted under, and what a guest reads.
pub(crate) const WAYS: [(&str, &str); 4] = [
    ("cash", "Cash"),
    ("card_terminal", "Card at the desk"),
    ("bank_transfer", "Bank transfer"),
    ("cheque", "Cheque"),
];

/// Money that came in at the desk, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawPayment {
    amount: String,
    way: String,
}

/// The same, parsed.
pub(crate) struct PaymentForm {
    pub(crate) amount: TypedAmount,
    /// One of [`WAYS`].
    pub(crate) way: (&'static str, &'static str),
}

impl Input for PaymentForm {
    type Raw = RawPayment;

    fn parse(raw: RawPayment) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let amount = errors.check("amount", TypedAmount::parse(&raw.amount));
        let way = WAYS.into_iter().find(|(code, _)| *code == raw.way);
        let way = errors.check("way", way.ok_or("is no way to pay here"));
        amount
            .zip(way)
            .map(|(amount, way)| Self { amount, way })
            .ok_or(errors)
    }
}

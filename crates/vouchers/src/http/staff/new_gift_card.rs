use chrono::{Datelike, NaiveDate};
use motel_kernel::{Currency, Email, Money};
use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::commands::NewGiftCard;
use crate::{PaidBy, Recipient};

/// The most a gift card is worth, in minor units.
const MOST: i64 = 100_000_000;

/// A gift card that is sold, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewGiftCard)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGiftCard {
    /// What it is worth and costs, in minor units.
    #[schema(minimum = 1, maximum = 100_000_000)]
    amount_minor: i64,
    /// ISO 4217: the property's.
    #[schema(min_length = 3, max_length = 3, example = "USD")]
    currency: String,
    /// `cash`, `card`, `bank_transfer`, `cheque` or `other`: how it was paid for.
    #[schema(pattern = "^(cash|card|bank_transfer|cheque|other)$")]
    paid_by: String,
    /// The last day on which it can be paid with, of the years 2000 to 2199; for ever when left out.
    expires_on: Option<NaiveDate>,
    /// Who bought it.
    #[schema(format = "email", max_length = 254)]
    buyer_email: Option<String>,
    /// What whom it is for is called.
    #[schema(min_length = 1, max_length = 200)]
    recipient_name: Option<String>,
    /// Where it is mailed to, with its code. Without one, print it.
    #[schema(format = "email", max_length = 254)]
    recipient_email: Option<String>,
    /// What the buyer wishes them.
    #[schema(min_length = 1, max_length = 1000)]
    message: Option<String>,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct GiftCardInput {
    amount_minor: i64,
    currency: Currency,
    paid_by: PaidBy,
    expires_on: Option<NaiveDate>,
    buyer_email: Option<Email>,
    recipient_name: Option<String>,
    recipient_email: Option<Email>,
    message: Option<String>,
}

impl Input for GiftCardInput {
    type Raw = RawGiftCard;

    fn parse(raw: RawGiftCard) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        if !(1..=MOST).contains(&raw.amount_minor) {
            errors.push("amount_minor", format!("must lie between 1 and {MOST}"));
        }
        let currency = errors.check("currency", raw.currency.parse());
        let paid_by = errors.check("paid_by", raw.paid_by.parse());
        if raw
            .expires_on
            .is_some_and(|day| !(2000..=2199).contains(&day.year()))
        {
            errors.push("expires_on", "must lie in the years 2000 to 2199");
        }
        let buyer_email = email(&mut errors, "buyer_email", raw.buyer_email.as_deref());
        let recipient_email = email(
            &mut errors,
            "recipient_email",
            raw.recipient_email.as_deref(),
        );
        let name = raw.recipient_name.as_deref();
        let recipient_name = name.and_then(|name| errors.text("recipient_name", name, 1..=200));
        let message = raw.message.as_deref();
        let message = message.and_then(|words| errors.text("message", words, 1..=1000));
        errors.clone().into_result()?;
        match currency.zip(paid_by) {
            Some((currency, paid_by)) => Ok(Self {
                amount_minor: raw.amount_minor,
                currency,
                paid_by,
                expires_on: raw.expires_on,
                buyer_email,
                recipient_name,
                recipient_email,
                message,
            }),
            None => Err(errors),
        }
    }
}

pub(super) fn email(errors: &mut FieldErrors, field: &str, raw: Option<&str>) -> Option<Email> {
    raw.and_then(|raw| errors.check(field, Email::parse(raw)))
}

impl GiftCardInput {
    pub(super) fn expires_on(&self) -> Option<NaiveDate> {
        self.expires_on
    }

    pub(super) fn wanted(&self) -> NewGiftCard {
        NewGiftCard {
            amount: Money::new(self.amount_minor, self.currency),
            paid_by: self.paid_by,
            expires_on: self.expires_on,
            buyer_email: self.buyer_email.clone(),
            recipient: Recipient {
                name: self.recipient_name.clone(),
                email: self.recipient_email.clone(),
                message: self.message.clone(),
            },
        }
    }
}

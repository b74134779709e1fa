use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Currency, Email, Money, PropertyId};

use super::GiftCardId;
use crate::VoucherError;
use crate::schema::gift_cards;

motel_db::text_enum! {
    /// How a gift card was paid for at the desk, or paid back.
    pub enum PaidBy {
        /// Coins and notes.
        Cash = "cash",
        /// A card at the desk's own terminal.
        Card = "card",
        /// A transfer between banks.
        BankTransfer = "bank_transfer",
        /// A cheque.
        Cheque = "cheque",
        /// Another way.
        Other = "other",
    }
}

motel_db::text_enum! {
    /// What can be done with a gift card.
    pub enum GiftCardState {
        /// It can be paid with.
        Active = "active",
        /// Nothing is left on it.
        Spent = "spent",
        /// Its time is over.
        Expired = "expired",
        /// It was taken out of use.
        Void = "void",
    }
}

/// Whom a gift card is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipient {
    /// What they are called, at most 200 characters.
    pub name: Option<String>,
    /// Where the card is mailed to.
    pub email: Option<Email>,
    /// What the buyer wishes them, at most 1,000 characters.
    pub message: Option<String>,
}

/// A gift card. Its code is known to its holder only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiftCard {
    /// The id.
    pub id: GiftCardId,
    /// Whose it is.
    pub property: PropertyId,
    /// What is left on it: the sum of what moved.
    pub balance: Money,
    /// The last four letters of its code; `None` until it was told to anybody.
    pub last_four: Option<String>,
    /// From when on it can't be paid with.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was taken out of use.
    pub voided_at: Option<DateTime<Utc>>,
    /// Who bought it.
    pub buyer_email: Option<Email>,
    /// Whom it is for.
    pub recipient: Recipient,
    /// When it was sold.
    pub issued_at: DateTime<Utc>,
}

impl GiftCard {
    /// What can be done with it at `now`.
    pub fn state(&self, now: DateTime<Utc>) -> GiftCardState {
        if self.voided_at.is_some() {
            GiftCardState::Void
        } else if self.expires_at.is_some_and(|end| end <= now) {
            GiftCardState::Expired
        } else if self.balance.is_zero() {
            GiftCardState::Spent
        } else {
            GiftCardState::Active
        }
    }

    /// How it is called where its holder reads it: `Gift card ending in 7QF2`.
    pub fn title(&self) -> String {
        match &self.last_four {
            Some(letters) => format!("Gift card ending in {letters}"),
            None => "Gift card".to_owned(),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = gift_cards, check_for_backend(diesel::pg::Pg))]
pub(crate) struct GiftCardRow {
    pub(crate) id: GiftCardId,
    property_id: PropertyId,
    currency: String,
    last_four: Option<String>,
    expires_at: Option<DateTime<Utc>>,
    voided_at: Option<DateTime<Utc>>,
    buyer_email: Option<Email>,
    recipient_name: Option<String>,
    recipient_email: Option<Email>,
    message: Option<String>,
    issued_at: DateTime<Utc>,
}

impl GiftCardRow {
    pub(crate) fn with_balance(self, minor: i64) -> Result<GiftCard, VoucherError> {
        let currency: Currency = self.currency.parse().map_err(VoucherError::fault)?;
        Ok(GiftCard {
            id: self.id,
            property: self.property_id,
            balance: Money::new(minor, currency),
            last_four: self.last_four,
            expires_at: self.expires_at,
            voided_at: self.voided_at,
            buyer_email: self.buyer_email,
            recipient: Recipient {
                name: self.recipient_name,
                email: self.recipient_email,
                message: self.message,
            },
            issued_at: self.issued_at,
        })
    }
}

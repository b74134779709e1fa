//! Cards that payers leave with a gateway, and what is charged to them later. No card number is here: a gateway has it.

use motel_kernel::{Money, PaymentLinkId, TenantId};

/// How a gateway names a card that was left with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardReference {
    /// Whose card it is, in the gateway's books; at most 255 characters.
    pub customer: String,
    /// Which card of theirs; at most 255 characters.
    pub method: String,
}

/// A card that was left with a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedCard {
    /// How it is named there.
    pub reference: CardReference,
    /// `visa`, `mastercard` …, in the gateway's words.
    pub brand: String,
    /// Its last four digits.
    pub last_four: String,
    /// The year of its last month.
    pub expires_year: i16,
    /// Its last month, from 1 to 12.
    pub expires_month: i16,
}

/// Money to be taken from a card that was left with a gateway, while its owner is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeRequest {
    /// On whose behalf.
    pub tenant: TenantId,
    /// Our payment link; comes back in every event.
    pub reference: PaymentLinkId,
    /// Which card.
    pub card: CardReference,
    /// What is to be taken; more than nothing.
    pub amount: Money,
    /// What for, in one line.
    pub description: String,
    /// At most 255 characters; derived from the payment link, never from the attempt.
    pub idempotency_key: String,
}

/// What became of a charge. A card that does not work is an answer and no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargeState {
    /// The money was taken.
    Paid {
        /// The gateway's name for the charge.
        gateway_reference: String,
        /// How much.
        amount: Money,
    },
    /// It takes its time.
    Processing,
    /// The bank wants to see the card's owner: they have to pay on a page.
    PayerNeeded,
    /// The card was refused; nothing was taken.
    Declined {
        /// The gateway's word for it.
        code: String,
    },
}

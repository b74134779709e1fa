//! The card that a session left with Stripe: <https://docs.stripe.com/payments/save-during-payment>.

use serde::Deserialize;

use crate::{CardReference, GatewayError, SavedCard};

/// The part of a session, with its payment and that one's method expanded, that says what was left.
#[derive(Deserialize)]
pub(super) struct Session {
    customer: Option<String>,
    payment_intent: Option<Payment>,
}

#[derive(Deserialize)]
struct Payment {
    setup_future_usage: Option<String>,
    payment_method: Option<Method>,
}

/// Of any kind; only cards are charged while their owner is away.
#[derive(Deserialize)]
struct Method {
    id: String,
    card: Option<Card>,
}

#[derive(Deserialize)]
struct Card {
    brand: String,
    last4: String,
    exp_month: i16,
    exp_year: i16,
}

/// That a card was let go of.
#[derive(Deserialize)]
pub(super) struct Detached {
    #[serde(rename = "id")]
    _id: String,
}

impl Session {
    /// `None` when nothing was left that can be charged later: the session did not ask for it, or it was paid in another way
    /// than by card.
    pub(super) fn into_card(self) -> Result<Option<SavedCard>, GatewayError> {
        let kept = self
            .payment_intent
            .filter(|payment| payment.setup_future_usage.as_deref() == Some("off_session"));
        let method = kept.and_then(|payment| payment.payment_method);
        let (Some(customer), Some(method)) = (self.customer, method) else {
            return Ok(None);
        };
        let Some(card) = method.card else {
            return Ok(None);
        };
        let is_sensible = card.last4.len() == 4
            && card.last4.bytes().all(|digit| digit.is_ascii_digit())
            && (1..=12).contains(&card.exp_month);
        if !is_sensible {
            let what = "the card has no last four digits or no last month";
            return Err(GatewayError::Unreadable(what.to_owned()));
        }
        Ok(Some(SavedCard {
            reference: CardReference {
                customer,
                method: method.id,
            },
            brand: card.brand,
            last_four: card.last4,
            expires_year: card.exp_year,
            expires_month: card.exp_month,
        }))
    }
}

//! Charging a kept card: <https://docs.stripe.com/payments/save-and-reuse#charge-saved-payment-method>.

use std::collections::BTreeMap;

use motel_kernel::{Money, PaymentLinkId};
use serde::Deserialize;

use super::authorisation;
use super::checkout::{in_stripe_units, money};
use crate::{ChargeRequest, ChargeState, GatewayError};

/// What the ids of payments begin with.
pub(super) const PREFIX: &str = "pi_";

/// The status of an answer that says that a card was refused: <https://docs.stripe.com/api/errors>.
pub(super) const CARD_REFUSED: u16 = 402;

/// The bank wants to see the owner.
const OWNER_NEEDED: &str = "authentication_required";

/// Tells a charge of a kept card from a payment on a page, which is told by its session.
const MARK: &str = "kept_card";

/// The part of a payment that is read: <https://docs.stripe.com/api/payment_intents/object>.
#[derive(Deserialize)]
pub(super) struct Charge {
    pub(super) id: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    amount_received: i64,
    #[serde(default)]
    currency: String,
    last_payment_error: Option<PaymentError>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct PaymentError {
    code: Option<String>,
}

/// The payments of a customer, the latest first.
#[derive(Deserialize)]
pub(super) struct Charges {
    pub(super) data: Vec<Charge>,
}

pub(super) fn form(request: &ChargeRequest) -> Result<Vec<(&'static str, String)>, GatewayError> {
    let (currency, amount) = in_stripe_units(request.amount)?;
    Ok(vec![
        ("amount", amount),
        ("currency", currency),
        ("customer", request.card.customer.clone()),
        ("payment_method", request.card.method.clone()),
        ("payment_method_types[0]", "card".to_owned()),
        ("confirm", "true".to_owned()),
        ("off_session", "true".to_owned()),
        ("description", request.description.clone()),
        ("metadata[tenant_id]", request.tenant.to_string()),
        ("metadata[payment_link_id]", request.reference.to_string()),
        ("metadata[kept_card]", "true".to_owned()),
    ])
}

/// What a refused card means.
pub(super) fn refusal(code: String) -> ChargeState {
    match code.as_str() {
        OWNER_NEEDED => ChargeState::PayerNeeded,
        _ => ChargeState::Declined { code },
    }
}

impl Charge {
    /// Our payment link; `None` when it is neither a charge of a kept card of ours nor money that we had set aside.
    pub(super) fn link(&self) -> Option<PaymentLinkId> {
        if !self.metadata.contains_key(MARK) && !self.metadata.contains_key(authorisation::MARK) {
            return None;
        }
        self.metadata.get("payment_link_id")?.parse().ok()
    }

    pub(super) fn taken(&self) -> Result<Money, GatewayError> {
        money(self.amount_received, &self.currency)
    }

    pub(super) fn state(self) -> Result<ChargeState, GatewayError> {
        match self.status.as_str() {
            "succeeded" => Ok(ChargeState::Paid {
                amount: self.taken()?,
                gateway_reference: self.id,
            }),
            "processing" => Ok(ChargeState::Processing),
            "requires_action" | "requires_confirmation" => Ok(ChargeState::PayerNeeded),
            "requires_payment_method" => Ok(refusal(self.error_code())),
            "canceled" => Ok(ChargeState::Declined { code: self.status }),
            status => Err(GatewayError::Unreadable(format!(
                "the charge is {status:?}"
            ))),
        }
    }

    fn error_code(&self) -> String {
        let code = self
            .last_payment_error
            .as_ref()
            .and_then(|it| it.code.clone());
        code.unwrap_or_else(|| "card_declined".to_owned())
    }
}

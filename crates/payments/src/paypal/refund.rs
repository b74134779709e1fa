//! `/v2/payments/captures/{id}/refund`: <https://developer.paypal.com/docs/api/payments/v2/>.

use motel_kernel::{Money, RefundId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::amount::Amount;
use super::order::{Link, upward};
use crate::{GatewayError, GatewayRefund, RefundOutcome, RefundRequest};

/// Told apart from an order's, which is a payment link's bare id.
const PREFIX: &str = "refund-";

/// The part of a refund that is read.
#[derive(Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    #[serde(default)]
    status: String,
    amount: Option<Amount>,
    custom_id: Option<String>,
    #[serde(default)]
    links: Vec<Link>,
}

pub(super) fn body(request: &RefundRequest) -> Result<Value, GatewayError> {
    Ok(json!({
        "amount": Amount::try_from(request.amount)?,
        "custom_id": format!("{PREFIX}{}", request.id),
    }))
}

impl Refund {
    pub(super) fn named(&self) -> Option<RefundId> {
        self.custom_id.as_ref()?.strip_prefix(PREFIX)?.parse().ok()
    }

    /// The capture it gives back.
    pub(super) fn capture(&self) -> Option<&str> {
        upward(&self.links, "/captures")
    }

    pub(super) fn outcome(&self) -> RefundOutcome {
        match self.status.as_str() {
            "COMPLETED" => RefundOutcome::Succeeded,
            "FAILED" | "CANCELLED" => RefundOutcome::Failed,
            _ => RefundOutcome::Processing,
        }
    }

    pub(super) fn amount(&self) -> Result<Money, GatewayError> {
        let missing = || GatewayError::Unreadable("the refund has no amount".to_owned());
        self.amount.as_ref().ok_or_else(missing)?.try_into()
    }
}

impl TryFrom<Refund> for GatewayRefund {
    type Error = GatewayError;

    fn try_from(refund: Refund) -> Result<Self, GatewayError> {
        Ok(Self {
            outcome: refund.outcome(),
            amount: refund.amount()?,
            gateway_reference: refund.id,
        })
    }
}

//! `/v1/refunds`: <https://docs.stripe.com/api/refunds/object>.

use std::collections::BTreeMap;

use motel_kernel::{Money, PaymentLinkId, RefundId};
use serde::Deserialize;

use super::authorisation;
use super::checkout::{in_stripe_units, money};
use crate::{GatewayError, GatewayRefund, RefundOutcome, RefundRequest};

/// The part of a session that says which payment it led to.
#[derive(Deserialize)]
pub(super) struct PaidSession {
    pub(super) payment_intent: Option<String>,
}

/// The part of a payment that says whose it is, and how much of what was asked for was taken.
#[derive(Deserialize)]
pub(super) struct Payment {
    #[serde(default)]
    amount: i64,
    #[serde(default)]
    amount_received: i64,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

/// The refunds of a payment, the latest first; nobody refunds one payment more than a hundred times.
#[derive(Deserialize)]
pub(super) struct Refunds {
    pub(super) data: Vec<Refund>,
}

/// The part of a refund that is read.
#[derive(Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    pub(super) amount: i64,
    pub(super) currency: String,
    pub(super) status: Option<String>,
    pub(super) payment_intent: Option<String>,
    #[serde(default)]
    pub(super) metadata: Option<BTreeMap<String, String>>,
}

impl Payment {
    pub(super) fn link(&self) -> Option<PaymentLinkId> {
        self.metadata.get("payment_link_id")?.parse().ok()
    }

    /// True of what may be no refund: Stripe writes one for what it lets go of money that was set aside, be it the rest of
    /// what was taken or all of it. Nobody gives that back, as nobody had it.
    pub(super) fn may_let_go(&self, refund: &Refund) -> bool {
        let rest = self.amount.saturating_sub(self.amount_received);
        let is_set_aside = self.metadata.contains_key(authorisation::MARK);
        is_set_aside && refund.named().is_none() && refund.amount == rest
    }

    /// Which of its refunds, the latest first, is none. It is the first: what was taken goes back after it was taken, and
    /// may well be as much.
    pub(super) fn let_go<'a>(&self, refunds: &'a [Refund]) -> Option<&'a str> {
        let mut refunds = refunds.iter().rev();
        let let_go = refunds.find(|refund| self.may_let_go(refund))?;
        Some(&let_go.id)
    }
}

impl Refund {
    pub(super) fn named(&self) -> Option<RefundId> {
        self.word("refund_id")?.parse().ok()
    }

    pub(super) fn link(&self) -> Option<PaymentLinkId> {
        self.word("payment_link_id")?.parse().ok()
    }

    fn word(&self, name: &str) -> Option<&String> {
        self.metadata.as_ref()?.get(name)
    }

    pub(super) fn outcome(&self) -> RefundOutcome {
        match self.status.as_deref() {
            Some("succeeded") => RefundOutcome::Succeeded,
            Some("failed" | "canceled") => RefundOutcome::Failed,
            _ => RefundOutcome::Processing,
        }
    }

    pub(super) fn money(&self) -> Result<Money, GatewayError> {
        money(self.amount, &self.currency)
    }
}

pub(super) fn form(
    request: &RefundRequest,
    payment_intent: &str,
) -> Result<Vec<(&'static str, String)>, GatewayError> {
    let (_, amount) = in_stripe_units(request.amount)?;
    Ok(vec![
        ("payment_intent", payment_intent.to_owned()),
        ("amount", amount),
        ("metadata[refund_id]", request.id.to_string()),
        ("metadata[payment_link_id]", request.reference.to_string()),
    ])
}

impl TryFrom<Refund> for GatewayRefund {
    type Error = GatewayError;

    fn try_from(refund: Refund) -> Result<Self, GatewayError> {
        Ok(Self {
            outcome: refund.outcome(),
            amount: refund.money()?,
            gateway_reference: refund.id,
        })
    }
}

//! `/v2/checkout/orders`: <https://developer.paypal.com/docs/api/orders/v2/>.

use chrono::{DateTime, Duration, Utc};
use motel_kernel::{Money, PaymentLinkId, RefundId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::amount::Amount;
use super::authorisation::Authorization;
use super::refund::Refund;
use crate::{Checkout, CheckoutRequest, CheckoutState, GatewayError};

/// How long a payer may take to agree.
const ORDER_STANDS: Duration = Duration::hours(3);

/// The longest description that PayPal takes.
const LONGEST_DESCRIPTION: usize = 127;

/// The part of an order that is read.
#[derive(Deserialize)]
pub(super) struct Order {
    id: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    purchase_units: Vec<Unit>,
    #[serde(default)]
    links: Vec<Link>,
}

/// What an order is for; ours have one of them.
#[derive(Deserialize)]
struct Unit {
    custom_id: Option<String>,
    amount: Option<Amount>,
    payments: Option<Payments>,
}

#[derive(Deserialize)]
struct Payments {
    #[serde(default)]
    captures: Vec<Capture>,
    #[serde(default)]
    refunds: Vec<Refund>,
    #[serde(default)]
    authorizations: Vec<Authorization>,
}

/// The part of a capture that is read: money that was taken.
#[derive(Deserialize)]
pub(super) struct Capture {
    id: String,
    #[serde(default)]
    status: String,
    pub(super) amount: Amount,
    custom_id: Option<String>,
    supplementary_data: Option<Supplement>,
    #[serde(default)]
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Supplement {
    related_ids: Option<Related>,
}

#[derive(Deserialize)]
struct Related {
    order_id: Option<String>,
}

/// An address that PayPal gives along.
#[derive(Deserialize)]
pub(super) struct Link {
    rel: String,
    href: String,
}

/// The last part of the address of what something belongs to. Only the name is taken: we ask PayPal where we always ask it.
pub(super) fn upward<'a>(links: &'a [Link], kind: &str) -> Option<&'a str> {
    let mut up = links.iter().filter(|link| link.rel == "up");
    let (path, id) = up.next()?.href.rsplit_once('/')?;
    path.ends_with(kind).then_some(id)
}

pub(super) fn body(request: &CheckoutRequest) -> Result<Value, GatewayError> {
    if request.keep_card {
        return Err(GatewayError::KeepsNoCards);
    }
    let description = request.description.chars().take(LONGEST_DESCRIPTION);
    Ok(json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "custom_id": request.reference.to_string(),
            "description": description.collect::<String>(),
            "amount": Amount::try_from(request.amount)?,
        }],
        "payment_source": { "paypal": {
            "email_address": request.customer_email.to_string(),
            "experience_context": {
                "user_action": "PAY_NOW",
                "shipping_preference": "NO_SHIPPING",
                "return_url": request.success_url,
                "cancel_url": request.cancel_url,
            },
        } },
    }))
}

impl Order {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Our payment link; `None` when the order is none of ours.
    pub(super) fn link(&self) -> Option<PaymentLinkId> {
        let mut named = self.purchase_units.iter();
        named.find_map(|unit| unit.custom_id.as_ref()?.parse().ok())
    }

    pub(super) fn amount(&self) -> Result<Money, GatewayError> {
        let amount = self
            .purchase_units
            .iter()
            .find_map(|unit| unit.amount.as_ref());
        let amount = amount.ok_or_else(|| unreadable("the order has no amount"))?;
        amount.try_into()
    }

    pub(super) fn into_checkout(self, now: DateTime<Utc>) -> Result<Checkout, GatewayError> {
        let mut pages = self.links.into_iter();
        let page = pages.find(|link| matches!(link.rel.as_str(), "payer-action" | "approve"));
        let page = page.ok_or_else(|| unreadable("the order has no page"))?;
        Ok(Checkout {
            gateway_reference: self.id,
            url: page.href,
            expires_at: now + ORDER_STANDS,
        })
    }

    pub(super) fn status(&self) -> &str {
        &self.status
    }

    /// What was set aside last.
    pub(super) fn authorization(&self) -> Option<&Authorization> {
        let units = self.purchase_units.iter();
        let payments = units.filter_map(|unit| unit.payments.as_ref());
        payments
            .flat_map(|payments| payments.authorizations.iter())
            .last()
    }

    /// What was taken last.
    pub(super) fn capture(&self) -> Option<&Capture> {
        let payments = self
            .purchase_units
            .iter()
            .filter_map(|unit| unit.payments.as_ref());
        payments
            .flat_map(|payments| payments.captures.iter())
            .last()
    }

    /// The name of what was taken and can be given back.
    pub(super) fn taken(&self) -> Result<&str, GatewayError> {
        let capture = self.capture().filter(|capture| capture.is_taken());
        let capture = capture.ok_or_else(|| GatewayError::Refused {
            status: 422,
            code: "NOTHING_CAPTURED".to_owned(),
            message: "nothing was taken for this order".to_owned(),
        })?;
        Ok(&capture.id)
    }

    pub(super) fn into_refund(self, id: RefundId) -> Option<Refund> {
        let payments = self
            .purchase_units
            .into_iter()
            .filter_map(|unit| unit.payments);
        let mut refunds = payments.flat_map(|payments| payments.refunds);
        refunds.find(|refund| refund.named() == Some(id))
    }

    pub(super) fn state(&self) -> Result<CheckoutState, GatewayError> {
        match (self.capture(), self.status.as_str()) {
            (Some(capture), _) => capture.state(),
            (None, "APPROVED") => Ok(CheckoutState::Approved),
            (None, "VOIDED") => Ok(CheckoutState::Expired),
            (None, "CREATED" | "SAVED" | "PAYER_ACTION_REQUIRED") => Ok(CheckoutState::Open),
            (None, status) => Err(unreadable(&format!("the order is {status:?}"))),
        }
    }
}

impl Capture {
    fn is_taken(&self) -> bool {
        matches!(
            self.status.as_str(),
            "COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED"
        )
    }

    pub(super) fn state(&self) -> Result<CheckoutState, GatewayError> {
        match self.status.as_str() {
            _ if self.is_taken() => Ok(CheckoutState::Paid((&self.amount).try_into()?)),
            "PENDING" => Ok(CheckoutState::Processing),
            "DECLINED" | "FAILED" => Ok(CheckoutState::Failed),
            status => Err(unreadable(&format!("the capture is {status:?}"))),
        }
    }

    pub(super) fn link(&self) -> Option<PaymentLinkId> {
        self.custom_id.as_ref()?.parse().ok()
    }

    /// The order it was taken for.
    pub(super) fn order(&self) -> Option<&str> {
        let related = self
            .supplementary_data
            .as_ref()
            .and_then(|it| it.related_ids.as_ref());
        let named = related.and_then(|related| related.order_id.as_deref());
        named.or_else(|| upward(&self.links, "/orders"))
    }
}

fn unreadable(what: &str) -> GatewayError {
    GatewayError::Unreadable(what.to_owned())
}

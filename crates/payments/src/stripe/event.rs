//! The events of a Checkout Session, of refunds and of disputes: <https://docs.stripe.com/api/events/types>.

use motel_kernel::{Money, PaymentLinkId};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::authorisation::Intent;
use super::charge::Charge as KeptCharge;
use super::checkout::money;
use super::refund::Refund;
use crate::{EventKind, GatewayError, GatewayEvent, WebhookError};

#[derive(Deserialize)]
struct Envelope {
    id: String,
    #[serde(rename = "type", default)]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: serde_json::Value,
}

#[derive(Deserialize)]
struct Session {
    id: String,
    client_reference_id: Option<String>,
    amount_total: Option<i64>,
    currency: Option<String>,
    payment_status: String,
}

/// The part of a charge that is read: only which payment it belongs to, as the refunds of it are asked for.
#[derive(Deserialize)]
struct Charge {
    payment_intent: Option<String>,
}

#[derive(Deserialize)]
struct Dispute {
    id: String,
    amount: i64,
    currency: String,
    status: String,
    payment_intent: Option<String>,
}

/// What an event says, as far as it says it.
pub(super) enum Told {
    /// All there is to know.
    Event(GatewayEvent),
    /// Something about a refund.
    Refund { event_id: String, refund: Refund },
    /// Some refund of a payment; which one it does not say.
    SomeRefund {
        event_id: String,
        payment_intent: String,
    },
    /// Something about a dispute, which names the payment and not what it was for.
    Dispute {
        event: DisputeEvent,
        payment_intent: String,
    },
    /// Nothing about a checkout of ours.
    Nothing,
}

/// An event of a dispute that lacks the payment link.
pub(super) struct DisputeEvent {
    event_id: String,
    kind: EventKind,
    dispute: String,
    amount: Money,
}

impl DisputeEvent {
    pub(super) fn of(self, reference: PaymentLinkId) -> GatewayEvent {
        GatewayEvent {
            event_id: self.event_id,
            kind: self.kind,
            gateway_reference: self.dispute,
            reference,
            refund: None,
            amount: self.amount,
        }
    }
}

pub(super) fn read(body: &[u8]) -> Result<Told, WebhookError> {
    let envelope: Envelope = serde_json::from_slice(body).map_err(unreadable)?;
    let (event_id, object) = (envelope.id, envelope.data.object);
    match envelope.kind.as_str() {
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            let refund = part(object)?;
            Ok(Told::Refund { event_id, refund })
        }
        "charge.refunded" => {
            let charge: Charge = part(object)?;
            Ok(match charge.payment_intent {
                Some(payment_intent) => Told::SomeRefund {
                    event_id,
                    payment_intent,
                },
                None => Told::Nothing,
            })
        }
        "payment_intent.succeeded" => charged(event_id, part(object)?),
        "payment_intent.amount_capturable_updated" => {
            set_aside(event_id, EventKind::Authorised, &part(object)?)
        }
        "payment_intent.canceled" => set_aside(event_id, EventKind::Released, &part(object)?),
        kind if kind.starts_with("charge.dispute.") => dispute(event_id, kind, part(object)?),
        kind if kind.starts_with("checkout.session.") => session(event_id, kind, part(object)?),
        _ => Ok(Told::Nothing),
    }
}

/// Nothing for sessions which something else than this house made on the same account.
fn session(event_id: String, kind: &str, session: Session) -> Result<Told, WebhookError> {
    let reference = session.client_reference_id.as_ref();
    let reference = reference.and_then(|reference| reference.parse().ok());
    let (Some(kind), Some(reference)) = (session_kind(kind, &session), reference) else {
        return Ok(Told::Nothing);
    };
    // A page on which nothing is paid has neither; none of ours is one.
    let (Some(minor), Some(currency)) = (session.amount_total, &session.currency) else {
        return Err(WebhookError::Unreadable(
            "a session without an amount".to_owned(),
        ));
    };
    Ok(Told::Event(GatewayEvent {
        event_id,
        kind,
        gateway_reference: session.id,
        reference,
        refund: None,
        amount: amount(minor, currency)?,
    }))
}

/// A payment on a page is told by its session; what was charged to a kept card, or set aside first, by itself.
fn charged(event_id: String, charge: KeptCharge) -> Result<Told, WebhookError> {
    let Some(reference) = charge.link() else {
        return Ok(Told::Nothing);
    };
    Ok(Told::Event(GatewayEvent {
        event_id,
        kind: EventKind::Paid,
        amount: charge.taken().map_err(unreadable)?,
        gateway_reference: charge.id,
        reference,
        refund: None,
    }))
}

/// Nothing for payments that set nothing aside for us.
fn set_aside(event_id: String, kind: EventKind, intent: &Intent) -> Result<Told, WebhookError> {
    let Some(reference) = intent.link() else {
        return Ok(Told::Nothing);
    };
    Ok(Told::Event(GatewayEvent {
        event_id,
        kind,
        gateway_reference: intent.id().to_owned(),
        reference,
        refund: None,
        amount: intent.asked().map_err(unreadable)?,
    }))
}

/// A completed session is paid only if it says so: with a slow method (a bank debit) the money follows days later, in
/// `async_payment_succeeded`.
fn session_kind(event: &str, session: &Session) -> Option<EventKind> {
    match event {
        "checkout.session.completed" if session.payment_status == "paid" => Some(EventKind::Paid),
        "checkout.session.async_payment_succeeded" => Some(EventKind::Paid),
        "checkout.session.async_payment_failed" => Some(EventKind::Failed),
        "checkout.session.expired" => Some(EventKind::Expired),
        _ => None,
    }
}

fn dispute(event_id: String, kind: &str, dispute: Dispute) -> Result<Told, WebhookError> {
    let kind = dispute_kind(kind, &dispute.status);
    let (Some(kind), Some(payment_intent)) = (kind, dispute.payment_intent) else {
        return Ok(Told::Nothing);
    };
    let event = DisputeEvent {
        event_id,
        kind,
        amount: amount(dispute.amount, &dispute.currency)?,
        dispute: dispute.id,
    };
    Ok(Told::Dispute {
        event,
        payment_intent,
    })
}

/// An inquiry (`warning_…`) takes no money; when it becomes a dispute, the money is withdrawn.
fn dispute_kind(event: &str, status: &str) -> Option<EventKind> {
    match (event, status) {
        ("charge.dispute.created", status) if status.starts_with("warning_") => None,
        ("charge.dispute.created" | "charge.dispute.funds_withdrawn", _) => {
            Some(EventKind::Disputed)
        }
        ("charge.dispute.closed", "won") => Some(EventKind::DisputeWon),
        ("charge.dispute.closed", "lost") => Some(EventKind::DisputeLost),
        _ => None,
    }
}

/// What is known of a refund, once its payment link is.
pub(super) fn refund_event(
    event_id: String,
    refund: &Refund,
    reference: PaymentLinkId,
) -> Result<GatewayEvent, GatewayError> {
    Ok(GatewayEvent {
        event_id,
        kind: refund.outcome().into(),
        gateway_reference: refund.id.clone(),
        reference,
        refund: refund.named(),
        amount: refund.money()?,
    })
}

fn part<T: DeserializeOwned>(object: serde_json::Value) -> Result<T, WebhookError> {
    serde_json::from_value(object).map_err(unreadable)
}

fn amount(minor: i64, currency: &str) -> Result<Money, WebhookError> {
    money(minor, currency).map_err(unreadable)
}

fn unreadable(error: impl std::fmt::Display) -> WebhookError {
    WebhookError::Unreadable(error.to_string())
}

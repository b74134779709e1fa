//! Events: <https://developer.paypal.com/api/rest/webhooks/event-names/>.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::order::{Capture, Order};
use super::refund::Refund;
use crate::{EventKind, GatewayError, GatewayEvent, WebhookError};

#[derive(Deserialize)]
struct Envelope {
    id: String,
    event_type: String,
    resource: serde_json::Value,
}

/// What an event says, as far as it says it.
pub(super) enum Told {
    /// A payer agreed.
    Approved { event_id: String, order: Order },
    /// Money was taken, or was not.
    Capture {
        event_id: String,
        kind: EventKind,
        capture: Capture,
    },
    /// Money went back, because we wanted it to or although we did not; it names the capture and not what it was for.
    Back {
        event_id: String,
        kind: EventKind,
        refund: Refund,
    },
    /// Nothing about a checkout of ours.
    Nothing,
}

pub(super) fn read(body: &[u8]) -> Result<Told, WebhookError> {
    let envelope: Envelope = serde_json::from_slice(body).map_err(unreadable)?;
    let (event_id, resource) = (envelope.id, envelope.resource);
    let capture = |event_id, kind, resource| {
        let capture = part(resource)?;
        Ok(Told::Capture {
            event_id,
            kind,
            capture,
        })
    };
    match envelope.event_type.as_str() {
        "CHECKOUT.ORDER.APPROVED" => {
            let order = part(resource)?;
            Ok(Told::Approved { event_id, order })
        }
        // An authorisation names its order as a capture does.
        "PAYMENT.AUTHORIZATION.CREATED" => capture(event_id, EventKind::Authorised, resource),
        "PAYMENT.AUTHORIZATION.VOIDED" => capture(event_id, EventKind::Released, resource),
        "PAYMENT.CAPTURE.COMPLETED" => capture(event_id, EventKind::Paid, resource),
        "PAYMENT.CAPTURE.DENIED" | "PAYMENT.CAPTURE.DECLINED" => {
            capture(event_id, EventKind::Failed, resource)
        }
        "PAYMENT.CAPTURE.REFUNDED" | "PAYMENT.REFUND.PENDING" | "PAYMENT.REFUND.FAILED" => {
            let refund: Refund = part(resource)?;
            Ok(Told::Back {
                event_id,
                kind: refund.outcome().into(),
                refund,
            })
        }
        // PayPal took it back of its own accord, after a dispute or at the word of a bank. There is no more to come.
        "PAYMENT.CAPTURE.REVERSED" => Ok(Told::Back {
            event_id,
            kind: EventKind::DisputeLost,
            refund: part(resource)?,
        }),
        _ => Ok(Told::Nothing),
    }
}

pub(super) fn approved(
    event_id: String,
    order: &Order,
) -> Result<Option<GatewayEvent>, GatewayError> {
    let Some(reference) = order.link() else {
        return Ok(None);
    };
    Ok(Some(GatewayEvent {
        event_id,
        kind: EventKind::Approved,
        gateway_reference: order.id().to_owned(),
        reference,
        refund: None,
        amount: order.amount()?,
    }))
}

/// The order is the checkout: it counts once by whatever it is told, so an event that does not name it is not guessed at.
pub(super) fn captured(
    event_id: String,
    kind: EventKind,
    capture: &Capture,
) -> Result<Option<GatewayEvent>, GatewayError> {
    let Some(reference) = capture.link() else {
        return Ok(None);
    };
    let nameless = || GatewayError::Unreadable("the capture names no order".to_owned());
    Ok(Some(GatewayEvent {
        event_id,
        kind,
        gateway_reference: capture.order().ok_or_else(nameless)?.to_owned(),
        reference,
        refund: None,
        amount: (&capture.amount).try_into()?,
    }))
}

/// Money that went back, once its capture is known.
pub(super) fn gone_back(
    event_id: String,
    kind: EventKind,
    refund: &Refund,
    capture: &Capture,
) -> Result<Option<GatewayEvent>, GatewayError> {
    let Some(reference) = capture.link() else {
        return Ok(None);
    };
    Ok(Some(GatewayEvent {
        event_id,
        kind,
        gateway_reference: refund.id.clone(),
        reference,
        refund: refund.named(),
        amount: refund.amount()?,
    }))
}

fn part<T: DeserializeOwned>(resource: serde_json::Value) -> Result<T, WebhookError> {
    serde_json::from_value(resource).map_err(unreadable)
}

fn unreadable(error: impl std::fmt::Display) -> WebhookError {
    WebhookError::Unreadable(error.to_string())
}

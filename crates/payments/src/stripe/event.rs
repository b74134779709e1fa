//! The events of a Checkout Session: <https://docs.stripe.com/api/events/types#event_types-checkout.session.completed>.

use motel_kernel::{Currency, Money};
use serde::Deserialize;

use crate::{EventKind, GatewayEvent, WebhookError};

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
    amount_total: i64,
    currency: String,
    payment_status: String,
}

/// `None` for other events, and for sessions which something else than this house made on the same account.
pub(super) fn read(body: &[u8]) -> Result<Option<GatewayEvent>, WebhookError> {
    let envelope: Envelope = serde_json::from_slice(body).map_err(unreadable)?;
    if !envelope.kind.starts_with("checkout.session.") {
        return Ok(None);
    }
    let session: Session = serde_json::from_value(envelope.data.object).map_err(unreadable)?;
    let (Some(kind), Some(reference)) =
        (kind(&envelope.kind, &session), &session.client_reference_id)
    else {
        return Ok(None);
    };
    let Ok(reference) = reference.parse() else {
        return Ok(None);
    };
    let currency: Currency = session
        .currency
        .to_uppercase()
        .parse()
        .map_err(unreadable)?;
    Ok(Some(GatewayEvent {
        event_id: envelope.id,
        kind,
        gateway_reference: session.id,
        reference,
        amount: Money::new(session.amount_total, currency),
    }))
}

/// A completed session is paid only if it says so: with a slow method (a bank debit) the money follows days later, in
/// `async_payment_succeeded`.
fn kind(event: &str, session: &Session) -> Option<EventKind> {
    match event {
        "checkout.session.completed" if session.payment_status == "paid" => Some(EventKind::Paid),
        "checkout.session.async_payment_succeeded" => Some(EventKind::Paid),
        "checkout.session.async_payment_failed" => Some(EventKind::Failed),
        "checkout.session.expired" => Some(EventKind::Expired),
        _ => None,
    }
}

fn unreadable(error: impl std::fmt::Display) -> WebhookError {
    WebhookError::Unreadable(error.to_string())
}

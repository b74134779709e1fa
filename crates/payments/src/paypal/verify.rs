//! `POST /v1/notifications/verify-webhook-signature`:
//! <https://developer.paypal.com/docs/api/webhooks/v1/#verify-webhook-signature_post>.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{GatewayError, WebhookError, WebhookRequest};

/// The headers that carry a signature; all of them come with every event.
pub const SIGNATURE_HEADERS: [&str; 5] = [
    "paypal-auth-algo",
    "paypal-cert-url",
    "paypal-transmission-id",
    "paypal-transmission-sig",
    "paypal-transmission-time",
];

/// The longest of them is a signature or an address.
const LONGEST_HEADER: usize = 1_000;

/// What PayPal is asked. The event goes along as it came, byte by byte: what is signed is a checksum of its text.
#[derive(Serialize)]
pub(super) struct Question<'a> {
    auth_algo: &'a str,
    cert_url: &'a str,
    transmission_id: &'a str,
    transmission_sig: &'a str,
    transmission_time: &'a str,
    webhook_id: &'a str,
    webhook_event: &'a RawValue,
}

#[derive(Deserialize)]
pub(super) struct Answer {
    verification_status: String,
}

impl<'a> Question<'a> {
    pub(super) fn of(
        request: &'a WebhookRequest<'_>,
        webhook_id: &'a str,
    ) -> Result<Self, WebhookError> {
        let mut values = [""; SIGNATURE_HEADERS.len()];
        for (value, name) in values.iter_mut().zip(SIGNATURE_HEADERS) {
            *value = request.header(name).ok_or(WebhookError::Unsigned)?;
            if value.is_empty() || value.len() > LONGEST_HEADER {
                return Err(WebhookError::MalformedSignature);
            }
        }
        let [
            auth_algo,
            cert_url,
            transmission_id,
            transmission_sig,
            transmission_time,
        ] = values;
        let webhook_event = serde_json::from_slice(request.body)
            .map_err(|error| WebhookError::Unreadable(error.to_string()))?;
        Ok(Self {
            auth_algo,
            cert_url,
            transmission_id,
            transmission_sig,
            transmission_time,
            webhook_id,
            webhook_event,
        })
    }
}

/// What PayPal can't even read as a signature is none. Where it refuses us, nothing is known.
pub(super) fn judge(answer: Result<Answer, GatewayError>) -> Result<(), WebhookError> {
    match answer {
        Ok(answer) if answer.verification_status == "SUCCESS" => Ok(()),
        Ok(_)
        | Err(GatewayError::Refused {
            status: 400 | 422, ..
        }) => Err(WebhookError::WrongSignature),
        Err(error) => Err(WebhookError::Unverified(error)),
    }
}

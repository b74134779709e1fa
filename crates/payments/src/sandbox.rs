//! How the sandbox gateway notifies: a JSON event and an HMAC over it. Both ends are here, and nothing else; the pages
//! and their storage belong to `motel-billing`, because this crate knows no database.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::SecretString;
use sha2::Sha256;

use crate::{GatewayEvent, WebhookError, WebhookRequest, signature};

/// The header that carries the sandbox's signature.
pub const SIGNATURE_HEADER: &str = "sandbox-signature";

/// The secret shared by the two ends, and what they do with it.
#[derive(Clone)]
pub struct SandboxSeal(SecretString);

/// A webhook ready to be posted.
#[derive(Debug, Clone)]
pub struct SealedWebhook {
    /// The value of [`SIGNATURE_HEADER`].
    pub signature: String,
    /// The JSON.
    pub body: Vec<u8>,
}

impl SandboxSeal {
    /// A seal with a secret of its own.
    pub fn new(secret: SecretString) -> Self {
        Self(secret)
    }

    /// A seal whose secret follows from the installation's own key, so that nobody has to keep one more secret. The
    /// key cannot be found from it.
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    pub fn derived_from(installation_key: &[u8]) -> Self {
        let derived = Hmac::<Sha256>::new_from_slice(installation_key)
            .expect("a key of any length")
            .chain_update(b"sandbox webhook 1")
            .finalize();
        Self(hex::encode(derived.into_bytes()).into())
    }

    /// Writes and signs an event.
    ///
    /// # Errors
    /// The event cannot be written as JSON.
    pub fn seal(
        &self,
        event: &GatewayEvent,
        at: DateTime<Utc>,
    ) -> Result<SealedWebhook, serde_json::Error> {
        let body = serde_json::to_vec(event)?;
        let signature = signature::sign(&self.0, &body, at);
        Ok(SealedWebhook { signature, body })
    }

    /// Verifies and reads an event.
    ///
    /// # Errors
    /// As [`crate::Gateway::read_webhook`].
    pub fn open(&self, request: &WebhookRequest<'_>) -> Result<GatewayEvent, WebhookError> {
        self.verify(request)?;
        read(request.body)
    }

    /// Verifies an event.
    ///
    /// # Errors
    /// As [`crate::Gateway::verify_webhook`].
    pub fn verify(&self, request: &WebhookRequest<'_>) -> Result<(), WebhookError> {
        let header = request
            .header(SIGNATURE_HEADER)
            .ok_or(WebhookError::Unsigned)?;
        signature::verify(&self.0, header, request.body, request.received_at)
    }
}

/// Reads an event that was verified.
///
/// # Errors
/// [`WebhookError::Unreadable`].
pub fn read(body: &[u8]) -> Result<GatewayEvent, WebhookError> {
    serde_json::from_slice(body).map_err(|error| WebhookError::Unreadable(error.to_string()))
}

impl std::fmt::Debug for SandboxSeal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SandboxSeal(…)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::{Currency, Money, PaymentLinkId};

    use super::*;
    use crate::EventKind;

    fn event() -> GatewayEvent {
        GatewayEvent {
            event_id: "evt_1".to_owned(),
            kind: EventKind::Paid,
            gateway_reference: "sbx_1".to_owned(),
            reference: PaymentLinkId::new(),
            refund: None,
            amount: Money::new(26_880, Currency::USD),
        }
    }

    #[test]
    fn what_one_end_seals_the_other_opens() {
        let seal = SandboxSeal::derived_from(b"an installation's key");
        let now = Utc::now();
        let sealed = seal.seal(&event(), now).unwrap();
        let headers = [("Sandbox-Signature", sealed.signature.as_str())];
        let request = WebhookRequest {
            headers: &headers,
            body: &sealed.body,
            received_at: now,
        };
        assert_eq!(seal.open(&request).unwrap().amount, event().amount);

        let foreign = SandboxSeal::derived_from(b"another installation's key");
        assert!(matches!(
            foreign.open(&request),
            Err(WebhookError::WrongSignature)
        ));
        let unsigned = WebhookRequest {
            headers: &[],
            ..request
        };
        assert!(matches!(seal.open(&unsigned), Err(WebhookError::Unsigned)));
    }
}

use chrono::{DateTime, Utc};

use crate::GatewayError;

/// What was posted to our webhook address, before anything is believed of it.
#[derive(Debug, Clone, Copy)]
pub struct WebhookRequest<'a> {
    /// Names and values of the headers, as they came.
    pub headers: &'a [(&'a str, &'a str)],
    /// The raw body: a signature is about bytes, not about what they mean.
    pub body: &'a [u8],
    /// When it arrived.
    pub received_at: DateTime<Utc>,
}

/// Why a webhook is not believed.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// It carries no signature.
    #[error("the signature header is missing")]
    Unsigned,
    /// The signature header does not have the documented form.
    #[error("the signature header is malformed")]
    MalformedSignature,
    /// Nobody who knows the secret signed this body.
    #[error("the signature does not fit the body")]
    WrongSignature,
    /// It was signed too long ago, or in the future: it may be a replay.
    #[error("the signature is {age_seconds} seconds old")]
    Stale {
        /// Age at arrival; negative for a signature from the future.
        age_seconds: i64,
    },
    /// Signed, but not what the gateway documents.
    #[error("the signed body could not be read: {0}")]
    Unreadable(String),
    /// The gateway had to be asked about it and did not answer; it tells us again.
    #[error("the gateway could not be asked about its own event")]
    Unverified(#[source] GatewayError),
}

impl WebhookRequest<'_> {
    /// The value of a header, whose name is compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self
            .headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| *value)
    }
}

impl WebhookError {
    /// True when the sender could not show that it knows the secret.
    pub fn is_forgery(&self) -> bool {
        !matches!(self, Self::Unreadable(_) | Self::Unverified(_))
    }
}

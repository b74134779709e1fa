use crate::model::Provider;

/// A call that rings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingCall {
    /// Who carries it.
    pub provider: Provider,
    /// What the carrier calls it.
    pub provider_call_id: ProviderCallId,
    /// Who calls; at most 64 characters are kept.
    pub from_number: Option<String>,
    /// The number called; at most 64 characters are kept.
    pub to_number: Option<String>,
}

/// A carrier's name for a call: 1 to 64 letters, digits, `-` or `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderCallId(String);

/// The text names no call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 64 letters, digits, - or _")]
pub struct InvalidCallId;

impl ProviderCallId {
    /// Reads a name.
    ///
    /// # Errors
    /// [`InvalidCallId`].
    pub fn parse(text: &str) -> Result<Self, InvalidCallId> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if (1..=64).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidCallId)
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

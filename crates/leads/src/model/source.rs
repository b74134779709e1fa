use std::fmt;

use diesel_derive_newtype::DieselNewType;
use serde::Serialize;

/// Where a lead came from: `web`, `chat`, `phone`, or any word a caller of the API uses for its own sources. At most 40
/// characters out of a–z, 0–9, `_` and `-`; capital letters are read as small ones, spaces as `_`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, DieselNewType)]
pub struct LeadSource(String);

/// The text names no source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be one word such as web, chat or phone, of at most 40 letters, digits, _ or -")]
pub struct InvalidSource;

impl LeadSource {
    /// The guest page or the API.
    pub fn web() -> Self {
        Self("web".to_owned())
    }

    /// A chat with the concierge.
    pub fn chat() -> Self {
        Self("chat".to_owned())
    }

    /// A telephone call.
    pub fn phone() -> Self {
        Self("phone".to_owned())
    }

    /// Reads a source.
    ///
    /// # Errors
    /// [`InvalidSource`].
    pub fn parse(text: &str) -> Result<Self, InvalidSource> {
        let word = text.trim().to_ascii_lowercase().replace(' ', "_");
        let fits = (1..=40).contains(&word.len());
        let plain = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')
        };
        if fits && word.bytes().all(plain) {
            Ok(Self(word))
        } else {
            Err(InvalidSource)
        }
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LeadSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_one_plain_word() {
        assert_eq!(
            LeadSource::parse(" Voice Call ").map(|source| source.0),
            Ok("voice_call".to_owned())
        );
        for text in ["", "  ", "<b>", "ü", "a;b", &"a".repeat(41)] {
            assert_eq!(LeadSource::parse(text), Err(InvalidSource), "{text}");
        }
    }
}

use std::fmt;

/// What a guest wrote or said: trimmed, 1 to 2,000 characters, no control characters but line breaks and tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestMessage(String);

/// Why a text is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMessage {
    /// Nothing but spaces.
    #[error("must not be empty")]
    Empty,
    /// More than [`GuestMessage::LONGEST`] characters.
    #[error("can't be longer than {} characters", GuestMessage::LONGEST)]
    TooLong,
    /// PostgreSQL could not even store some of them.
    #[error("contains control characters")]
    ControlCharacters,
}

impl GuestMessage {
    /// The most characters a message has.
    pub const LONGEST: usize = 2_000;

    /// Reads a message as it arrived.
    pub fn parse(text: &str) -> Result<Self, InvalidMessage> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidMessage::Empty);
        }
        if text.chars().count() > Self::LONGEST {
            return Err(InvalidMessage::TooLong);
        }
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            return Err(InvalidMessage::ControlCharacters);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GuestMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_text_that_says_something_is_a_message() {
        assert_eq!(
            GuestMessage::parse("  do you take dogs?\n")
                .unwrap()
                .as_str(),
            "do you take dogs?"
        );
        assert_eq!(GuestMessage::parse(" \t"), Err(InvalidMessage::Empty));
        assert_eq!(
            GuestMessage::parse("a\0b"),
            Err(InvalidMessage::ControlCharacters)
        );
        assert_eq!(
            GuestMessage::parse(&"ü".repeat(2_001)),
            Err(InvalidMessage::TooLong)
        );
        assert!(GuestMessage::parse(&"ü".repeat(2_000)).is_ok());
    }

    proptest! {
        #[test]
        fn a_message_reads_back_as_itself(text in "\\PC{0,60}") {
            if let Ok(message) = GuestMessage::parse(&text) {
                prop_assert_eq!(GuestMessage::parse(message.as_str()), Ok(message.clone()));
            }
        }
    }
}

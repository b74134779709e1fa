use std::borrow::Cow;
use std::fmt;

use motel_kernel::hide_card_numbers;

/// What a guest wrote or said: trimmed, 1 to 2,000 characters, no control characters but line breaks and tabs, and no
/// number of a payment card: that is hidden before anybody sees or stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestMessage {
    text: String,
    had_card_number: bool,
}

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
        let shown = hide_card_numbers(text);
        Ok(Self {
            had_card_number: matches!(shown, Cow::Owned(_)),
            text: shown.into_owned(),
        })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// True when the guest gave the number of a payment card, which the text no longer shows.
    pub fn had_card_number(&self) -> bool {
        self.had_card_number
    }
}

impl fmt::Display for GuestMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
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

    #[test]
    fn the_number_of_a_card_is_not_kept() {
        let message = GuestMessage::parse("charge 4242 4242 4242 4242 please").unwrap();
        assert_eq!(message.as_str(), "charge [card number] please");
        assert!(message.had_card_number());
        assert!(!GuestMessage::parse("2 nights").unwrap().had_card_number());
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

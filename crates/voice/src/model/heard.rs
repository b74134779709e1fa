use motel_conversations::GuestMessage;

/// What came from the caller in one turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Words, as the speech recognition understood them.
    Speech(GuestMessage),
    /// Keys.
    Keys(KeysPressed),
    /// Silence.
    Nothing,
}

/// 1 to 32 keys of a telephone: digits, `*` and `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysPressed(String);

/// The text is not what telephone keys make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 32 keys of a telephone: 0-9, * and #")]
pub struct InvalidDigits;

impl KeysPressed {
    /// Reads keys.
    ///
    /// # Errors
    /// [`InvalidDigits`].
    pub fn parse(text: &str) -> Result<Self, InvalidDigits> {
        let keys = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'*' | b'#');
        if (1..=32).contains(&text.len()) && text.bytes().all(keys) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidDigits)
        }
    }

    /// The keys in order.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The one key that calls for a person.
    pub fn ask_for_a_person(&self) -> bool {
        self.0 == "0"
    }
}

impl Heard {
    /// What a carrier reports: keys win over words, and no words at all are silence. Words that are too long for a
    /// message are cut, because a caller cannot be asked to correct a field.
    pub fn from_parts(speech: &str, keys: Option<KeysPressed>) -> Self {
        if let Some(keys) = keys {
            return Self::Keys(keys);
        }
        let printable = speech.chars().map(|c| if c.is_control() { ' ' } else { c });
        let bounded: String = printable.take(GuestMessage::LONGEST).collect();
        GuestMessage::parse(&bounded).map_or(Self::Nothing, Self::Speech)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_win_over_words() {
        let keys = KeysPressed::parse("0").unwrap();
        assert!(keys.ask_for_a_person());
        assert_eq!(
            Heard::from_parts("hello", Some(keys.clone())),
            Heard::Keys(keys)
        );
        assert_eq!(Heard::from_parts(" \n", None), Heard::Nothing);
        assert!(KeysPressed::parse("").is_err() && KeysPressed::parse("12a").is_err());
    }

    proptest! {
        #[test]
        fn any_words_are_heard_or_are_silence(speech in any::<String>()) {
            match Heard::from_parts(&speech, None) {
                Heard::Speech(message) => prop_assert!(message.as_str().chars().count() <= GuestMessage::LONGEST),
                Heard::Nothing => prop_assert!(speech.chars().all(|c| c.is_whitespace() || c.is_control())),
                Heard::Keys(_) => prop_assert!(false, "no key was pressed"),
            }
        }
    }
}

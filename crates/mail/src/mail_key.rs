use std::fmt;

use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};

/// What makes a mail the same mail: one is sent per key. 1 to 120 small letters, digits, dots, hyphens and underscores,
/// beginning with a letter or digit, so that it can be a file name and part of a Message-ID.
///
/// Unique in the whole installation: make it from the id of the event the mail answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(try_from = "String")]
pub struct MailKey(String);

/// The text does not have the form of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mail's key has 1 to 120 small letters, digits, dots, hyphens and underscores")]
pub struct InvalidMailKey;

impl MailKey {
    const LONGEST: usize = 120;

    /// Reads a key.
    pub fn parse(text: &str) -> Result<Self, InvalidMailKey> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let well_formed = text.len() <= Self::LONGEST
            && text.bytes().next().is_some_and(plain)
            && text
                .bytes()
                .all(|byte| plain(byte) || b"._-".contains(&byte));
        well_formed
            .then(|| Self(text.to_owned()))
            .ok_or(InvalidMailKey)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for MailKey {
    type Err = InvalidMailKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for MailKey {
    type Error = InvalidMailKey;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for MailKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_can_be_a_file_name() {
        let key = "booking.confirmed-01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(MailKey::parse(key).unwrap().as_str(), key);
        for text in [
            "",
            ".",
            "..",
            "../x",
            ".hidden",
            "a/b",
            "a\\b",
            "a b",
            "Ä",
            "A",
            "a\n",
            &"a".repeat(121),
        ] {
            assert_eq!(MailKey::parse(text), Err(InvalidMailKey), "{text}");
        }
    }
}

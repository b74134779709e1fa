//! What a person is called.

use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};

/// A full name as its owner writes it: trimmed, single spaces, no control characters, 2 to 120 characters,
/// with at least one letter. Nothing else is assumed about names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(try_from = "String")]
pub struct PersonName(String);

/// Why a text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPersonName {
    /// Shorter than two characters, or without a letter.
    #[error("please give a full name")]
    Missing,
    /// Longer than 120 characters.
    #[error("a name can't be longer than 120 characters")]
    TooLong,
}

impl PersonName {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, InvalidPersonName> {
        let name: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|w| !w.is_empty())
            .collect();
        let name = name.join(" ");
        match name.chars().count() {
            0..=1 => Err(InvalidPersonName::Missing),
            121.. => Err(InvalidPersonName::TooLong),
            _ if !name.chars().any(char::is_alphabetic) => Err(InvalidPersonName::Missing),
            _ => Ok(Self(name)),
        }
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first word: what to call the guest in a message.
    pub fn given(&self) -> &str {
        self.0.split(' ').next().unwrap_or(&self.0)
    }

    /// Everything after the first word; empty for a single name.
    pub fn family(&self) -> &str {
        self.0.split_once(' ').map_or("", |(_, rest)| rest)
    }
}

impl TryFrom<String> for PersonName {
    type Error = InvalidPersonName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl std::fmt::Display for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn names_are_tidied_and_split() {
        let name = PersonName::parse("  Ana \n Maria  de Souza ").unwrap();
        assert_eq!((name.given(), name.family()), ("Ana", "Maria de Souza"));
        assert_eq!(PersonName::parse("Xi").unwrap().family(), "");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        assert_eq!(PersonName::parse(" \t"), Err(InvalidPersonName::Missing));
        assert_eq!(PersonName::parse("12 34"), Err(InvalidPersonName::Missing));
        assert_eq!(
            PersonName::parse(&"a".repeat(121)),
            Err(InvalidPersonName::TooLong)
        );
    }
}

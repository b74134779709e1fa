use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};

/// A tenant's name in an address: 1 to 40 small letters, digits and inner hyphens, such as `remotemotel`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(try_from = "String")]
pub struct Slug(String);

/// The text does not have the form of a slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tenant's slug has 1 to 40 small letters, digits and inner hyphens")]
pub struct InvalidSlug;

impl Slug {
    const LONGEST: usize = 40;

    /// Reads a slug; nothing is normalised, so that one tenant has one address.
    pub fn parse(text: &str) -> Result<Self, InvalidSlug> {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let well_formed = (1..=Self::LONGEST).contains(&text.len())
            && text.bytes().all(known)
            && !text.starts_with('-')
            && !text.ends_with('-');
        well_formed
            .then(|| Self(text.to_owned()))
            .ok_or(InvalidSlug)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_are_slugs() {
        assert_eq!(
            Slug::parse("harvest-table").map(|slug| slug.to_string()),
            Ok("harvest-table".to_owned())
        );
        for text in [
            "",
            "-a",
            "a-",
            "Motel",
            "a b",
            "a/b",
            "ä",
            "a_b",
            &"a".repeat(41),
        ] {
            assert_eq!(Slug::parse(text), Err(InvalidSlug), "{text}");
        }
    }
}

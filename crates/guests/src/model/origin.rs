//! Where a guest comes from, and what they speak.

use std::fmt;

use diesel_derive_newtype::DieselNewType;
use serde::Serialize;

/// A country by its two letters (ISO 3166): `BR`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, DieselNewType)]
pub struct Country(String);

/// The text is not two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the two letters of a country, like BR")]
pub struct InvalidCountry;

/// A language, with the country it is spoken in where that matters: `de`, `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, DieselNewType)]
pub struct Language(String);

/// The text is not a language's short name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the short name of a language, like de or pt-BR")]
pub struct InvalidLanguage;

impl Country {
    /// Reads two letters in any case.
    ///
    /// # Errors
    /// It is anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidCountry> {
        let text = text.trim();
        let letters = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        letters
            .then(|| Self(text.to_ascii_uppercase()))
            .ok_or(InvalidCountry)
    }
}

impl Language {
    /// Reads a name in any case.
    ///
    /// # Errors
    /// It is anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidLanguage> {
        let (language, country) = match text.trim().split_once('-') {
            Some((language, country)) => (language, Some(country)),
            None => (text.trim(), None),
        };
        let letters = language.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !letters || !(2..=3).contains(&language.len()) {
            return Err(InvalidLanguage);
        }
        let mut name = language.to_ascii_lowercase();
        if let Some(country) = country {
            let country = Country::parse(country).map_err(|_| InvalidLanguage)?;
            name = format!("{name}-{country}");
        }
        Ok(Self(name))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn languages_and_countries_are_tidied() {
        assert_eq!(Country::parse(" br").unwrap().to_string(), "BR");
        assert_eq!(Language::parse("PT-br").unwrap().to_string(), "pt-BR");
        assert_eq!(Language::parse("gsw").unwrap().to_string(), "gsw");
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in ["", "B", "BRA", "ÄÖ", "B1"] {
            assert!(Country::parse(text).is_err(), "{text}");
        }
        for text in ["", "p", "port", "pt_BR", "pt-", "pt-BRA", "p1", "-BR"] {
            assert!(Language::parse(text).is_err(), "{text}");
        }
    }
}

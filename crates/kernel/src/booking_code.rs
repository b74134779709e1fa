//! The code a guest reads out over the telephone.

use std::fmt;

use diesel_derive_newtype::DieselNewType;
use rand::RngExt;
use serde::{Deserialize, Serialize};

/// `RM-7K3F9Q`: six characters out of 31, without the look-alikes 0 O 1 I L.
///
/// The code alone never opens a booking: the guest's e-mail address is asked for as well.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(try_from = "String")]
pub struct BookingCode(String);

/// The text does not have the form of a booking code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a booking code looks like RM-7K3F9Q")]
pub struct InvalidBookingCode;

const ALPHABET: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const PREFIX: &str = "RM-";
const LENGTH: usize = 6;

impl BookingCode {
    /// A code drawn at random. 31⁶ is about 887 million, so that among fifty thousand bookings two are likely to draw the
    /// same: whoever writes one draws again when it is taken.
    pub fn random() -> Self {
        let mut rng = rand::rng();
        let drawn = (0..LENGTH).filter_map(|_| ALPHABET.get(rng.random_range(0..ALPHABET.len())));
        Self(
            PREFIX
                .chars()
                .chain(drawn.map(|byte| char::from(*byte)))
                .collect(),
        )
    }

    /// Reads a code as people type it: any case, with or without `RM-`, spaces ignored.
    pub fn parse(text: &str) -> Result<Self, InvalidBookingCode> {
        if text.len() > 32 {
            return Err(InvalidBookingCode);
        }
        let bare: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect::<String>()
            .to_uppercase();
        let drawn = match bare.strip_prefix("RM") {
            Some(rest) if rest.len() == LENGTH => rest,
            _ => bare.as_str(),
        };
        let well_formed =
            drawn.len() == LENGTH && drawn.bytes().all(|byte| ALPHABET.contains(&byte));
        well_formed
            .then(|| Self(format!("{PREFIX}{drawn}")))
            .ok_or(InvalidBookingCode)
    }

    /// The code with its prefix.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for BookingCode {
    type Error = InvalidBookingCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for BookingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn is_read_as_people_type_it() {
        for text in [
            "RM-7K3F9Q",
            "rm-7k3f9q",
            " RM 7K3 F9Q ",
            "7k3f9q",
            "rm7k3f9q",
        ] {
            assert_eq!(
                BookingCode::parse(text).unwrap().as_str(),
                "RM-7K3F9Q",
                "{text}"
            );
        }
    }

    #[test]
    fn look_alikes_and_other_lengths_are_refused() {
        for text in [
            "RM-0K3F9Q",
            "RM-7K3F9",
            "RM-7K3F9QQ",
            "",
            "hello!",
            "RM-7K3F9Ö",
        ] {
            assert_eq!(BookingCode::parse(text), Err(InvalidBookingCode), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_drawn_code_reads_back(_round in 0..200) {
            let code = BookingCode::random();
            prop_assert_eq!(BookingCode::parse(code.as_str()), Ok(code.clone()));
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,40}") {
            let _ = BookingCode::parse(&text);
        }
    }
}

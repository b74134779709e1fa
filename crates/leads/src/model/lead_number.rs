use std::fmt;
use std::str::FromStr;

use diesel_derive_newtype::DieselNewType;
use serde::{Serialize, Serializer};

/// What a lead is called by people: `LD00001`, counted per tenant without gaps. Grows a digit after 99,999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, DieselNewType)]
pub struct LeadNumber(i32);

/// The text does not have the form of a lead number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a lead number looks like LD00001")]
pub struct InvalidLeadNumber;

impl LeadNumber {
    /// The bare number, from 1 on.
    pub fn value(self) -> i32 {
        self.0
    }
}

impl fmt::Display for LeadNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LD{:05}", self.0)
    }
}

impl FromStr for LeadNumber {
    type Err = InvalidLeadNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix("LD").ok_or(InvalidLeadNumber)?;
        if digits.len() < 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidLeadNumber);
        }
        digits
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .map(Self)
            .ok_or(InvalidLeadNumber)
    }
}

impl Serialize for LeadNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for LeadNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_printed_form_is_read() {
        for text in [
            "",
            "LD",
            "LD1",
            "LD00000",
            "ld00001",
            "LD0000a",
            "LD+0001",
            "LD99999999999",
        ] {
            assert_eq!(text.parse::<LeadNumber>(), Err(InvalidLeadNumber), "{text}");
        }
        assert_eq!(LeadNumber(1).to_string(), "LD00001");
        assert_eq!(LeadNumber(123_456).to_string(), "LD123456");
    }

    proptest! {
        #[test]
        fn every_number_reads_back(number in 1..=i32::MAX) {
            prop_assert_eq!(LeadNumber(number).to_string().parse(), Ok(LeadNumber(number)));
        }
    }
}

//! How to reach a person.

use std::fmt;

use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};

/// An e-mail address in lower case, at most 254 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(try_from = "String")]
pub struct Email(String);

/// The text is not an e-mail address anybody could receive mail at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("please give a valid e-mail address, like name@example.com")]
pub struct InvalidEmail;

/// A telephone number in international form (E.164): `+14155550123`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(try_from = "String")]
pub struct Phone(String);

/// The text is not a telephone number that exists in any numbering plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("please give a valid phone number, with the country code if it is not a US one")]
pub struct InvalidPhone;

impl Email {
    /// Reads and normalises an address. Two spellings that differ in case are one address.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let text = text.trim().to_lowercase();
        let options = email_address::Options::default()
            .with_required_tld()
            .without_display_text()
            .without_domain_literal();
        email_address::EmailAddress::parse_with_options(&text, options)
            .map(|address| Self(address.to_string()))
            .map_err(|_| InvalidEmail)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Phone {
    const LONGEST: usize = 40;

    /// Reads a number; one without a country code is read as a North American one.
    ///
    /// The exchange 555 is not assigned to subscribers, yet it is what people use in examples and trials, so
    /// a well-formed North American number is taken as it stands.
    pub fn parse(text: &str) -> Result<Self, InvalidPhone> {
        if text.len() > Self::LONGEST {
            return Err(InvalidPhone);
        }
        let number =
            phonenumber::parse(Some(phonenumber::country::US), text).map_err(|_| InvalidPhone)?;
        let e164 = number.format().mode(phonenumber::Mode::E164).to_string();
        if number.is_valid() || is_north_american(&e164) {
            return Ok(Self(e164));
        }
        Err(InvalidPhone)
    }

    /// The number in E.164 form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whose numbering plan it belongs to (ISO 3166-1); one of North America that no subscriber has counts as one of the
    /// United States. `None` for satellites and the like.
    pub fn country(&self) -> Option<String> {
        let number = phonenumber::parse(None, &self.0).ok()?;
        let country = number.country().id().map(|id| id.as_ref().to_owned());
        country
            .filter(|id| id.len() == 2)
            .or_else(|| is_north_american(&self.0).then(|| "US".to_owned()))
    }
}

/// `+1`, an area code and an exchange that do not begin with 0 or 1, and four more digits.
fn is_north_american(e164: &str) -> bool {
    let Some(national) = e164.strip_prefix("+1") else {
        return false;
    };
    let opens_well = |at: usize| matches!(national.as_bytes().get(at), Some(b'2'..=b'9'));
    national.len() == 10 && opens_well(0) && opens_well(3)
}

macro_rules! parsed_text {
    ($name:ident, $error:ident) => {
        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

parsed_text!(Email, InvalidEmail);
parsed_text!(Phone, InvalidPhone);

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_one_address_in_any_case() {
        assert_eq!(
            Email::parse(" Ana@Example.COM ").unwrap().as_str(),
            "ana@example.com"
        );
    }

    #[test]
    fn a_number_tells_its_country() {
        for (number, country) in [
            ("+49 30 23125014", "DE"),
            ("+1 518 555 0142", "US"),
            ("+1 416 967 1111", "CA"),
            ("+81 3 1234 5678", "JP"),
        ] {
            let phone = Phone::parse(number).unwrap();
            assert_eq!(phone.country().as_deref(), Some(country), "{number}");
        }
    }

    #[test]
    fn broken_addresses_are_refused() {
        for text in [
            "",
            "ana",
            "ana@",
            "@example.com",
            "ana@example",
            "a b@example.com",
            "Ana <ana@example.com>",
            "ana@[127.0.0.1]",
            "a@b..com",
        ] {
            assert_eq!(Email::parse(text), Err(InvalidEmail), "{text}");
        }
    }

    #[test]
    fn numbers_become_international() {
        for text in [
            "(212) 555-0123",
            "212.555.0123",
            "+1 212 555 0123",
            "1-212-555-0123",
        ] {
            assert_eq!(
                Phone::parse(text).unwrap().as_str(),
                "+12125550123",
                "{text}"
            );
        }
        assert_eq!(
            Phone::parse("+44 20 7946 0018").unwrap().as_str(),
            "+442079460018"
        );
    }

    #[test]
    fn what_no_plan_knows_is_refused() {
        for text in [
            "",
            "12",
            "call me",
            "000-000-0000",
            "+1 055 155 0123",
            "12345678901234567890123456789012345678901234",
        ] {
            assert_eq!(Phone::parse(text), Err(InvalidPhone), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_stable(text in "\\PC{0,60}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
            }
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
            }
        }
    }
}

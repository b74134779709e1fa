use std::fmt;

use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Digits and letters that nobody takes for one another: no I, L, O and U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 20;
const GROUP: usize = 5;
/// The longest text that is taken for a code.
const LONGEST: usize = 60;

/// The code of a gift card: 20 letters, 100 random bits. Guessing one is hopeless at any speed, so nobody is slowed down;
/// and a plain digest of it cannot be turned back, also not by whoever knows the last four letters.
#[derive(Clone)]
pub struct GiftCardCode(SecretString);

/// The SHA-256 of a code: what is kept of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CodeDigest([u8; 32]);

/// What somebody typed who wants to pay with it: the code of a gift card, or of a coupon.
#[derive(Debug, Clone)]
pub struct VoucherCode {
    pub(crate) gift_card: Option<CodeDigest>,
    pub(crate) coupon: Option<String>,
}

/// The text is no code of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no code of a gift card or a coupon")]
pub struct InvalidVoucherCode;

impl GiftCardCode {
    /// A code that was never given out.
    pub(crate) fn mint() -> Self {
        let random: [u8; LENGTH] = rand::rng().random();
        let letter = |byte: u8| LETTERS.get(usize::from(byte % 32)).copied().map(char::from);
        let code: String = random.into_iter().filter_map(letter).collect();
        Self(code.into())
    }

    /// A code however it was typed: small letters, spaces and hyphens do not matter, and O is 0, I and L are 1.
    ///
    /// # Errors
    /// [`InvalidVoucherCode`] for what has not the form of one.
    pub fn parse(typed: &str) -> Result<Self, InvalidVoucherCode> {
        if typed.len() > LONGEST {
            return Err(InvalidVoucherCode);
        }
        let letters = typed.chars().filter(|letter| !matches!(letter, ' ' | '-'));
        let code: String = letters.map(as_printed).collect();
        let well_formed = code.len() == LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte));
        well_formed
            .then(|| Self(code.into()))
            .ok_or(InvalidVoucherCode)
    }

    /// As it is printed, in groups of five: `7QF2M-…`. A secret.
    pub fn in_groups(&self) -> String {
        let letters: Vec<char> = self.0.expose_secret().chars().collect();
        let groups: Vec<String> = letters
            .chunks(GROUP)
            .map(|group| group.iter().collect())
            .collect();
        groups.join("-")
    }

    /// What staff may know of it.
    pub(crate) fn last_four(&self) -> String {
        let code = self.0.expose_secret();
        code.chars().skip(LENGTH - 4).collect()
    }

    pub(crate) fn digest(&self) -> CodeDigest {
        CodeDigest(Sha256::digest(self.0.expose_secret().as_bytes()).into())
    }
}

impl fmt::Debug for GiftCardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GiftCardCode")
    }
}

impl CodeDigest {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl VoucherCode {
    /// Reads what somebody typed, at most 60 characters.
    ///
    /// # Errors
    /// [`InvalidVoucherCode`].
    pub fn parse(typed: &str) -> Result<Self, InvalidVoucherCode> {
        let gift_card = GiftCardCode::parse(typed).ok().map(|code| code.digest());
        let spelling = crate::Coupon::spelling(typed);
        let coupon = crate::Coupon::is_code(&spelling).then_some(spelling);
        match (&gift_card, &coupon) {
            (None, None) => Err(InvalidVoucherCode),
            _ => Ok(Self { gift_card, coupon }),
        }
    }
}

fn as_printed(typed: char) -> char {
    match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_is_typed() {
        let code = GiftCardCode::mint();
        let printed = code.in_groups();
        assert_eq!(printed.len(), 23);
        assert!(printed.ends_with(&code.last_four()));
        let typed = [
            printed.clone(),
            printed.to_lowercase(),
            printed.replace('-', ""),
            format!(" {} ", printed.replace('-', " ")),
            printed.replace('0', "o").replace('1', "l"),
        ];
        for text in typed {
            assert_eq!(GiftCardCode::parse(&text).unwrap().digest(), code.digest());
        }
        assert_ne!(GiftCardCode::mint().digest(), code.digest());
        assert!(!format!("{code:?}").contains(&code.last_four()));
    }

    #[test]
    fn what_is_no_code_is_none() {
        for text in [
            "",
            "-",
            "A",
            "ABC DEF",
            "Ü".repeat(20).as_str(),
            "X".repeat(61).as_str(),
            "a\0b",
        ] {
            assert!(VoucherCode::parse(text).is_err(), "{text}");
        }
        let coupon = VoucherCode::parse(" winter10 ").unwrap();
        assert_eq!(coupon.coupon.as_deref(), Some("WINTER10"));
        assert_eq!(coupon.gift_card, None);
    }
}

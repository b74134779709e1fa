use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use totp_rs::Secret;

/// How many a member is given at a time.
pub(super) const CODES: usize = 10;

const RANDOM_BYTES: usize = 10;
/// Of these letters and digits five bits each: sixteen of them.
const LETTERS: usize = 16;

/// The SHA-256 of a recovery code: what is kept of it. A code is 80 random bits, and guesses are counted, so it needs no slow hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RecoveryDigest([u8; 32]);

impl RecoveryDigest {
    /// Of what somebody typed, if it has the form of a code. How it is spaced and whether its letters are large is the same.
    pub(crate) fn of(typed: &str) -> Option<Self> {
        let code = typed.to_ascii_uppercase();
        let known = |byte: u8| matches!(byte, b'A'..=b'Z' | b'2'..=b'7');
        (code.len() == LETTERS && code.bytes().all(known)).then(|| Self::of_letters(&code))
    }

    fn of_letters(code: &str) -> Self {
        Self(Sha256::digest(code.as_bytes()).into())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A code that was never given out, in groups of four, and its digest.
pub(super) fn mint() -> (SecretString, RecoveryDigest) {
    let random: [u8; RANDOM_BYTES] = rand::rng().random();
    let letters: SecretString = Secret::new(Box::new(random)).to_base32().into();
    let digest = RecoveryDigest::of_letters(letters.expose_secret());
    let mut shown = String::new();
    for (place, letter) in letters.expose_secret().chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            shown.push('-');
        }
        shown.push(letter);
    }
    (shown.into(), digest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_code_has_four_groups_of_four_and_its_digest_knows_it() {
        let (shown, digest) = mint();
        let shown = shown.expose_secret();
        let groups: Vec<usize> = shown.split('-').map(str::len).collect();
        assert_eq!(groups, [4, 4, 4, 4]);
        let letters = shown.replace('-', "");
        assert_eq!(RecoveryDigest::of(&letters), Some(digest));
        assert_eq!(RecoveryDigest::of(&letters.to_lowercase()), Some(digest));
        assert_ne!(mint().1, digest);
    }

    #[test]
    fn other_texts_are_not_even_looked_up() {
        let (shown, _) = mint();
        let letters = shown.expose_secret().replace('-', "");
        for other in [
            "",
            "123456",
            &letters[1..],
            &format!("{letters}A"),
            "ÄBCDEFGHIJKLMN",
            "AAAA0AAAAAAAAAAA",
        ] {
            assert_eq!(RecoveryDigest::of(other), None, "{other}");
        }
    }
}

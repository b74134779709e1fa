use rand::RngExt;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

/// How every key begins, so that one that leaked is recognised as such.
const PREFIX: &str = "rmk_";
const RANDOM_BYTES: usize = 32;
const HINT_LENGTH: usize = PREFIX.len() + 6;

/// The SHA-256 of a key: what is kept of it. A key is 256 random bits, so it needs no slow hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyDigest([u8; 32]);

impl KeyDigest {
    /// The digest of a text that has the form of a key.
    pub(crate) fn of(secret: &str) -> Option<Self> {
        let digits = secret.strip_prefix(PREFIX)?;
        let well_formed = digits.len() == 2 * RANDOM_BYTES
            && digits
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        well_formed.then(|| Self(Sha256::digest(secret.as_bytes()).into()))
    }

    /// A digest as it is kept; `None` when it is not 32 bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A key that was never given out.
pub(crate) struct Minted {
    pub(crate) secret: SecretString,
    pub(crate) digest: KeyDigest,
    /// How it begins, for people to tell keys apart.
    pub(crate) hint: String,
}

/// Mints a key.
pub(crate) fn mint() -> Minted {
    let random: [u8; RANDOM_BYTES] = rand::rng().random();
    let secret = format!("{PREFIX}{}", hex::encode(random));
    Minted {
        digest: KeyDigest(Sha256::digest(secret.as_bytes()).into()),
        hint: secret.chars().take(HINT_LENGTH).collect(),
        secret: secret.into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_minted_key_has_the_form_of_one() {
        let minted = mint();
        let secret = minted.secret.expose_secret();
        assert_eq!(KeyDigest::of(secret), Some(minted.digest));
        assert!(secret.starts_with(&minted.hint) && minted.hint.len() < 12);
        assert_ne!(mint().digest, minted.digest);
    }

    #[test]
    fn other_texts_are_not_even_looked_up() {
        let minted = mint();
        let secret = minted.secret.expose_secret();
        for text in [
            "",
            "rmk_",
            &secret.to_uppercase(),
            &format!("{secret}0"),
            secret.strip_prefix("rmk_").unwrap(),
        ] {
            assert_eq!(KeyDigest::of(text), None, "{text}");
        }
    }
}

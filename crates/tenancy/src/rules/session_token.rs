use rand::RngExt;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

const RANDOM_BYTES: usize = 32;

/// The SHA-256 of a session's token: what is kept of it. A token is 256 random bits, so it needs no slow hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// The digest of a text that has the form of a token.
    pub(crate) fn of(token: &str) -> Option<Self> {
        let well_formed = token.len() == 2 * RANDOM_BYTES
            && token
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        well_formed.then(|| Self(Sha256::digest(token.as_bytes()).into()))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A token that was never given out, and its digest.
pub(crate) fn mint_token() -> (SecretString, TokenDigest) {
    let random: [u8; RANDOM_BYTES] = rand::rng().random();
    let token = hex::encode(random);
    let digest = TokenDigest(Sha256::digest(token.as_bytes()).into());
    (token.into(), digest)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_token_is_known_by_its_digest_and_nothing_else_is_one() {
        let (token, digest) = mint_token();
        let text = token.expose_secret();
        assert_eq!(TokenDigest::of(text), Some(digest));
        assert_ne!(mint_token().1, digest);
        for other in ["", "0", &text.to_uppercase(), &format!("{text}0")] {
            assert_eq!(TokenDigest::of(other), None, "{other}");
        }
    }
}

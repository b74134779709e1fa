use rand::RngExt;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

const RANDOM_BYTES: usize = 32;

/// What a mailed link carries: 256 random bits. Kept is their digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignUpWord([u8; 32]);

impl SignUpWord {
    /// Reads the word in a link: 64 small hexadecimal digits. `None` for every other text.
    pub fn parse(text: &str) -> Option<Self> {
        let small = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let well_formed = text.len() == 2 * RANDOM_BYTES && text.bytes().all(small);
        well_formed.then(|| Self(Sha256::digest(text.as_bytes()).into()))
    }

    pub(super) fn digest(&self) -> &[u8] {
        &self.0
    }

    /// One that was never given out, with the text to put in the link.
    pub(super) fn mint() -> (Self, SecretString) {
        let random: [u8; RANDOM_BYTES] = rand::rng().random();
        let text = hex::encode(random);
        let digest = Sha256::digest(text.as_bytes()).into();
        (Self(digest), text.into())
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_word_is_read_back_and_nothing_else_is_one() {
        let (word, text) = SignUpWord::mint();
        let text = text.expose_secret();
        assert_eq!(SignUpWord::parse(text), Some(word));
        assert_ne!(SignUpWord::mint().0, word);
        for other in [
            "",
            "0",
            &text.to_uppercase(),
            &format!("{text}0"),
            &format!(" {text}"),
            &"ä".repeat(32),
        ] {
            assert_eq!(SignUpWord::parse(other), None, "{other}");
        }
    }
}

use std::fmt;

use rand::RngExt;
use zeroize::Zeroizing;

use crate::key_id::KeyId;

const KEY_BYTES: usize = 32;

/// A key that other keys are sealed under: 256 random bits, overwritten in memory when it is let go of.
#[derive(Clone)]
pub struct MasterKey {
    id: KeyId,
    bytes: Zeroizing<[u8; KEY_BYTES]>,
}

impl MasterKey {
    /// A key that was never given out.
    pub fn generate() -> Self {
        Self::from_bytes(Zeroizing::new(rand::rng().random()))
    }

    /// Reads 64 hexadecimal digits; `None` when it is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        hex::decode_to_slice(text, bytes.as_mut_slice()).ok()?;
        Some(Self::from_bytes(bytes))
    }

    fn from_bytes(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        Self {
            id: KeyId::of(&bytes),
            bytes,
        }
    }

    /// Which key it is, as what was sealed names it.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The key itself, as [`MasterKey::parse`] reads it: for the file it is kept in, and nothing else.
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.bytes.as_slice()))
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.bytes
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MasterKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written_and_only_so() {
        let key = MasterKey::generate();
        let text = key.expose();
        assert_eq!(MasterKey::parse(&text).unwrap().id(), key.id());
        assert_ne!(MasterKey::generate().id(), key.id());
        let longer = format!("{}00", text.as_str());
        let broken = format!("g{}", &text[1..]);
        for other in ["", "00", &longer, &broken, &text[1..]] {
            assert!(MasterKey::parse(other).is_none());
        }
    }

    #[test]
    fn printing_a_key_says_which_it_is_and_not_what() {
        let key = MasterKey::generate();
        let printed = format!("{key:?}");
        assert!(printed.contains(&key.id().to_string()));
        let text = key.expose();
        assert!(!printed.contains(&text[..8]));
        assert!(!printed.contains(&format!("{:?}", key.bytes())));
    }
}

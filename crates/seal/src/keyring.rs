use std::sync::Arc;

use rand::RngExt;
use zeroize::Zeroizing;

use crate::envelope::{close, disclose};
use crate::error::{KeyringError, SealError};
use crate::key_id::KeyId;
use crate::master_key::MasterKey;
use crate::sealed::{MAX_SECRET_BYTES, Sealed};

/// The master keys of an installation. The last one seals; all of them open. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Keyring {
    sealing: Arc<MasterKey>,
    older: Arc<[MasterKey]>,
}

impl Keyring {
    /// A ring of one key.
    pub fn new(sealing: MasterKey) -> Self {
        Self {
            sealing: Arc::new(sealing),
            older: Arc::default(),
        }
    }

    /// Reads one key a line, the one that seals last. Empty lines and such that begin with `#` are passed over.
    ///
    /// # Errors
    /// A line is no key, one is there twice, or there is none. No line is ever quoted.
    pub fn parse(text: &str) -> Result<Self, KeyringError> {
        let mut keys: Vec<MasterKey> = Vec::new();
        for (index, line) in text.lines().map(str::trim).enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let line_number = index + 1;
            let key = MasterKey::parse(line).ok_or(KeyringError::NoKey { line: line_number })?;
            if keys.iter().any(|other| other.id() == key.id()) {
                return Err(KeyringError::Twice { line: line_number });
            }
            keys.push(key);
        }
        let sealing = keys.pop().ok_or(KeyringError::Empty)?;
        Ok(Self {
            sealing: Arc::new(sealing),
            older: keys.into(),
        })
    }

    /// The key that seals.
    pub fn sealing_key(&self) -> KeyId {
        self.sealing.id()
    }

    /// Every key there is, the one that seals last.
    pub fn key_ids(&self) -> Vec<KeyId> {
        let older = self.older.iter().map(MasterKey::id);
        older.chain([self.sealing.id()]).collect()
    }

    /// Seals a secret. `context` says what it is and whose, such as `credentials/<tenant>/stripe`: it opens for that only, so
    /// that a row copied to another tenant is worth nothing there.
    ///
    /// # Errors
    /// [`SealError::TooLong`] above [`MAX_SECRET_BYTES`].
    pub fn seal(&self, context: &str, secret: &[u8]) -> Result<Sealed, SealError> {
        if secret.len() > MAX_SECRET_BYTES {
            return Err(SealError::TooLong);
        }
        let data_key = Zeroizing::new(rand::rng().random::<[u8; 32]>());
        let body = close(&data_key, &body_bound(context), secret)?;
        self.wrap(context, &data_key, &body)
    }

    /// Opens what was sealed for this context.
    ///
    /// # Errors
    /// Its master key is not on the ring, it was changed, or it is of another context.
    pub fn open(&self, context: &str, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (_, body) = sealed.parts()?;
        let data_key = self.data_key(context, sealed)?;
        disclose(&data_key, &body_bound(context), body)
    }

    /// The same secret with its data key under the key that seals now; `None` when it already is. The secret itself is
    /// neither opened nor written anew.
    ///
    /// # Errors
    /// As for [`Keyring::open`].
    pub fn rewrap(&self, context: &str, sealed: &Sealed) -> Result<Option<Sealed>, SealError> {
        if sealed.key_id() == self.sealing_key() {
            return Ok(None);
        }
        let (_, body) = sealed.parts()?;
        let data_key = self.data_key(context, sealed)?;
        self.wrap(context, &data_key, body).map(Some)
    }

    fn wrap(&self, context: &str, data_key: &[u8; 32], body: &[u8]) -> Result<Sealed, SealError> {
        let id = self.sealing_key();
        let wrapped = close(self.sealing.bytes(), &key_bound(id, context), data_key)?;
        Ok(Sealed::assemble(id, &wrapped, body))
    }

    fn data_key(&self, context: &str, sealed: &Sealed) -> Result<Zeroizing<[u8; 32]>, SealError> {
        let id = sealed.key_id();
        let master = self.find(id).ok_or(SealError::UnknownKey(id))?;
        let (wrapped, _) = sealed.parts()?;
        let opened = disclose(master.bytes(), &key_bound(id, context), wrapped)?;
        let mut data_key = Zeroizing::new([0; 32]);
        if opened.len() != data_key.len() {
            return Err(SealError::Malformed);
        }
        data_key.copy_from_slice(&opened);
        Ok(data_key)
    }

    fn find(&self, id: KeyId) -> Option<&MasterKey> {
        let mut every = self.older.iter().chain([self.sealing.as_ref()]);
        every.find(|key| key.id() == id)
    }
}

/// What a secret is bound to. Its master key is not part of it, so that the key can be changed without the secret.
fn body_bound(context: &str) -> Vec<u8> {
    [b"motel-seal/1/secret\0", context.as_bytes()].concat()
}

/// What a wrapped data key is bound to.
fn key_bound(id: KeyId, context: &str) -> Vec<u8> {
    [b"motel-seal/1/key\0", id.as_bytes(), context.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    fn ring(keys: &[&MasterKey]) -> Keyring {
        let lines: Vec<_> = keys.iter().map(|key| key.expose().to_string()).collect();
        Keyring::parse(&lines.join("\n")).unwrap()
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_again_also_from_its_bytes(
            context in ".{0,60}", secret in prop::collection::vec(any::<u8>(), 0..300),
        ) {
            let keys = Keyring::new(MasterKey::generate());
            let sealed = keys.seal(&context, &secret).unwrap();
            let read = Sealed::from_bytes(sealed.as_bytes()).unwrap();
            prop_assert_eq!(&read, &sealed);
            prop_assert_eq!(&*keys.open(&context, &read).unwrap(), &secret);
        }

        #[test]
        fn another_context_opens_nothing(one in "[ab/]{0,4}", other in "[ab/]{0,4}") {
            prop_assume!(one != other);
            let keys = Keyring::new(MasterKey::generate());
            let sealed = keys.seal(&one, b"sk_live_1").unwrap();
            prop_assert_eq!(keys.open(&other, &sealed).unwrap_err(), SealError::Refused);
        }
    }

    #[test]
    fn every_changed_bit_and_every_missing_end_is_refused() {
        let keys = Keyring::new(MasterKey::generate());
        let sealed = keys.seal("a", b"sk_live_1").unwrap();
        let bytes = sealed.as_bytes();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.to_vec();
            changed[bit / 8] ^= 1 << (bit % 8);
            let opened = Sealed::from_bytes(&changed).and_then(|it| keys.open("a", &it));
            assert!(opened.is_err(), "bit {bit}");
        }
        for end in 0..bytes.len() {
            let opened = Sealed::from_bytes(&bytes[..end]).and_then(|it| keys.open("a", &it));
            assert!(opened.is_err(), "{end} bytes");
        }
    }

    #[test]
    fn a_key_that_is_not_there_is_named() {
        let sealed = Keyring::new(MasterKey::generate()).seal("a", b"secret");
        let sealed = sealed.unwrap();
        let missing = SealError::UnknownKey(sealed.key_id());
        let other = Keyring::new(MasterKey::generate());
        assert_eq!(other.open("a", &sealed).unwrap_err(), missing);
        assert_eq!(other.rewrap("a", &sealed).unwrap_err(), missing);
        assert!(missing.to_string().contains(&sealed.key_id().to_string()));
    }

    #[test]
    fn a_wrapped_key_of_one_secret_does_not_open_another() {
        let keys = Keyring::new(MasterKey::generate());
        let (one, two) = (keys.seal("a", b"1").unwrap(), keys.seal("a", b"2").unwrap());
        let (wrapped, _) = one.parts().unwrap();
        let (_, body) = two.parts().unwrap();
        let mixed = Sealed::assemble(keys.sealing_key(), wrapped, body);
        assert_eq!(keys.open("a", &mixed).unwrap_err(), SealError::Refused);
    }

    #[test]
    fn rewrapping_changes_the_master_key_and_not_the_secret() {
        let (old, new) = (MasterKey::generate(), MasterKey::generate());
        let sealed = ring(&[&old]).seal("a", b"sk_live_1").unwrap();
        let both = ring(&[&old, &new]);
        let wrapped = both.rewrap("a", &sealed).unwrap().unwrap();
        assert_eq!(wrapped.key_id(), new.id());
        assert_eq!(wrapped.parts().unwrap().1, sealed.parts().unwrap().1);
        assert_eq!(&*ring(&[&new]).open("a", &wrapped).unwrap(), b"sk_live_1");
        assert_eq!(both.rewrap("a", &wrapped).unwrap(), None);
        assert_eq!(both.rewrap("b", &sealed).unwrap_err(), SealError::Refused);
    }

    #[test]
    fn nothing_secret_is_in_what_is_kept_or_printed() {
        let keys = Keyring::new(MasterKey::generate());
        let secret = b"sk_live_1234567890";
        let sealed = keys.seal("a", secret).unwrap();
        assert!(
            !sealed
                .as_bytes()
                .windows(6)
                .any(|part| secret.windows(6).any(|of| of == part))
        );
        let printed = format!("{sealed:?} {keys:?}");
        assert!(
            !printed.contains("sk_live") && printed.len() < 200,
            "{printed}"
        );
        assert!(!printed.contains(&hex::encode(&sealed.as_bytes()[60..70])));
    }

    #[test]
    fn the_same_secret_twice_looks_different() {
        let keys = Keyring::new(MasterKey::generate());
        let (one, two) = (keys.seal("a", b"1").unwrap(), keys.seal("a", b"1").unwrap());
        assert_ne!(one.as_bytes(), two.as_bytes());
    }

    #[test]
    fn a_ring_is_read_line_by_line_and_the_last_key_seals() {
        let (old, new) = (MasterKey::generate(), MasterKey::generate());
        let text = format!("# keys\n\n{}\r\n  {}\n", *old.expose(), *new.expose());
        let keys = Keyring::parse(&text).unwrap();
        assert_eq!(keys.key_ids(), [old.id(), new.id()]);
        assert_eq!(keys.sealing_key(), new.id());
        for (text, why) in [
            (String::new(), KeyringError::Empty),
            ("# none\n".to_owned(), KeyringError::Empty),
            (
                format!("{}\nhunter2", *old.expose()),
                KeyringError::NoKey { line: 2 },
            ),
            (
                format!("{0}\n{0}", *old.expose()),
                KeyringError::Twice { line: 2 },
            ),
        ] {
            let refused = Keyring::parse(&text).unwrap_err();
            assert_eq!(refused, why);
            assert!(!refused.to_string().contains("hunter2"));
        }
    }

    #[test]
    fn what_is_too_long_is_not_sealed() {
        let keys = Keyring::new(MasterKey::generate());
        let longest = vec![7; MAX_SECRET_BYTES];
        assert!(keys.seal("a", &longest).is_ok());
        assert_eq!(
            keys.seal("a", &[longest, vec![7]].concat()).unwrap_err(),
            SealError::TooLong
        );
    }
}

use std::fmt;

use crate::envelope::{NONCE_BYTES, TAG_BYTES};
use crate::error::SealError;
use crate::key_id::{KEY_ID_BYTES, KeyId};

/// The longest secret that is sealed: keys, tokens and passwords are far shorter.
pub const MAX_SECRET_BYTES: usize = 64 * 1024;

/// The first byte of what this version writes.
const VERSION: u8 = 1;
const WRAPPED_BYTES: usize = NONCE_BYTES + 32 + TAG_BYTES;
const HEAD_BYTES: usize = 1 + KEY_ID_BYTES + WRAPPED_BYTES;
const LEAST_BYTES: usize = HEAD_BYTES + NONCE_BYTES + TAG_BYTES;

/// A secret that only the right master key opens, as bytes to be kept: version, master key's id, data key under the master
/// key, secret under the data key.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    key_id: KeyId,
    bytes: Vec<u8>,
}

impl Sealed {
    /// Reads what [`Sealed::as_bytes`] gave. Whether it opens shows when it is opened.
    ///
    /// # Errors
    /// [`SealError::Malformed`] when these bytes cannot have been sealed here.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
        let most = LEAST_BYTES + MAX_SECRET_BYTES;
        let (version, rest) = bytes.split_first().ok_or(SealError::Malformed)?;
        let (id, _) = rest
            .split_first_chunk::<KEY_ID_BYTES>()
            .ok_or(SealError::Malformed)?;
        if *version != VERSION || !(LEAST_BYTES..=most).contains(&bytes.len()) {
            return Err(SealError::Malformed);
        }
        Ok(Self {
            key_id: KeyId::from_bytes(*id),
            bytes: bytes.to_vec(),
        })
    }

    /// The bytes to keep.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The master key that it needs.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// Puts the parts together: the wrapped data key, and the secret under it.
    pub(crate) fn assemble(key_id: KeyId, wrapped: &[u8], body: &[u8]) -> Self {
        let bytes = [&[VERSION], key_id.as_bytes(), wrapped, body].concat();
        Self { key_id, bytes }
    }

    /// The wrapped data key, and the secret under it.
    pub(crate) fn parts(&self) -> Result<(&[u8], &[u8]), SealError> {
        let wrapped = self.bytes.get(1 + KEY_ID_BYTES..HEAD_BYTES);
        let body = self.bytes.get(HEAD_BYTES..);
        wrapped.zip(body).ok_or(SealError::Malformed)
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

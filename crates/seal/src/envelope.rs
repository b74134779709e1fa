use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use rand::RngExt;
use zeroize::Zeroizing;

use crate::error::SealError;

/// Of XChaCha20: long enough to be drawn at random for as many messages as there will ever be.
pub(crate) const NONCE_BYTES: usize = 24;
/// What Poly1305 adds.
pub(crate) const TAG_BYTES: usize = 16;

/// A random nonce, and what `plain` becomes under it. `bound` is not in it, but needed to open it.
pub(crate) fn close(key: &[u8; 32], bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let nonce: [u8; NONCE_BYTES] = rand::rng().random();
    let payload = Payload {
        msg: plain,
        aad: bound,
    };
    let closed = cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| SealError::TooLong)?;
    Ok([nonce.as_slice(), &closed].concat())
}

/// The opposite of [`close`].
pub(crate) fn disclose(
    key: &[u8; 32],
    bound: &[u8],
    closed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, msg) = closed
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(SealError::Malformed)?;
    let payload = Payload { msg, aad: bound };
    cipher(key)
        .decrypt(&XNonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| SealError::Refused)
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(<&Key>::from(key))
}

use std::fmt;

use crate::AuditError;

/// What a chain comes to up to an entry: SHA-256 over that entry and the hash before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash([u8; 32]);

impl Hash {
    /// What stands before the first entry.
    pub(crate) const BEGINNING: Self = Self([0; 32]);

    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self, AuditError> {
        let bytes = bytes.try_into().map_err(|_| AuditError::NoHash)?;
        Ok(Self(bytes))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

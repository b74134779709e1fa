use super::Hash;
use crate::AuditError;

/// A place in a chain, and what the chain comes to up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) seq: i64,
    pub(crate) hash: Hash,
}

impl Link {
    /// Before the first entry.
    pub(crate) const BEGINNING: Self = Self {
        seq: 0,
        hash: Hash::BEGINNING,
    };
}

/// From where to where a chain goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// Behind which link it was cut.
    pub(crate) cut: Link,
    /// The last one.
    pub(crate) last: Link,
}

impl Head {
    /// Of a chain that has not begun.
    pub(crate) const NONE: Self = Self {
        cut: Link::BEGINNING,
        last: Link::BEGINNING,
    };

    /// As its row tells: place and hash of the last one, and of the cut.
    pub(crate) fn read(
        (seq, hash, cut_seq, cut_hash): (i64, Vec<u8>, i64, Vec<u8>),
    ) -> Result<Self, AuditError> {
        Ok(Self {
            cut: Link {
                seq: cut_seq,
                hash: Hash::read(cut_hash)?,
            },
            last: Link {
                seq,
                hash: Hash::read(hash)?,
            },
        })
    }
}

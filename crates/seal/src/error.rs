use crate::key_id::KeyId;

/// Why nothing was sealed or opened. None of it says a word of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It is longer than anything that is sealed here.
    #[error("a secret is too long to be sealed")]
    TooLong,
    /// These bytes were never made by this crate, or by a later version of it.
    #[error("what was sealed has no known form")]
    Malformed,
    /// It is under a master key that this installation was not given.
    #[error(
        "what was sealed needs the master key {0}, which is not among the keys of this installation"
    )]
    UnknownKey(KeyId),
    /// Its bytes were changed, or it was sealed for another context.
    #[error("what was sealed does not open: it was changed, or it belongs elsewhere")]
    Refused,
}

impl SealError {
    /// A stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLong => "secret_too_long",
            Self::Malformed => "seal_malformed",
            Self::UnknownKey(_) => "seal_key_unknown",
            Self::Refused => "seal_refused",
        }
    }
}

/// Why a text holds no usable master keys. It is never quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is no key in it.
    #[error("there is no master key in it")]
    Empty,
    /// A line is no key.
    #[error("line {line} is no master key: 64 hexadecimal digits are one")]
    NoKey {
        /// Which line, counted from one.
        line: usize,
    },
    /// The same key stands in it twice.
    #[error("the master key in line {line} is there already")]
    Twice {
        /// Which line, counted from one.
        line: usize,
    },
}

use std::fmt;
use std::str::FromStr;

use diesel_derive_newtype::DieselNewType;
use uuid::Uuid;

/// Which stay of an assistant at the desk: what its protocol calls a session. It is a row, so that any node knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, DieselNewType)]
pub struct VisitId(Uuid);

impl VisitId {
    /// One that nobody guesses: half of it is random, and the key has to fit as well.
    pub(crate) fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

impl fmt::Display for VisitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for VisitId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

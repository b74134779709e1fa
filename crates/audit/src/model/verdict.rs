use chrono::{DateTime, Utc};

use super::Hash;

/// What came of walking a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The place of the last entry that is as it was written, counted from the very first.
    pub sound_until: i64,
    /// The hash of the chain up to there. Kept elsewhere, it proves later that nothing before it was rewritten.
    pub hash: Hash,
    /// Up to which entry the log was cut, as they were kept long enough; 0 if it never was.
    pub cut_until: i64,
    /// The first thing that is wrong.
    pub flaw: Option<Flaw>,
    /// How many entries wait to be chained.
    pub waiting: i64,
}

impl Verdict {
    /// Whether everything is as it was written.
    pub fn holds(&self) -> bool {
        self.flaw.is_none()
    }
}

/// What is wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Entries are missing in the middle, or at the beginning.
    #[error("entry {seq} is missing")]
    Missing {
        /// The first one.
        seq: i64,
    },
    /// An entry is not what it was when it was chained.
    #[error("entry {seq} was changed")]
    Changed {
        /// Which.
        seq: i64,
    },
    /// The end is missing.
    #[error("the chain ends after entry {found}, and once went on to {expected}")]
    Shortened {
        /// The last one there is.
        found: i64,
        /// The last one there was.
        expected: i64,
    },
    /// There are entries behind the last one that was chained.
    #[error("entry {seq} was put behind the end of the chain")]
    Added {
        /// The first one.
        seq: i64,
    },
    /// The beginning is gone, and no entry says that it was cut there.
    #[error("the entries up to {seq} are gone, and no cut of the log says so")]
    CutByNobody {
        /// The last one that is gone.
        seq: i64,
    },
    /// Everything that was chained is as it was, and nothing is chained any more: nobody would miss what was noted since.
    #[error("nothing was chained since {since}, and what waits is not protected")]
    Stalled {
        /// When the first entry that waits was noted.
        since: DateTime<Utc>,
    },
    /// It is not known any more how far the chain went.
    #[error("how far the chain goes was removed")]
    NoHead,
}

impl Flaw {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Changed { .. } => "changed",
            Self::Shortened { .. } => "shortened",
            Self::Added { .. } => "added",
            Self::CutByNobody { .. } => "cut_by_nobody",
            Self::Stalled { .. } => "stalled",
            Self::NoHead => "no_head",
        }
    }

    /// The place of the first entry that is not as it was, as far as there is one.
    pub fn place(&self) -> Option<i64> {
        match self {
            Self::Missing { seq } | Self::Changed { seq } | Self::Added { seq } => Some(*seq),
            Self::Shortened { found, .. } => Some(found + 1),
            Self::CutByNobody { seq } => Some(*seq),
            Self::Stalled { .. } | Self::NoHead => None,
        }
    }
}

use crate::{InTheWay, KeeperFault};

/// Why a guest could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum GuestsError {
    /// There is no such guest, note or document.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// It was changed since the caller read it.
    #[error("the guest was changed in the meantime")]
    Stale,
    /// Nothing can be kept on a guest who was erased.
    #[error("the guest was erased")]
    Erased,
    /// A guest is not merged with itself.
    #[error("the two are one guest already")]
    SameGuest,
    /// There is a bound to what is kept.
    #[error("a guest has at most {} documents", crate::MOST_DOCUMENTS)]
    TooManyDocuments,
    /// Somebody still has to know who the guest is.
    #[error("{}", .0.reason)]
    InTheWay(InTheWay),
    /// Somebody else who keeps things on guests failed.
    #[error("what {keeper} keep on a guest could not be read or written")]
    Keeper {
        /// Who.
        keeper: &'static str,
        /// Why.
        #[source]
        fault: KeeperFault,
    },
    /// A statement failed: an unknown fault.
    #[error("the guests could not be read or written")]
    Sql(#[from] diesel::result::Error),
}

impl GuestsError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Stale => "version_mismatch",
            Self::Erased => "guest_erased",
            Self::SameGuest => "same_guest",
            Self::TooManyDocuments => "too_many_documents",
            Self::InTheWay(obstacle) => obstacle.code,
            Self::Keeper { .. } | Self::Sql(_) => "internal",
        }
    }
}

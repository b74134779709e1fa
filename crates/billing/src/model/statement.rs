use chrono::NaiveDate;
use motel_kernel::{PostingId, ReservationId};

use crate::{LedgerAccount, Posting};

/// A line of a folio with what stands behind it, for whoever writes a statement of the folio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// The line. One that was moved here from another folio has the service date of the line that was moved.
    pub posting: Posting,
    /// The account it is about: of a line that was moved here, that of the line itself. `None` for an amount that was split
    /// off another folio.
    pub account: Option<LedgerAccount>,
    /// The night of a stay, where that is what it charges.
    pub night: Option<(ReservationId, NaiveDate)>,
    /// The line of the same folio that it takes back or moves away, by the exact negative amount.
    pub undoes: Option<PostingId>,
}

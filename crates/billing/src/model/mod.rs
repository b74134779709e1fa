//! The nouns: one a file.

mod account;
mod folio;
mod ledger;
mod payment_link;
mod posting;
mod report;

pub use account::{Account, PendingLine};
pub(crate) use folio::FolioRow;
pub use folio::{ChargeClass, Folio, FolioKind};
pub use ledger::{AccountKind, LedgerAccount};
pub(crate) use ledger::{EntryId, EntryLine};
pub(crate) use payment_link::PaymentLinkRow;
pub use payment_link::{LinkStatus, PaymentLink};
pub(crate) use posting::{Draft, FullPostingRow, Line, NewPosting, PostingRow};
pub use posting::{Posting, PostingKind};
pub use report::{Report, ReportRow};

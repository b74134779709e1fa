//! The nouns: one a file.

mod account;
mod folio;
mod payment_link;
mod posting;

pub use account::{Account, PendingLine};
pub use folio::Folio;
pub(crate) use folio::FolioRow;
pub(crate) use payment_link::PaymentLinkRow;
pub use payment_link::{LinkStatus, PaymentLink};
pub(crate) use posting::{Line, NewPosting, PostingRow};
pub use posting::{Posting, PostingKind};

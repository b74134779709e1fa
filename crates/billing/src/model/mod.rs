//! The nouns: one a file.

mod account;
mod authorisation;
mod deposit;
mod dispute;
mod folio;
mod kept_card;
mod ledger;
mod payment;
mod payment_event;
mod payment_link;
mod posting;
mod refund;
mod report;
mod statement;

pub use account::{Account, PendingLine};
pub use authorisation::{Authorisation, SetAside, Wish};
pub(crate) use authorisation::{AuthorisationRow, Wanted};
pub use deposit::{Deposit, Due, PaymentTerms};
pub(crate) use dispute::DisputeRow;
pub use dispute::{Dispute, DisputeState};
pub(crate) use folio::FolioRow;
pub use folio::{ChargeClass, Folio, FolioKind};
pub(crate) use kept_card::KeptCardRow;
pub use kept_card::{CARD_CONSENT, Consent, ConsentText, KeptCard};
pub use ledger::{AccountKind, LedgerAccount};
pub(crate) use ledger::{EntryId, EntryLine};
pub use payment::Payment;
pub use payment_event::{EventState, PaymentEvent, PaymentEventId};
pub(crate) use payment_link::PaymentLinkRow;
pub use payment_link::{LinkStatus, PaymentLink, Purpose, Way};
pub(crate) use posting::{Draft, FullPostingRow, Line, NewPosting, PostingRow};
pub use posting::{Posting, PostingKind};
pub(crate) use refund::RefundRow;
pub use refund::{Refund, RefundState};
pub use report::{Report, ReportRow};
pub use statement::StatementLine;

#![doc = include_str!("../README.md")]

pub mod commands;
mod desk;
mod error;
mod events;
mod guest_ledger;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
pub mod rules;
pub mod sandbox;
mod schema;

pub use desk::{AuthorisationOffer, IssuedLink, PaymentDesk, Sum};
pub use error::BillingError;
pub use events::{
    AuthorisationEnding, AuthorisationWanted, CardRemoved, ChargeRequested, PaymentDue,
    PaymentReceived, PaymentRevoked, RefundChanged, RefundRequested, SandboxNoticed,
};
pub use guest_ledger::Folios;
pub use model::{
    Account, AccountKind, Authorisation, CARD_CONSENT, ChargeClass, Consent, ConsentText, Deposit,
    Dispute, DisputeState, Due, EventState, Folio, FolioKind, KeptCard, LedgerAccount, LinkStatus,
    Payment, PaymentEvent, PaymentEventId, PaymentLink, PaymentTerms, PendingLine, Posting,
    PostingKind, Purpose, Refund, RefundState, Report, ReportRow, SetAside, StatementLine, Way,
    Wish,
};
pub use rules::IntentState;

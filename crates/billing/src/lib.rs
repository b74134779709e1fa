#![doc = include_str!("../README.md")]

pub mod commands;
mod desk;
mod error;
mod events;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
pub mod rules;
pub mod sandbox;
mod schema;

pub use desk::{IssuedLink, PaymentDesk};
pub use error::BillingError;
pub use events::{PaymentReceived, RefundChanged, RefundRequested, SandboxNoticed};
pub use model::{
    Account, AccountKind, ChargeClass, Dispute, DisputeState, Folio, FolioKind, LedgerAccount,
    LinkStatus, Payment, PaymentLink, PendingLine, Posting, PostingKind, Refund, RefundState,
    Report, ReportRow,
};
pub use rules::IntentState;

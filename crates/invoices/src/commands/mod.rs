//! One use case a file. None of them commits.

mod credit;
mod issue;
mod record;
mod send;
mod take_number;

pub use credit::{CreditRequest, credit};
pub use issue::{IssueKind, IssueRequest, issue};
pub use send::send;

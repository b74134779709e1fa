use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use motel_kernel::{FolioId, Money, PostingId, TenantId};

use super::{AccountKind, EntryId, Folio, LedgerAccount};
use crate::BillingError;
use crate::schema::postings;

motel_db::text_enum! {
    /// What a line of a folio is for.
    pub enum PostingKind {
        /// A night, or something else that was sold.
        Charge = "charge",
        /// Tax on what was sold.
        Tax = "tax",
        /// A pet fee, a cancellation fee.
        Fee = "fee",
        /// Money that came in; negative.
        Payment = "payment",
        /// Money that went back.
        Refund = "refund",
        /// What staff settled on, either way.
        Adjustment = "adjustment",
        /// Takes back one other line.
        Reversal = "reversal",
        /// Moved to or from another folio, where its twin stands.
        Transfer = "transfer",
        /// Disputed money, set aside until that is decided, or no longer.
        Dispute = "dispute",
    }
}

/// One line of a folio. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The id.
    pub id: PostingId,
    /// On which folio.
    pub folio: FolioId,
    /// What it is for.
    pub kind: PostingKind,
    /// A few words for the guest.
    pub description: String,
    /// The night or day it is about, where there is one.
    pub service_date: Option<NaiveDate>,
    /// Positive: the guest owes it. Negative: it came in, or was taken back.
    pub amount: Money,
    /// The line it takes back.
    pub reverses: Option<PostingId>,
    /// What it was posted for: unique within a folio, so that it is posted once.
    pub source: String,
    /// The account on the other side; `None` for what was moved between folios.
    pub contra: Option<LedgerAccount>,
    /// When it was written.
    pub posted_at: DateTime<Utc>,
}

/// A line that is to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) kind: PostingKind,
    pub(crate) description: String,
    pub(crate) service_date: Option<NaiveDate>,
    pub(crate) amount: Money,
    pub(crate) reverses: Option<PostingId>,
    pub(crate) source: String,
    pub(crate) contra: Option<LedgerAccount>,
}

/// A line, and the folio that takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) folio: Folio,
    pub(crate) line: Line,
}

#[derive(Insertable)]
#[diesel(table_name = postings)]
pub(crate) struct NewPosting<'a> {
    tenant_id: TenantId,
    id: PostingId,
    folio_id: FolioId,
    kind: PostingKind,
    description: &'a str,
    service_date: Option<NaiveDate>,
    amount_minor: i64,
    currency: &'static str,
    reverses_id: Option<PostingId>,
    source: &'a str,
    entry_id: EntryId,
}

impl<'a> NewPosting<'a> {
    pub(crate) fn new(tenant: TenantId, entry: EntryId, id: PostingId, draft: &'a Draft) -> Self {
        let line = &draft.line;
        Self {
            tenant_id: tenant,
            id,
            entry_id: entry,
            folio_id: draft.folio.id,
            kind: line.kind,
            description: &line.description,
            service_date: line.service_date,
            amount_minor: line.amount.minor(),
            currency: line.amount.currency().code(),
            reverses_id: line.reverses,
            source: &line.source,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = postings)]
pub(crate) struct PostingRow {
    id: PostingId,
    folio_id: FolioId,
    kind: PostingKind,
    description: String,
    service_date: Option<NaiveDate>,
    amount_minor: i64,
    currency: String,
    reverses_id: Option<PostingId>,
    source: String,
    posted_at: DateTime<Utc>,
}

/// A posting and the account on its other side.
pub(crate) type FullPostingRow = (PostingRow, Option<(AccountKind, String)>);

impl TryFrom<FullPostingRow> for Posting {
    type Error = BillingError;

    fn try_from((row, contra): FullPostingRow) -> Result<Self, BillingError> {
        let currency = row.currency.parse().map_err(BillingError::unreadable)?;
        Ok(Self {
            id: row.id,
            folio: row.folio_id,
            kind: row.kind,
            description: row.description,
            service_date: row.service_date,
            amount: Money::new(row.amount_minor, currency),
            reverses: row.reverses_id,
            source: row.source,
            contra: contra.map(|(kind, detail)| LedgerAccount { kind, detail }),
            posted_at: row.posted_at,
        })
    }
}

use chrono::{DateTime, NaiveDate, Utc};
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::{BookingId, FolioId, PostingId};
use motel_tenancy::http::Caller;
use motel_web::{MoneyView, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Account, Folio, FolioKind, LedgerAccount, PendingLine, Posting, PostingKind, queries};

/// A booking's account as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffFolioView {
    /// Whose account it is.
    booking_code: String,
    /// Which of the booking's folios; `null` until the first is opened.
    #[schema(required)]
    folio: Option<FolioHeadView>,
    /// What is still to be paid, with what is pending; below zero, what is owed to the guest.
    balance: MoneyView,
    /// The sum of the lines that are posted.
    posted: MoneyView,
    /// The lines in the order they were posted. They never change.
    postings: Vec<StaffPostingView>,
    /// What is owed already and posted later: each night when the night audit charges it, the rest at check-out.
    pending: Vec<StaffPendingView>,
}

/// Which folio it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct FolioHeadView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: FolioId,
    /// Of which booking.
    #[schema(value_type = Uuid)]
    booking_id: BookingId,
    /// From 1, the guests' own.
    position: i16,
    /// `guest`, or `company`: what it owes stands in the city ledger.
    #[schema(value_type = String)]
    kind: FolioKind,
    /// What it is called.
    name: String,
    /// Since when it takes nothing any more.
    #[schema(required)]
    closed_at: Option<DateTime<Utc>>,
}

/// One line of a folio.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffPostingView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: PostingId,
    /// `charge`, `tax`, `fee`, `payment`, `refund`, `adjustment`, `reversal` or `transfer`.
    #[schema(value_type = String)]
    kind: PostingKind,
    /// A few words.
    description: String,
    /// The night it is about, where there is one.
    #[schema(required)]
    service_date: Option<NaiveDate>,
    /// Positive: owed. Negative: came in, or was taken back.
    amount: MoneyView,
    /// The account on its other side: `revenue:room`, `taxes:city`, `payments:cash`; `null` for a transfer.
    #[schema(required, example = "revenue:room")]
    account: Option<String>,
    /// The line it takes back.
    #[schema(value_type = Option<Uuid>, required)]
    reverses: Option<PostingId>,
    /// What it was posted for: unique within the folio.
    source: String,
    /// When it was written.
    posted_at: DateTime<Utc>,
}

/// A line that is still to be posted. When the booking changes, it changes along.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffPendingView {
    /// `charge`, `tax`, `fee` or `adjustment`; `reversal` of a line that no longer holds.
    #[schema(value_type = String)]
    kind: PostingKind,
    /// A few words.
    description: String,
    /// The night it is about, where there is one.
    #[schema(required)]
    service_date: Option<NaiveDate>,
    /// How much.
    amount: MoneyView,
}

impl StaffFolioView {
    pub(super) fn new(booking: &Booking, folio: Option<Folio>, account: Account) -> Self {
        Self {
            booking_code: booking.code.to_string(),
            folio: folio.map(Into::into),
            balance: account.balance.into(),
            posted: account.posted.into(),
            postings: account.postings.into_iter().map(Into::into).collect(),
            pending: account.pending.into_iter().map(Into::into).collect(),
        }
    }

    /// The folio as it stands in this transaction.
    pub(super) async fn of(tx: &mut TenantTx, id: FolioId) -> Result<Self, Problem> {
        let (folio, booking) = found(tx, id).await?;
        Self::shown(tx, folio, booking).await
    }

    /// The same for who may work for some properties only.
    pub(super) async fn seen_by(
        caller: &Caller,
        tx: &mut TenantTx,
        id: FolioId,
    ) -> Result<Self, Problem> {
        let (folio, booking) = found(tx, id).await?;
        let booking = caller.theirs(booking, Problem::not_found("folio"))?;
        Self::shown(tx, folio, booking).await
    }

    async fn shown(tx: &mut TenantTx, folio: Folio, booking: Booking) -> Result<Self, Problem> {
        let account = queries::folio_account(tx, &booking, &folio).await?;
        Ok(Self::new(&booking, Some(folio), account))
    }
}

async fn found(tx: &mut TenantTx, id: FolioId) -> Result<(Folio, Booking), Problem> {
    let folio = queries::folio_by_id(tx, id).await?;
    let folio = folio.ok_or_else(|| Problem::not_found("folio"))?;
    let booking = motel_bookings::queries::find(tx, folio.booking).await?;
    Ok((folio, booking))
}

impl From<Folio> for FolioHeadView {
    fn from(folio: Folio) -> Self {
        Self {
            id: folio.id,
            booking_id: folio.booking,
            position: folio.position,
            kind: folio.kind,
            name: folio.name,
            closed_at: folio.closed_at,
        }
    }
}

impl From<Posting> for StaffPostingView {
    fn from(posting: Posting) -> Self {
        Self {
            id: posting.id,
            kind: posting.kind,
            description: posting.description,
            service_date: posting.service_date,
            amount: posting.amount.into(),
            account: posting.contra.as_ref().map(LedgerAccount::to_string),
            reverses: posting.reverses,
            source: posting.source,
            posted_at: posting.posted_at,
        }
    }
}

impl From<PendingLine> for StaffPendingView {
    fn from(line: PendingLine) -> Self {
        Self {
            kind: line.kind,
            description: line.description,
            service_date: line.service_date,
            amount: line.amount.into(),
        }
    }
}

use chrono::{DateTime, NaiveDate, Utc};
use motel_bookings::{Booking, ReservationStatus};
use motel_kernel::{Amount, Money, PaymentLinkId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Account, Due, IssuedLink, LinkStatus, PendingLine, Posting, PostingKind, rules};

/// A request to pay. Amounts are exact decimal numbers in major units; each has a twin in minor units.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentLinkView {
    /// The page to pay on.
    pub payment_url: String,
    /// The link's id.
    #[schema(value_type = String)]
    pub link_id: PaymentLinkId,
    /// What is to be paid.
    #[schema(value_type = f64)]
    pub amount: Amount,
    /// The same in minor units.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// `open`, `paid`, `failed`, `expired` or `cancelled`.
    #[schema(value_type = String)]
    pub status: LinkStatus,
}

/// A booking's account as its guest sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FolioView {
    /// Whose account it is.
    pub booking_code: String,
    /// ISO 4217.
    pub currency: String,
    /// What is still to be paid, with what is still to be posted; below zero, what we owe the guest.
    #[schema(value_type = f64)]
    pub balance: Amount,
    /// The same in minor units.
    pub balance_minor: i64,
    /// The sum of the lines that are posted.
    #[schema(value_type = f64)]
    pub posted: Amount,
    /// The same in minor units.
    pub posted_minor: i64,
    /// What we owe the guest, never below zero.
    #[schema(value_type = f64)]
    pub refund_due: Amount,
    /// The same in minor units.
    pub refund_due_minor: i64,
    /// What of the balance is due by now, never below zero.
    #[schema(value_type = f64)]
    pub due_now: Amount,
    /// The same in minor units.
    pub due_now_minor: i64,
    /// When the rest of the balance is due, if there is one.
    #[schema(required)]
    pub rest_due_at: Option<DateTime<Utc>>,
    /// The lines in the order they were posted. They never change.
    pub postings: Vec<PostingView>,
    /// What is owed already and posted later: each night when it is charged, the rest at check-out.
    pub pending: Vec<PendingView>,
}

/// A line that is still to be posted. When the booking changes, it changes along.
#[derive(Debug, Serialize, ToSchema)]
pub struct PendingView {
    /// `charge`, `tax`, `fee` or `adjustment`; `reversal` of a line that no longer holds.
    #[schema(value_type = String)]
    pub kind: PostingKind,
    /// A few words.
    pub description: String,
    /// The night it is about, where there is one.
    pub service_date: Option<NaiveDate>,
    /// How much.
    #[schema(value_type = f64)]
    pub amount: Amount,
    /// The same in minor units.
    pub amount_minor: i64,
}

/// One line of a folio.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostingView {
    /// `charge`, `tax`, `fee`, `payment`, `refund`, `adjustment` or `reversal`.
    #[schema(value_type = String)]
    pub kind: PostingKind,
    /// A few words.
    pub description: String,
    /// The night it is about, where there is one.
    pub service_date: Option<NaiveDate>,
    /// Positive: owed. Negative: came in, or was taken back.
    #[schema(value_type = f64)]
    pub amount: Amount,
    /// The same in minor units.
    pub amount_minor: i64,
    /// When it was written.
    pub posted_at: DateTime<Utc>,
}

/// A cancelled booking and where its money stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct CancelledView {
    /// The booking.
    pub code: String,
    /// `cancelled`.
    #[schema(value_type = String)]
    pub status: ReservationStatus,
    /// What cancelling cost.
    #[schema(value_type = f64)]
    pub cancellation_fee: Amount,
    /// The same in minor units.
    pub cancellation_fee_minor: i64,
    /// What is still to be paid; below zero, what we owe the guest.
    #[schema(value_type = f64)]
    pub balance: Amount,
    /// The same in minor units.
    pub balance_minor: i64,
    /// What we owe the guest, never below zero.
    #[schema(value_type = f64)]
    pub refund_due: Amount,
    /// The same in minor units.
    pub refund_due_minor: i64,
    /// ISO 4217.
    pub currency: String,
}

impl From<IssuedLink> for PaymentLinkView {
    fn from(issued: IssuedLink) -> Self {
        let amount = issued.link.amount;
        Self {
            payment_url: issued.url,
            link_id: issued.link.id,
            amount: amount.amount(),
            amount_minor: amount.minor(),
            currency: amount.currency().to_string(),
            status: issued.link.status,
        }
    }
}

impl FolioView {
    /// The view of a booking's account.
    pub fn new(booking: &Booking, account: &Account, due: &Due) -> Self {
        let Account {
            posted, balance, ..
        } = *account;
        let refund_due = rules::refund_due(balance);
        Self {
            booking_code: booking.code.to_string(),
            currency: balance.currency().to_string(),
            balance: balance.amount(),
            balance_minor: balance.minor(),
            posted: posted.amount(),
            posted_minor: posted.minor(),
            refund_due: refund_due.amount(),
            refund_due_minor: refund_due.minor(),
            due_now: due.now.amount(),
            due_now_minor: due.now.minor(),
            rest_due_at: due.rest_due_at,
            postings: account.postings.iter().map(PostingView::from).collect(),
            pending: account.pending.iter().map(PendingView::from).collect(),
        }
    }
}

impl From<&PendingLine> for PendingView {
    fn from(line: &PendingLine) -> Self {
        Self {
            kind: line.kind,
            description: line.description.clone(),
            service_date: line.service_date,
            amount: line.amount.amount(),
            amount_minor: line.amount.minor(),
        }
    }
}

impl From<&Posting> for PostingView {
    fn from(posting: &Posting) -> Self {
        Self {
            kind: posting.kind,
            description: posting.description.clone(),
            service_date: posting.service_date,
            amount: posting.amount.amount(),
            amount_minor: posting.amount.minor(),
            posted_at: posting.posted_at,
        }
    }
}

impl CancelledView {
    /// The view of a booking that was just cancelled.
    pub fn new(booking: &Booking, balance: Money) -> Self {
        let nothing = Money::zero(balance.currency());
        let fee = booking.cancellation().map_or(nothing, |it| it.fee);
        let refund_due = rules::refund_due(balance);
        Self {
            code: booking.code.to_string(),
            status: booking.status(),
            cancellation_fee: fee.amount(),
            cancellation_fee_minor: fee.minor(),
            balance: balance.amount(),
            balance_minor: balance.minor(),
            refund_due: refund_due.amount(),
            refund_due_minor: refund_due.minor(),
            currency: balance.currency().to_string(),
        }
    }
}

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, Utc};
use motel_bookings::Booking;
use motel_db::Db;
use motel_kernel::BookingId;
use motel_tenancy::http::StaffAccess;
use motel_web::{MoneyView, Problem, ProblemBody};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Account, PendingLine, Posting, PostingKind, queries};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(folio))]
pub struct StaffApiDoc;

/// Mounts `/bookings/{id}/folio`, in a scope for staff. Needs `web::Data<Db>`, the directory and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config.service(folio);
}

/// A booking's account as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffFolioView {
    /// Whose account it is.
    booking_code: String,
    /// What is still to be paid, with what is pending; below zero, what is owed to the guest.
    balance: MoneyView,
    /// The sum of the lines that are posted.
    posted: MoneyView,
    /// The lines in the order they were posted. They never change.
    postings: Vec<StaffPostingView>,
    /// What is owed already and posted later: each night when the night audit charges it, the rest at check-out.
    pending: Vec<StaffPendingView>,
}

/// One line of a folio.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffPostingView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: motel_kernel::PostingId,
    /// `charge`, `tax`, `fee`, `payment`, `refund`, `adjustment` or `reversal`.
    #[schema(value_type = String)]
    kind: PostingKind,
    /// A few words.
    description: String,
    /// The night it is about, where there is one.
    #[schema(required)]
    service_date: Option<NaiveDate>,
    /// Positive: owed. Negative: came in, or was taken back.
    amount: MoneyView,
    /// The line it takes back.
    #[schema(value_type = Option<Uuid>, required)]
    reverses: Option<motel_kernel::PostingId>,
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

/// Shows a booking's account: what is posted and what is still to come.
#[utoipa::path(
    tag = "folios",
    operation_id = "show_folio",
    params(("id" = Uuid, Path, description = "Which booking")),
    responses(
        (status = 200, description = "The folio", body = StaffFolioView),
        (status = 404, description = "No such booking", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[get("/bookings/{id}/folio")]
pub(crate) async fn folio(
    access: StaffAccess,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<StaffFolioView>, Problem> {
    let id: BookingId = path.parse().map_err(|_| Problem::not_found("booking"))?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find(&mut tx, id).await?;
    let account = queries::account(&mut tx, &booking).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(StaffFolioView::new(&booking, account)))
}

impl StaffFolioView {
    fn new(booking: &Booking, account: Account) -> Self {
        Self {
            booking_code: booking.code.to_string(),
            balance: account.balance.into(),
            posted: account.posted.into(),
            postings: account.postings.into_iter().map(Into::into).collect(),
            pending: account.pending.into_iter().map(Into::into).collect(),
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

use actix_web::{HttpResponse, get, post, web};
use motel_bookings::{BookingError, By};
use motel_db::{Db, TenantTx};
use motel_kernel::{BookingId, FolioId, Money, PostingId};
use motel_tenancy::http::{
    Answer, CurrentClock, OneProperty, StaffAccess, StaffWrite, WriteParams,
};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::input::{amount_minor, reason};
use super::routing::FoliosView;
use super::view::StaffFolioView;
use crate::commands::{self, Moved};
use crate::{FolioKind, queries};

/// Shows the account of a booking's guests: what is posted and what is still to come.
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
pub(crate) async fn of_booking(
    access: StaffAccess<may::ReadFolios, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<StaffFolioView>, Problem> {
    let id = booking_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find(&mut tx, id).await?;
    let booking = access.theirs(booking, BookingError::NotFound)?;
    let folio = queries::folio(&mut tx, id).await?;
    let account = queries::account(&mut tx, &booking).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(StaffFolioView::new(&booking, folio, account)))
}

/// Lists the folios of a booking and which charges go to which.
#[utoipa::path(
    tag = "folios",
    operation_id = "list_folios",
    params(("id" = Uuid, Path, description = "Which booking")),
    responses((status = 200, description = "The folios", body = FoliosView))
)]
#[get("/bookings/{id}/folios")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadFolios, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<FoliosView>, Problem> {
    let id = booking_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find(&mut tx, id).await?;
    let booking = access.theirs(booking, BookingError::NotFound)?;
    let view = FoliosView::of(&mut tx, &booking).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(view))
}

/// Another folio of a booking, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewFolio)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNewFolio {
    /// `guest`, or `company` for whoever pays by invoice.
    #[schema(pattern = "^(guest|company)$")]
    kind: String,
    /// Whose it is.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct NewFolio {
    kind: FolioKind,
    name: String,
}

impl Input for NewFolio {
    type Raw = RawNewFolio;

    fn parse(raw: RawNewFolio) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let kind = errors.check("kind", raw.kind.parse());
        let name = errors.text("name", &raw.name, 1..=100);
        kind.zip(name)
            .map(|(kind, name)| Self { kind, name })
            .ok_or(errors)
    }
}

/// Opens another folio of a booking.
#[utoipa::path(
    tag = "folios",
    operation_id = "open_folio",
    params(("id" = Uuid, Path, description = "Which booking"), WriteParams),
    request_body = RawNewFolio,
    responses(
        (status = 201, description = "The new folio", body = StaffFolioView),
        (status = 409, description = "`too_many_folios`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{id}/folios")]
pub(crate) async fn open(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<NewFolio>,
) -> Result<HttpResponse, Problem> {
    let id = booking_id(&path)?;
    let opening = async |tx: &mut TenantTx| {
        let booking = motel_bookings::queries::find(tx, id).await?;
        let folio = commands::open_folio(tx, &booking, input.kind, &input.name).await?;
        let view = StaffFolioView::of(tx, folio.id).await?;
        Ok(Answer::created(view).location(format!("/api/v1/folios/{}", folio.id)))
    };
    write.run(&db, &input, opening).await
}

/// Shows one folio.
#[utoipa::path(
    tag = "folios",
    operation_id = "show_one_folio",
    params(("id" = Uuid, Path, description = "Which folio")),
    responses((status = 200, description = "The folio", body = StaffFolioView))
)]
#[get("/folios/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadFolios, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<StaffFolioView>, Problem> {
    let id = folio_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let view = StaffFolioView::seen_by(&access, &mut tx, id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(view))
}

/// What is moved, as it comes in: a line or an amount.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Transfer)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTransfer {
    /// To which folio; a line moves within its booking only.
    #[schema(value_type = Uuid)]
    to: String,
    /// Which line, whole.
    #[schema(value_type = Option<Uuid>)]
    posting_id: Option<String>,
    /// How much of what is owed, in minor units of the folio's currency.
    #[schema(minimum = 1)]
    amount_minor: Option<i64>,
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct Transfer {
    to: FolioId,
    what: What,
    reason: Option<String>,
}

#[derive(Serialize)]
enum What {
    Posting(PostingId),
    Amount(i64),
}

impl Input for Transfer {
    type Raw = RawTransfer;

    fn parse(raw: RawTransfer) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let to = errors.check("to", raw.to.parse());
        let what = match (raw.posting_id, raw.amount_minor) {
            (Some(id), None) => errors.check("posting_id", id.parse()).map(What::Posting),
            (None, Some(minor)) => amount_minor(&mut errors, minor).map(What::Amount),
            _ => {
                errors.push("posting_id", "name either a line or an amount");
                None
            }
        };
        let reason = reason(&mut errors, raw.reason.as_deref());
        errors.into_result()?;
        match to.zip(what) {
            Some((to, what)) => Ok(Self { to, what, reason }),
            None => Err(FieldErrors::of("to", "is missing")),
        }
    }
}

/// Both folios after something was moved.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransferredView {
    /// Where it stood.
    from: StaffFolioView,
    /// Where it stands.
    to: StaffFolioView,
}

/// Moves a line to another folio of the booking, or a part of what is owed to any folio, by two lines that come to nothing.
#[utoipa::path(
    tag = "folios",
    operation_id = "transfer_between_folios",
    params(("id" = Uuid, Path, description = "From which folio"), WriteParams),
    request_body = RawTransfer,
    responses(
        (status = 200, description = "Both folios", body = TransferredView),
        (status = 409, description = "`not_movable` or `folio_closed`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/folios/{id}/actions/transfer")]
pub(crate) async fn transfer(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<Transfer>,
) -> Result<HttpResponse, Problem> {
    let id = folio_id(&path)?;
    let moving = async |tx: &mut TenantTx| {
        let from = queries::folio_by_id(tx, id).await?;
        let from = from.ok_or_else(|| Problem::not_found("folio"))?;
        let what = match input.what {
            What::Posting(id) => Moved::Posting(id),
            What::Amount(minor) => Moved::Amount(Money::new(minor, from.currency)),
        };
        let by = By {
            actor: write.actor,
            reason: input.reason.clone(),
        };
        commands::transfer(tx, id, input.to, what, by).await?;
        Ok(Answer::ok(TransferredView {
            from: StaffFolioView::of(tx, id).await?,
            to: StaffFolioView::of(tx, input.to).await?,
        }))
    };
    write.run(&db, &input, moving).await
}

/// Closes a folio that is even: it takes nothing any more.
#[utoipa::path(
    tag = "folios",
    operation_id = "close_folio",
    params(("id" = Uuid, Path, description = "Which folio"), WriteParams),
    responses(
        (status = 200, description = "The folio", body = StaffFolioView),
        (status = 409, description = "`folio_not_even` or `folio_closed`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/folios/{id}/actions/close")]
pub(crate) async fn close(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let id = folio_id(&path)?;
    let now = write.property.now(&*clock);
    let closing = async |tx: &mut TenantTx| {
        commands::close_folio(tx, id, now).await?;
        Ok(Answer::ok(StaffFolioView::of(tx, id).await?))
    };
    write.run(&db, "", closing).await
}

/// Opens a closed folio again.
#[utoipa::path(
    tag = "folios",
    operation_id = "reopen_folio",
    params(("id" = Uuid, Path, description = "Which folio"), WriteParams),
    responses((status = 200, description = "The folio", body = StaffFolioView))
)]
#[post("/folios/{id}/actions/reopen")]
pub(crate) async fn reopen(
    write: StaffWrite<may::AdjustFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = folio_id(&path)?;
    let opening = async |tx: &mut TenantTx| {
        commands::reopen_folio(tx, id).await?;
        Ok(Answer::ok(StaffFolioView::of(tx, id).await?))
    };
    write.run(&db, "", opening).await
}

pub(super) fn booking_id(path: &str) -> Result<BookingId, Problem> {
    path.parse().map_err(|_| Problem::not_found("booking"))
}

pub(super) fn folio_id(path: &str) -> Result<FolioId, Problem> {
    path.parse().map_err(|_| Problem::not_found("folio"))
}

use actix_web::{post, web};
use motel_bookings::http::BookingPath;
use motel_db::Db;
use motel_kernel::Email;
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::CancelledView;
use crate::{commands, queries};

/// The proof that comes with a cancellation, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RawCancellation {
    /// The address it was booked with.
    email: String,
}

/// The same, parsed.
pub(crate) struct Cancellation(Email);

impl Input for Cancellation {
    type Raw = RawCancellation;

    fn parse(raw: RawCancellation) -> Result<Self, FieldErrors> {
        let email = Email::parse(&raw.email);
        email
            .map(Self)
            .map_err(|error| FieldErrors::of("email", error))
    }
}

/// Cancels a booking: its nights are free again, its charges are taken back, the fee of the policy is posted.
#[utoipa::path(
    tag = "bookings",
    params(("code" = String, Path, description = "RM-7K3F9Q")),
    request_body = RawCancellation,
    responses(
        (status = 200, description = "Cancelled", body = CancelledView),
        (status = 404, description = "No such booking", content_type = "application/problem+json"),
        (status = 409, description = "`already_cancelled` or `already_begun`", content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{code}/cancel")]
pub(crate) async fn cancel(
    path: web::Path<BookingPath>,
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(Cancellation(email)): ValidJson<Cancellation>,
) -> Result<web::Json<CancelledView>, Problem> {
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find_for_guest(&mut tx, &path.code()?, &email).await?;
    let booking = motel_bookings::commands::cancel(
        &mut tx,
        &place.property,
        booking.id,
        &motel_bookings::By::guest(),
        place.property.now(&*clock),
    )
    .await?;
    let folio = commands::keep_folio(&mut tx, &booking).await?;
    let balance = queries::balance(&mut tx, &folio).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(CancelledView::new(&booking, balance)))
}

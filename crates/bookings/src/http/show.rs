use actix_web::{get, web};
use motel_db::{Db, TenantTx};
use motel_kernel::{BookingCode, Email};
use motel_tenancy::http::PublicTenant;
use motel_web::{FieldErrors, Input, Problem, ValidQuery};
use serde::Deserialize;

use super::view::BookingView;
use crate::{Booking, queries};

/// The proof that comes with a look-up, as it comes in.
#[derive(Debug, Deserialize)]
pub struct RawProof {
    email: String,
}

/// The proof that comes with a look-up: the e-mail address the booking was made with.
#[derive(Debug)]
pub struct Proof(pub Email);

impl Input for Proof {
    type Raw = RawProof;

    fn parse(raw: RawProof) -> Result<Self, FieldErrors> {
        Email::parse(&raw.email)
            .map(Self)
            .map_err(|error| FieldErrors::of("email", error))
    }
}

/// Shows a booking to its guest. A wrong code and a wrong e-mail address are the same 404.
#[utoipa::path(
    tag = "bookings",
    params(
        ("code" = String, Path, description = "RM-7K3F9Q"),
        ("email" = String, Query, description = "The address it was booked with"),
    ),
    responses(
        (status = 200, description = "The booking", body = BookingView),
        (status = 404, description = "No such booking"),
    )
)]
#[get("/bookings/{code}")]
pub(crate) async fn show(
    path: web::Path<BookingPath>,
    place: PublicTenant,
    db: web::Data<Db>,
    ValidQuery(Proof(email)): ValidQuery<Proof>,
) -> Result<web::Json<BookingView>, Problem> {
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let booking = queries::find_for_guest(&mut tx, &path.code()?, &email).await?;
    Ok(web::Json(view(&mut tx, &booking).await?))
}

/// The booking's code, out of the path.
#[derive(Debug, Deserialize)]
pub struct BookingPath {
    code: String,
}

impl BookingPath {
    /// The code.
    ///
    /// # Errors
    /// 404 for what is none: it belongs to no booking.
    pub fn code(&self) -> Result<BookingCode, Problem> {
        BookingCode::parse(&self.code).map_err(|_| Problem::not_found("booking"))
    }
}

/// The view of a booking, with its room type looked up.
pub(super) async fn view(tx: &mut TenantTx, booking: &Booking) -> Result<BookingView, Problem> {
    let groups = motel_inventory::queries::unit_groups(tx, booking.property)
        .await
        .map_err(Problem::internal)?;
    Ok(BookingView::new(booking, &groups))
}

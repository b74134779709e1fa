use actix_web::{get, web};
use motel_db::Db;
use motel_kernel::{BookingCode, Email};
use motel_tenancy::http::PublicTenant;
use motel_web::{FieldErrors, Input, Problem, ValidQuery};
use serde::Deserialize;

use super::view::FolioView;
use crate::queries;

/// The proof that comes with a look-up.
#[derive(Debug, Deserialize)]
pub(crate) struct RawProof {
    email: String,
}

/// The same, parsed.
pub(crate) struct Proof(pub(super) Email);

impl Input for Proof {
    type Raw = RawProof;

    fn parse(raw: RawProof) -> Result<Self, FieldErrors> {
        let email = Email::parse(&raw.email);
        email
            .map(Self)
            .map_err(|error| FieldErrors::of("email", error))
    }
}

/// Shows a booking's account to its guest. A wrong code and a wrong e-mail address are the same 404.
#[utoipa::path(
    tag = "payments",
    params(
        ("code" = String, Path, description = "RM-7K3F9Q"),
        ("email" = String, Query, description = "The address it was booked with"),
    ),
    responses(
        (status = 200, description = "The folio", body = FolioView),
        (status = 404, description = "No such booking", content_type = "application/problem+json"),
    )
)]
#[get("/bookings/{code}/folio")]
pub(crate) async fn show(
    path: web::Path<BookingPath>,
    place: PublicTenant,
    db: web::Data<Db>,
    ValidQuery(Proof(email)): ValidQuery<Proof>,
) -> Result<web::Json<FolioView>, Problem> {
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find_for_guest(&mut tx, &path.code()?, &email).await?;
    let account = queries::account(&mut tx, &booking).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(FolioView::new(&booking, &account)))
}

/// The booking's code, out of the path.
#[derive(Debug, Deserialize)]
pub(crate) struct BookingPath {
    code: String,
}

impl BookingPath {
    pub(super) fn code(&self) -> Result<BookingCode, Problem> {
        BookingCode::parse(&self.code).map_err(|_| Problem::not_found("booking"))
    }
}

use actix_web::{get, web};
use motel_bookings::http::{BookingPath, Proof};
use motel_db::Db;
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{Problem, ValidQuery};

use super::view::FolioView;
use crate::queries;

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
    clock: CurrentClock,
    db: web::Data<Db>,
    ValidQuery(Proof(email)): ValidQuery<Proof>,
) -> Result<web::Json<FolioView>, Problem> {
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find_for_guest(&mut tx, &path.code()?, &email).await?;
    let account = queries::account(&mut tx, &booking).await?;
    let due = queries::due(&mut tx, &booking, place.property.now(&*clock)).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(FolioView::new(&booking, &account, &due)))
}

use actix_web::{HttpResponse, get, web};
use motel_db::Db;
use motel_kernel::ReservationId;
use motel_tenancy::http::{CurrentClock, OneProperty, StaffAccess};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidQuery, etag};

use super::allowed::ReservationDetailView;
use super::filters::{RawReservationFilter, ReservationsWanted};
use super::rooms::Rooms;
use super::view::{ReservationEventView, ReservationView};
use crate::{BookingError, queries};

/// Lists reservations, the newest first.
#[utoipa::path(
    tag = "reservations",
    operation_id = "list_reservations",
    params(RawReservationFilter, CursorParams),
    responses((status = 200, description = "A page of reservations", body = CursorPage<ReservationView>))
)]
#[get("/reservations")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadReservations, OneProperty>,
    ValidQuery(ReservationsWanted(filter)): ValidQuery<ReservationsWanted>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<ReservationView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let property = access.property.id;
    let found =
        queries::reservations(&mut tx, property, &filter, page.after()?, page.fetch()).await?;
    let rooms = Rooms::of(&mut tx, property).await?;
    let page = CursorPage::cut(found, &page, |stay| stay.id)?;
    Ok(web::Json(
        page.map(|stay| ReservationView::new(&stay, &rooms)),
    ))
}

/// Shows a reservation; the `ETag` is what a change of it has to send as `If-Match`.
#[utoipa::path(
    tag = "reservations",
    operation_id = "show_reservation",
    params(("id" = Uuid, Path, description = "Which reservation")),
    responses((status = 200, description = "The reservation", body = ReservationDetailView))
)]
#[get("/reservations/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadReservations, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let now = access.property.now(&*clock);
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let stay = queries::reservation(&mut tx, reservation_id(&path)?).await?;
    let stay = access.theirs(stay, BookingError::NotFound)?;
    let at = queries::circumstances(&mut tx, &access.property, &stay, now).await?;
    let rooms = Rooms::of(&mut tx, stay.property).await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(stay.version))
        .json(ReservationDetailView::new(&stay, &rooms, &at)))
}

/// Shows all that ever happened to a reservation, oldest first.
#[utoipa::path(
    tag = "reservations",
    operation_id = "reservation_events",
    params(("id" = Uuid, Path, description = "Which reservation")),
    responses((status = 200, description = "Its history", body = Vec<ReservationEventView>))
)]
#[get("/reservations/{id}/events")]
pub(crate) async fn events(
    access: StaffAccess<may::ReadReservations, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<Vec<ReservationEventView>>, Problem> {
    let id = reservation_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let stay = queries::reservation(&mut tx, id).await?;
    access.theirs(stay, BookingError::NotFound)?;
    let events = queries::events(&mut tx, id).await?.into_iter();
    let shown = events.map(ReservationEventView::try_from);
    let shown = shown.collect::<Result<_, _>>().map_err(Problem::internal)?;
    Ok(web::Json(shown))
}

/// The id in a path; one that is none is of nothing we have.
pub(super) fn reservation_id(path: &str) -> Result<ReservationId, Problem> {
    path.parse().map_err(|_| Problem::not_found("reservation"))
}

use actix_web::{HttpResponse, get, web};
use motel_db::Db;
use motel_kernel::BookingId;
use motel_tenancy::http::{OneProperty, StaffAccess};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidQuery, etag};

use super::filters::{BookingsWanted, RawBookingFilter};
use super::rooms::Rooms;
use super::view::StaffBookingView;
use crate::{BookingError, queries};

/// Lists bookings, the newest first.
#[utoipa::path(
    tag = "reservations",
    operation_id = "list_bookings",
    params(RawBookingFilter, CursorParams),
    responses((status = 200, description = "A page of bookings", body = CursorPage<StaffBookingView>))
)]
#[get("/bookings")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadReservations, OneProperty>,
    ValidQuery(BookingsWanted(filter)): ValidQuery<BookingsWanted>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<StaffBookingView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let property = access.property.id;
    let found = queries::bookings(&mut tx, property, &filter, page.after()?, page.fetch()).await?;
    let rooms = Rooms::of(&mut tx, property).await?;
    let page = CursorPage::cut(found, &page, |booking| booking.id)?;
    Ok(web::Json(
        page.map(|booking| StaffBookingView::new(&booking, &rooms)),
    ))
}

/// Shows a booking with its reservations.
#[utoipa::path(
    tag = "reservations",
    operation_id = "show_booking",
    params(("id" = Uuid, Path, description = "Which booking")),
    responses((status = 200, description = "The booking", body = StaffBookingView))
)]
#[get("/bookings/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadReservations, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id: BookingId = path.parse().map_err(|_| Problem::not_found("booking"))?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let booking = queries::find(&mut tx, id).await?;
    let booking = access.theirs(booking, BookingError::NotFound)?;
    let rooms = Rooms::of(&mut tx, booking.property).await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(booking.version))
        .json(StaffBookingView::new(&booking, &rooms)))
}

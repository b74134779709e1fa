use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, Utc};
use motel_db::Db;
use motel_kernel::{BookingCode, BookingId, GuestId, ReservationId};
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, MoneyView, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::rooms::Rooms;
use crate::{BookingError, Reservation, ReservationStatus, queries};

/// One of a guest's stays.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestStayView {
    #[schema(value_type = Uuid)]
    booking_id: BookingId,
    /// What the guest quotes, `RM-7K3F9Q`.
    booking_code: String,
    #[schema(value_type = Uuid)]
    reservation_id: ReservationId,
    /// `held`, `confirmed`, `in_house`, `checked_out`, `cancelled`, `no_show` or `expired`.
    #[schema(value_type = String)]
    status: ReservationStatus,
    arrival: NaiveDate,
    departure: NaiveDate,
    nights: u32,
    /// The room type's code.
    unit_group: String,
    /// What is written on the room's door.
    #[schema(required)]
    unit: Option<String>,
    adults: u8,
    children: u8,
    pets: u8,
    total: MoneyView,
    #[schema(required)]
    checked_in_at: Option<DateTime<Utc>>,
    #[schema(required)]
    checked_out_at: Option<DateTime<Utc>>,
}

impl GuestStayView {
    fn new(code: &BookingCode, stay: &Reservation, rooms: &Rooms) -> Self {
        Self {
            booking_id: stay.booking,
            booking_code: code.to_string(),
            reservation_id: stay.id,
            status: stay.status,
            arrival: stay.dates.arrival(),
            departure: stay.dates.departure(),
            nights: stay.dates.night_count(),
            unit_group: rooms.code(stay.unit_group),
            unit: stay.unit.and_then(|unit| rooms.number(unit)),
            adults: stay.party.adults(),
            children: stay.party.children(),
            pets: stay.party.pets(),
            total: MoneyView::from(stay.total()),
            checked_in_at: stay.checked_in_at,
            checked_out_at: stay.checked_out_at,
        }
    }
}

/// Lists a guest's stays, the latest arrival first: those to come, those that were, and those that came to nothing.
#[utoipa::path(
    tag = "guests",
    operation_id = "list_guest_stays",
    params(("id" = Uuid, Path, description = "Which guest"), CursorParams),
    responses((status = 200, description = "A page of stays", body = CursorPage<GuestStayView>))
)]
#[get("/guests/{id}/stays")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadReservations>,
    path: web::Path<String>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<GuestStayView>>, Problem> {
    let id: GuestId = path.parse().map_err(|_| Problem::not_found("guest"))?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let guest = motel_guests::queries::find(&mut tx, id).await;
    let guest = guest.map_err(BookingError::from)?;
    let guest = guest.ok_or_else(|| Problem::not_found("guest"))?.id;
    let property = access.property.id;
    let found = queries::stays_of(&mut tx, property, guest, page.after()?, page.fetch()).await?;
    let rooms = Rooms::of(&mut tx, property).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(found, &page, |(_, stay)| (stay.dates.arrival(), stay.id))?;
    Ok(web::Json(page.map(|(code, stay)| {
        GuestStayView::new(&code, &stay, &rooms)
    })))
}

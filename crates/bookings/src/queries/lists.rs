use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, GuestId, PropertyId, ReservationId, UnitGroupId, UnitId};

use super::bookings::with_reservations;
use crate::model::{BookingRow, ReservationRow};
use crate::schema::{bookings, reservations};
use crate::{Booking, BookingError, BookingSource, Reservation, ReservationStatus};

/// Which bookings a list shows; a field that is `None` lets all through. What is said of a reservation must hold of one
/// and the same reservation of the booking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookingFilter {
    /// Who booked.
    pub guest: Option<GuestId>,
    /// Through which door.
    pub source: Option<BookingSource>,
    /// Changed at this moment or later.
    pub updated_since: Option<DateTime<Utc>>,
    /// Where a reservation of it stands.
    pub status: Option<ReservationStatus>,
    /// A reservation of it arrives on this day or later.
    pub arrival_from: Option<NaiveDate>,
    /// A reservation of it arrives before this day.
    pub arrival_until: Option<NaiveDate>,
}

/// Which reservations a list shows; a field that is `None` lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReservationFilter {
    /// Where it stands.
    pub status: Option<ReservationStatus>,
    /// Of which room type.
    pub unit_group: Option<UnitGroupId>,
    /// In which unit.
    pub unit: Option<UnitId>,
    /// It arrives on this day or later.
    pub arrival_from: Option<NaiveDate>,
    /// It arrives before this day.
    pub arrival_until: Option<NaiveDate>,
    /// It departs on this day or later.
    pub departure_from: Option<NaiveDate>,
    /// It departs before this day.
    pub departure_until: Option<NaiveDate>,
    /// Changed at this moment or later.
    pub updated_since: Option<DateTime<Utc>>,
}

/// The bookings of a property, the newest first; at most `limit`, beginning after (that is, older than) `after`.
pub async fn bookings(
    tx: &mut TenantTx,
    property: PropertyId,
    filter: &BookingFilter,
    after: Option<BookingId>,
    limit: i64,
) -> Result<Vec<Booking>, BookingError> {
    let mut wanted = bookings::table
        .filter(bookings::tenant_id.eq(tx.tenant()))
        .filter(bookings::property_id.eq(property))
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(bookings::id.lt(after));
    }
    if let Some(guest) = filter.guest {
        wanted = wanted.filter(bookings::guest_id.eq(guest));
    }
    if let Some(source) = filter.source {
        wanted = wanted.filter(bookings::source.eq(source));
    }
    if let Some(since) = filter.updated_since {
        wanted = wanted.filter(bookings::updated_at.ge(since));
    }
    let stays = ReservationFilter {
        status: filter.status,
        arrival_from: filter.arrival_from,
        arrival_until: filter.arrival_until,
        ..ReservationFilter::default()
    };
    if stays != ReservationFilter::default() {
        let of = matching(tx, property, &stays).select(reservations::booking_id);
        wanted = wanted.filter(bookings::id.eq_any(of));
    }
    let rows = wanted
        .order(bookings::id.desc())
        .limit(limit)
        .select(BookingRow::as_select())
        .load(tx.conn())
        .await?;
    with_reservations(tx, rows).await
}

/// The reservations of a property, the newest first; at most `limit`, beginning after (that is, older than) `after`.
pub async fn reservations(
    tx: &mut TenantTx,
    property: PropertyId,
    filter: &ReservationFilter,
    after: Option<ReservationId>,
    limit: i64,
) -> Result<Vec<Reservation>, BookingError> {
    let mut wanted = matching(tx, property, filter);
    if let Some(after) = after {
        wanted = wanted.filter(reservations::id.lt(after));
    }
    let rows: Vec<ReservationRow> = wanted
        .order(reservations::id.desc())
        .limit(limit)
        .select(ReservationRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter()
        .map(ReservationRow::into_reservation)
        .collect()
}

type Matching<'a> = diesel::helper_types::IntoBoxed<'a, reservations::table, diesel::pg::Pg>;

fn matching<'a>(tx: &TenantTx, property: PropertyId, filter: &ReservationFilter) -> Matching<'a> {
    let mut wanted = reservations::table.into_boxed();
    wanted = wanted
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::property_id.eq(property));
    if let Some(status) = filter.status {
        wanted = wanted.filter(reservations::status.eq(status));
    }
    if let Some(group) = filter.unit_group {
        wanted = wanted.filter(reservations::unit_group_id.eq(group));
    }
    if let Some(unit) = filter.unit {
        wanted = wanted.filter(reservations::unit_id.eq(unit));
    }
    if let Some(day) = filter.arrival_from {
        wanted = wanted.filter(reservations::arrival.ge(day));
    }
    if let Some(day) = filter.arrival_until {
        wanted = wanted.filter(reservations::arrival.lt(day));
    }
    if let Some(day) = filter.departure_from {
        wanted = wanted.filter(reservations::departure.ge(day));
    }
    if let Some(day) = filter.departure_until {
        wanted = wanted.filter(reservations::departure.lt(day));
    }
    if let Some(since) = filter.updated_since {
        wanted = wanted.filter(reservations::updated_at.ge(since));
    }
    wanted
}

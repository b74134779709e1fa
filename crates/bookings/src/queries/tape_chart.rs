use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::{Block, Unit};
use motel_kernel::{BookingId, PersonName, PropertyId, ReservationId, UnitGroupId, UnitId};

use crate::schema::{bookings, former_units, reservations};
use crate::{BookingError, ReservationStatus};

/// The units of a property and who is in them on some nights.
#[derive(Debug, Clone, PartialEq)]
pub struct TapeChart {
    /// Every unit by number.
    pub units: Vec<Unit>,
    /// Every stay with a night among those asked for, by its first night in the unit; a stay that changed units is there
    /// once for each of them.
    pub stays: Vec<ChartedStay>,
    /// Every block with a night among those asked for.
    pub blocks: Vec<Block>,
}

/// A stay, or that part of one that is in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartedStay {
    /// Which.
    pub reservation: ReservationId,
    /// Of which booking.
    pub booking: BookingId,
    /// Who booked.
    pub booker: PersonName,
    /// The group that was sold.
    pub unit_group: UnitGroupId,
    /// In which unit; `None` while it waits for one.
    pub unit: Option<UnitId>,
    /// The first night in this unit.
    pub first_night: NaiveDate,
    /// The first night no more.
    pub until: NaiveDate,
    /// Where the stay stands.
    pub status: ReservationStatus,
    /// True when it is not moved to make room.
    pub pinned: bool,
}

#[derive(Queryable)]
struct Row {
    reservation: ReservationId,
    booking: BookingId,
    booker: PersonName,
    unit_group: UnitGroupId,
    unit: Option<UnitId>,
    arrival: NaiveDate,
    since: Option<NaiveDate>,
    departure: NaiveDate,
    status: ReservationStatus,
    pinned: bool,
}

/// Reads the nights `[from, until)`.
pub async fn tape_chart(
    tx: &mut TenantTx,
    property: PropertyId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<TapeChart, BookingError> {
    let mut units = motel_inventory::queries::units_of_property(tx, property).await?;
    let blocks = motel_inventory::queries::blocks_between(tx, property, from, until).await?;
    let same_booking = bookings::tenant_id
        .eq(reservations::tenant_id)
        .and(bookings::id.eq(reservations::booking_id));
    let rows: Vec<Row> = reservations::table
        .inner_join(bookings::table.on(same_booking))
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::property_id.eq(property))
        .filter(reservations::status.eq_any(ReservationStatus::TAKING))
        .filter(reservations::arrival.lt(until))
        .filter(reservations::departure.gt(from))
        .order((reservations::arrival, reservations::id))
        .select((
            reservations::id,
            reservations::booking_id,
            bookings::booker_name,
            reservations::unit_group_id,
            reservations::unit_id,
            reservations::arrival,
            reservations::unit_since,
            reservations::departure,
            reservations::status,
            reservations::pinned,
        ))
        .load(tx.conn())
        .await?;
    let former = former_units_of(tx, &rows).await?;
    let stays = rows.into_iter().flat_map(|row| {
        let before = former.iter().filter(|part| part.0 == row.reservation);
        let before: Vec<ChartedStay> = before.map(|part| row.before(part)).collect();
        before.into_iter().chain([row.now()])
    });
    let mut stays: Vec<ChartedStay> = stays
        .filter(|stay| stay.first_night < until && stay.until > from)
        .collect();
    stays.sort_by_key(|stay| (stay.first_night, stay.reservation));
    // A unit that was archived is shown where somebody slept in it.
    units.retain(|unit| {
        unit.archived_at.is_none() || stays.iter().any(|stay| stay.unit == Some(unit.id))
    });
    Ok(TapeChart {
        units,
        stays,
        blocks,
    })
}

type Former = (ReservationId, UnitId, NaiveDate, NaiveDate);

async fn former_units_of(tx: &mut TenantTx, rows: &[Row]) -> Result<Vec<Former>, BookingError> {
    let moved = rows.iter().filter(|row| row.since.is_some());
    let moved: Vec<ReservationId> = moved.map(|row| row.reservation).collect();
    if moved.is_empty() {
        return Ok(Vec::new());
    }
    let found = former_units::table
        .filter(former_units::tenant_id.eq(tx.tenant()))
        .filter(former_units::reservation_id.eq_any(moved))
        .select((
            former_units::reservation_id,
            former_units::unit_id,
            former_units::first_night,
            former_units::until,
        ))
        .load(tx.conn())
        .await?;
    Ok(found)
}

impl Row {
    fn now(&self) -> ChartedStay {
        ChartedStay {
            reservation: self.reservation,
            booking: self.booking,
            booker: self.booker.clone(),
            unit_group: self.unit_group,
            unit: self.unit,
            first_night: self
                .since
                .map_or(self.arrival, |since| since.max(self.arrival)),
            until: self.departure,
            status: self.status,
            pinned: self.pinned,
        }
    }

    fn before(&self, (_, unit, first_night, until): &Former) -> ChartedStay {
        ChartedStay {
            unit: Some(*unit),
            first_night: *first_night,
            until: *until,
            ..self.now()
        }
    }
}

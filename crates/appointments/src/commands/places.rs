use chrono::{DateTime, Days, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{AppointmentId, StationId};
use motel_tenancy::Property;

use super::timers::expire;
use crate::rules::{Ask, Diary};
use crate::schema::{allocations, appointments};
use crate::{AppointmentError, AppointmentStatus, Place, Refusal, Service, Slot, Wishes, queries};

/// A slot that is wanted.
pub(super) struct Wanted<'a> {
    pub(super) service: &'a Service,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) wishes: &'a Wishes,
    pub(super) any_notice: bool,
    /// What is moved, so that it does not stand in its own way.
    pub(super) moved: Option<AppointmentId>,
}

/// A slot with its free places.
pub(super) struct Found {
    pub(super) slot: Slot,
    pub(super) places: Vec<Place>,
    pub(super) busy: (DateTime<Utc>, DateTime<Utc>),
}

/// Looks without a lock: what can't be had waits for nobody.
pub(super) async fn look(
    tx: &mut TenantTx,
    property: &Property,
    wanted: &Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<Found, AppointmentError> {
    let diary = diary(tx, property, wanted, now).await?;
    let station = match &wanted.wishes.station {
        None => None,
        Some(code) => Some(station_of(&diary, code)?),
    };
    let ask = Ask {
        guests: wanted.wishes.guests,
        station,
        now,
        any_notice: wanted.any_notice,
    };
    let slot = diary
        .slot_at(wanted.starts_at, &ask)
        .ok_or(AppointmentError::NoSuchSlot)?;
    let places = slot.places.clone()?;
    Ok(Found {
        busy: diary.busy_time(slot.starts_at),
        slot,
        places,
    })
}

/// Locks every station that could do it, and `also` those, then tidies away holds that have run out there. What is looked
/// at after this is true until the transaction ends.
pub(super) async fn lock(
    tx: &mut TenantTx,
    wanted: &Wanted<'_>,
    also: &[StationId],
    now: DateTime<Utc>,
) -> Result<(), AppointmentError> {
    let stations = queries::stations_of(tx, wanted.service.id).await?;
    let mut ids: Vec<StationId> = stations.iter().map(|station| station.id).collect();
    ids.extend(also);
    queries::lock_stations(tx, ids.clone()).await?;
    for lapsed in lapsed_holds(tx, ids, now).await? {
        expire(tx, lapsed, now).await?;
    }
    Ok(())
}

/// Gives an appointment its places.
pub(super) async fn take(
    tx: &mut TenantTx,
    appointment: AppointmentId,
    found: &Found,
) -> Result<(), AppointmentError> {
    let mut rows = Vec::new();
    for place in &found.places {
        let number = i32::try_from(place.number).map_err(AppointmentError::fault)?;
        rows.push((
            allocations::tenant_id.eq(tx.tenant()),
            allocations::appointment_id.eq(appointment),
            allocations::station_id.eq(place.station),
            allocations::place.eq(number),
            allocations::busy_from.eq(found.busy.0),
            allocations::busy_until.eq(found.busy.1),
        ));
    }
    diesel::insert_into(allocations::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Frees the places of an appointment.
pub(super) async fn give_back(
    tx: &mut TenantTx,
    appointment: AppointmentId,
) -> Result<(), AppointmentError> {
    let theirs = allocations::table
        .filter(allocations::tenant_id.eq(tx.tenant()))
        .filter(allocations::appointment_id.eq(appointment));
    diesel::delete(theirs).execute(tx.conn()).await?;
    Ok(())
}

async fn diary(
    tx: &mut TenantTx,
    property: &Property,
    wanted: &Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<Diary, AppointmentError> {
    let day = wanted
        .starts_at
        .with_timezone(&property.timezone)
        .date_naive();
    let first = day - Days::new(1);
    let service = wanted.service.clone();
    let mut diary = queries::diary(tx, property, service, first, day, now).await?;
    diary
        .busy
        .retain(|busy| Some(busy.appointment) != wanted.moved);
    Ok(diary)
}

fn station_of(diary: &Diary, code: &str) -> Result<StationId, Refusal> {
    let asked = diary
        .stations
        .iter()
        .find(|station| station.details.code == code);
    asked
        .map(|station| station.id)
        .ok_or_else(|| Refusal::UnknownStation(code.to_owned()))
}

async fn lapsed_holds(
    tx: &mut TenantTx,
    stations: Vec<StationId>,
    now: DateTime<Utc>,
) -> Result<Vec<AppointmentId>, AppointmentError> {
    Ok(allocations::table
        .inner_join(
            appointments::table.on(appointments::tenant_id
                .eq(allocations::tenant_id)
                .and(appointments::id.eq(allocations::appointment_id))),
        )
        .filter(allocations::tenant_id.eq(tx.tenant()))
        .filter(allocations::station_id.eq_any(stations))
        .filter(appointments::status.eq(AppointmentStatus::Held))
        .filter(appointments::hold_expires_at.le(now))
        .order(appointments::id)
        .select(appointments::id)
        .distinct()
        .load(tx.conn())
        .await?)
}

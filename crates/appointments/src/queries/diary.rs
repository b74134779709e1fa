use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{AppointmentId, StationId, local_instant};
use motel_tenancy::Property;

use super::{closing, stations_of};
use crate::rules::Diary;
use crate::schema::{allocations, appointments};
use crate::{AppointmentError, AppointmentStatus, Busy, Place, Service};

/// Everything that decides when a service can be had on the days from `first` to `last`. A hold that has run out takes
/// no place, also before it is tidied away.
pub async fn diary(
    tx: &mut TenantTx,
    property: &Property,
    service: Service,
    first: NaiveDate,
    last: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Diary, AppointmentError> {
    // A session reaches at most a day and its time kept free over the edges.
    let (first, last) = (first - Days::new(1), last + Days::new(1));
    let stations = stations_of(tx, service.id).await?;
    let ids: Vec<StationId> = stations.iter().map(|station| station.id).collect();
    let blackouts = closing(tx, property.id, service.id, &ids, first, last).await?;
    let from = local_instant(first - Days::new(1), NaiveTime::MIN, property.timezone);
    let until = local_instant(last + Days::new(2), NaiveTime::MIN, property.timezone);
    Ok(Diary {
        busy: busy(tx, &ids, from, until, now).await?,
        service,
        stations,
        blackouts,
        timezone: property.timezone,
    })
}

type BusyRow = (AppointmentId, StationId, i32, DateTime<Utc>, DateTime<Utc>);

async fn busy(
    tx: &mut TenantTx,
    stations: &[StationId],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Busy>, AppointmentError> {
    let stands = appointments::status
        .ne(AppointmentStatus::Held)
        .or(appointments::hold_expires_at.gt(now));
    let rows: Vec<BusyRow> = allocations::table
        .inner_join(
            appointments::table.on(appointments::tenant_id
                .eq(allocations::tenant_id)
                .and(appointments::id.eq(allocations::appointment_id))),
        )
        .filter(allocations::tenant_id.eq(tx.tenant()))
        .filter(allocations::station_id.eq_any(stations))
        .filter(
            allocations::busy_from
                .lt(until)
                .and(allocations::busy_until.gt(from)),
        )
        .filter(stands)
        .select((
            allocations::appointment_id,
            allocations::station_id,
            allocations::place,
            allocations::busy_from,
            allocations::busy_until,
        ))
        .load(tx.conn())
        .await?;
    let read = rows
        .into_iter()
        .map(|(appointment, station, place, from, until)| {
            let number = u32::try_from(place).map_err(AppointmentError::fault)?;
            Ok(Busy {
                appointment,
                place: Place { station, number },
                from,
                until,
            })
        });
    read.collect()
}

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, ServiceId, StationId};

use crate::schema::blackouts as table;
use crate::{AppointmentError, Blackout};

/// The most blackouts one list answers.
const LONGEST_LIST: i64 = 500;

/// The blackouts of a property that touch the days from `first` to `last`, the earliest first.
pub async fn blackouts(
    tx: &mut TenantTx,
    property: PropertyId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Blackout>, AppointmentError> {
    Ok(table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .filter(table::first_day.le(last).and(table::last_day.ge(first)))
        .order((table::first_day, table::id))
        .limit(LONGEST_LIST)
        .select(Blackout::as_select())
        .load(tx.conn())
        .await?)
}

/// Those of them that bear on a service: its own, its stations', and the property's.
pub(crate) async fn closing(
    tx: &mut TenantTx,
    property: PropertyId,
    service: ServiceId,
    stations: &[StationId],
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Blackout>, AppointmentError> {
    let of_service = table::service_id
        .is_null()
        .or(table::service_id.eq(service));
    let of_station = table::station_id
        .is_null()
        .or(table::station_id.eq_any(stations));
    Ok(table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .filter(table::first_day.le(last).and(table::last_day.ge(first)))
        .filter(of_service)
        .filter(of_station)
        .order((table::first_day, table::id))
        .select(Blackout::as_select())
        .load(tx.conn())
        .await?)
}

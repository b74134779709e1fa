use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, ServiceId, StationId};

use crate::model::StationRow;
use crate::schema::{services, skills, stations};
use crate::{AppointmentError, Station};

/// The most stations one list answers.
const LONGEST_LIST: i64 = 500;

/// One station by its id.
pub async fn station(tx: &mut TenantTx, id: StationId) -> Result<Station, AppointmentError> {
    let rows: Vec<StationRow> = stations::table
        .filter(stations::tenant_id.eq(tx.tenant()))
        .filter(stations::id.eq(id))
        .select(StationRow::as_select())
        .load(tx.conn())
        .await?;
    let found = with_skills(tx, rows).await?.pop();
    found.ok_or(AppointmentError::NotFound("station"))
}

/// The station a property calls `code`, whether it works or not.
pub async fn station_by_code(
    tx: &mut TenantTx,
    property: PropertyId,
    code: &str,
) -> Result<Option<Station>, AppointmentError> {
    let rows: Vec<StationRow> = stations::table
        .filter(stations::tenant_id.eq(tx.tenant()))
        .filter(stations::property_id.eq(property))
        .filter(stations::code.eq(code))
        .select(StationRow::as_select())
        .load(tx.conn())
        .await?;
    Ok(with_skills(tx, rows).await?.pop())
}

/// Every station of a property in its order.
pub async fn stations(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<Vec<Station>, AppointmentError> {
    let rows: Vec<StationRow> = stations::table
        .filter(stations::tenant_id.eq(tx.tenant()))
        .filter(stations::property_id.eq(property))
        .order((stations::sort, stations::code))
        .limit(LONGEST_LIST)
        .select(StationRow::as_select())
        .load(tx.conn())
        .await?;
    with_skills(tx, rows).await
}

/// The active stations that can do a service; the one that is given work first in front.
pub(crate) async fn stations_of(
    tx: &mut TenantTx,
    service: ServiceId,
) -> Result<Vec<Station>, AppointmentError> {
    let rows: Vec<StationRow> = stations::table
        .inner_join(
            skills::table.on(skills::tenant_id
                .eq(stations::tenant_id)
                .and(skills::station_id.eq(stations::id))),
        )
        .filter(stations::tenant_id.eq(tx.tenant()))
        .filter(skills::service_id.eq(service))
        .filter(stations::active.eq(true))
        .order((stations::sort, stations::code))
        .select(StationRow::as_select())
        .load(tx.conn())
        .await?;
    with_skills(tx, rows).await
}

/// Locks stations in the order of their ids against everybody else who gives out their places. What they are read as
/// before this may be old: read again after it.
pub(crate) async fn lock_stations(
    tx: &mut TenantTx,
    mut ids: Vec<StationId>,
) -> Result<(), AppointmentError> {
    ids.sort_unstable();
    let _: Vec<StationId> = stations::table
        .filter(stations::tenant_id.eq(tx.tenant()))
        .filter(stations::id.eq_any(ids))
        .order(stations::id)
        .select(stations::id)
        .for_no_key_update()
        .load(tx.conn())
        .await?;
    Ok(())
}

async fn with_skills(
    tx: &mut TenantTx,
    rows: Vec<StationRow>,
) -> Result<Vec<Station>, AppointmentError> {
    let ids: Vec<StationId> = rows.iter().map(|row| row.id).collect();
    let known: Vec<(StationId, String)> = skills::table
        .inner_join(
            services::table.on(services::tenant_id
                .eq(skills::tenant_id)
                .and(services::id.eq(skills::service_id))),
        )
        .filter(skills::tenant_id.eq(tx.tenant()))
        .filter(skills::station_id.eq_any(ids))
        .order(services::code)
        .select((skills::station_id, services::code))
        .load(tx.conn())
        .await?;
    let mut codes: HashMap<StationId, Vec<String>> = HashMap::new();
    for (station, code) in known {
        codes.entry(station).or_default().push(code);
    }
    rows.into_iter()
        .map(|row| {
            let services = codes.remove(&row.id).unwrap_or_default();
            row.into_station(services)
        })
        .collect()
}

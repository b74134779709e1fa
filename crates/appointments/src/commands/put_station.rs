use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, ServiceId, StationId};
use motel_tenancy::Property;

use super::check_version;
use super::put_service::taken;
use crate::model::StationRow;
use crate::rules::check_station;
use crate::schema::{services, skills, stations};
use crate::{AppointmentError, Put, Station, StationDetails, queries};

/// Makes the station a property calls `details.code` be as described. Its services must be on the books.
pub async fn put_station(
    tx: &mut TenantTx,
    property: &Property,
    mut details: StationDetails,
) -> Result<Put<Station>, AppointmentError> {
    details.services.sort_unstable();
    let found = queries::station_by_code(tx, property.id, &details.code).await?;
    let row = match found {
        Some(row) if row.details == details => {
            return Ok(Put {
                row,
                changed: false,
            });
        }
        Some(row) => change_station(tx, property, row.id, details, row.version).await?,
        None => create_station(tx, property, details).await?,
    };
    Ok(Put { row, changed: true })
}

/// Puts a new station on the books.
pub async fn create_station(
    tx: &mut TenantTx,
    property: &Property,
    details: StationDetails,
) -> Result<Station, AppointmentError> {
    check_station(&details)?;
    let station = Station {
        id: StationId::new(),
        property: property.id,
        details,
        version: 1,
    };
    let row = StationRow::of(&station)?;
    diesel::insert_into(stations::table)
        .values((stations::tenant_id.eq(tx.tenant()), row))
        .execute(tx.conn())
        .await
        .map_err(|error| taken(error, station.details.code.clone()))?;
    teach(tx, property.id, station.id, &station.details.services).await?;
    queries::station(tx, station.id).await
}

/// Changes a station that is at version `expected`. What it was given before stays with it.
pub async fn change_station(
    tx: &mut TenantTx,
    property: &Property,
    id: StationId,
    details: StationDetails,
    expected: i32,
) -> Result<Station, AppointmentError> {
    check_station(&details)?;
    let station = Station {
        id,
        property: property.id,
        details,
        version: expected.saturating_add(1),
    };
    let theirs = stations::table.find((tx.tenant(), id));
    let changed = diesel::update(theirs.filter(stations::version.eq(expected)))
        .set(StationRow::of(&station)?)
        .execute(tx.conn())
        .await
        .map_err(|error| taken(error, station.details.code.clone()))?;
    if changed == 0 {
        let now = queries::station(tx, id).await?;
        return Err(AppointmentError::Stale(now.version));
    }
    teach(tx, property.id, id, &station.details.services).await?;
    let now = queries::station(tx, id).await?;
    check_version(Some(station.version), now.version)?;
    Ok(now)
}

/// Writes which services a station can do, in place of what it could before.
async fn teach(
    tx: &mut TenantTx,
    property: PropertyId,
    station: StationId,
    codes: &[String],
) -> Result<(), AppointmentError> {
    let tenant = tx.tenant();
    let known: Vec<(ServiceId, String)> = services::table
        .filter(services::tenant_id.eq(tenant))
        .filter(services::property_id.eq(property))
        .filter(services::code.eq_any(codes))
        .select((services::id, services::code))
        .load(tx.conn())
        .await?;
    let unknown = codes
        .iter()
        .find(|code| !known.iter().any(|(_, known)| known == *code));
    if let Some(code) = unknown {
        let reason = format!("there is no service {code:?}");
        return Err(AppointmentError::Invalid(vec![(
            "services".to_owned(),
            reason,
        )]));
    }
    let theirs = skills::table
        .filter(skills::tenant_id.eq(tenant))
        .filter(skills::station_id.eq(station));
    diesel::delete(theirs).execute(tx.conn()).await?;
    let rows: Vec<_> = known
        .iter()
        .map(|(service, _)| {
            (
                skills::tenant_id.eq(tenant),
                skills::service_id.eq(*service),
                skills::station_id.eq(station),
            )
        })
        .collect();
    diesel::insert_into(skills::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    Ok(())
}

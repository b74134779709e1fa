use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BlackoutId, PropertyId, ServiceId, StationId};

use crate::schema::blackouts;
use crate::{AppointmentError, Blackout, queries};

/// Days to close. Of one service, of one station, or of the property where neither is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBlackout {
    /// Only this service.
    pub service: Option<ServiceId>,
    /// Only this station.
    pub station: Option<StationId>,
    /// The first day, on the property's calendar.
    pub first_day: NaiveDate,
    /// The last day, which belongs to it.
    pub last_day: NaiveDate,
    /// Why, for guests; may be empty. At most 200 characters.
    pub reason: String,
}

/// Closes days. What is booked on them stays booked.
pub async fn add_blackout(
    tx: &mut TenantTx,
    property: PropertyId,
    new: NewBlackout,
) -> Result<Blackout, AppointmentError> {
    check(&new)?;
    if let Some(service) = new.service {
        queries::service(tx, service).await?;
    }
    if let Some(station) = new.station {
        queries::station(tx, station).await?;
    }
    let blackout = Blackout {
        id: BlackoutId::new(),
        property,
        service: new.service,
        station: new.station,
        first_day: new.first_day,
        last_day: new.last_day,
        reason: new.reason,
    };
    diesel::insert_into(blackouts::table)
        .values((blackouts::tenant_id.eq(tx.tenant()), &blackout))
        .execute(tx.conn())
        .await?;
    Ok(blackout)
}

/// Opens the days again.
pub async fn remove_blackout(tx: &mut TenantTx, id: BlackoutId) -> Result<(), AppointmentError> {
    let removed = diesel::delete(blackouts::table.find((tx.tenant(), id)))
        .execute(tx.conn())
        .await?;
    match removed {
        0 => Err(AppointmentError::NotFound("blackout")),
        _ => Ok(()),
    }
}

fn check(new: &NewBlackout) -> Result<(), AppointmentError> {
    let (field, reason) = if new.last_day < new.first_day {
        ("last_day", "lies before first_day")
    } else if new.service.is_some() && new.station.is_some() {
        ("station_id", "a blackout is of a service or of a station")
    } else if new.reason.chars().count() > 200 {
        ("reason", "has more than 200 characters")
    } else {
        return Ok(());
    };
    Err(AppointmentError::Invalid(vec![(
        field.to_owned(),
        reason.to_owned(),
    )]))
}

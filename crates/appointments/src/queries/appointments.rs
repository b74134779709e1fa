use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{AppointmentId, BookingCode, Email, PropertyId, ServiceId, StationId};
use serde::{Deserialize, Serialize};

use crate::model::AppointmentRow;
use crate::schema::{allocations, appointment_events, appointments};
use crate::{Appointment, AppointmentError, AppointmentEvent, AppointmentStatus};

/// The most appointments or events one list answers.
const LONGEST_LIST: i64 = 500;

/// Which appointments are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppointmentFilter {
    /// From this day of the property's calendar on.
    pub from: Option<NaiveDate>,
    /// Until this day, which belongs to it.
    pub to: Option<NaiveDate>,
    /// In this state.
    pub status: Option<AppointmentStatus>,
    /// Of this service.
    pub service: Option<ServiceId>,
    /// At this station.
    pub station: Option<StationId>,
    /// Booked with this address.
    pub email: Option<Email>,
}

/// What appointments are listed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageKey(pub DateTime<Utc>, pub AppointmentId);

/// One appointment by its id.
pub async fn find(tx: &mut TenantTx, id: AppointmentId) -> Result<Appointment, AppointmentError> {
    let row: Option<AppointmentRow> = appointments::table
        .find((tx.tenant(), id))
        .select(AppointmentRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    one(tx, row).await
}

/// One appointment by its code, for staff.
pub async fn find_by_code(
    tx: &mut TenantTx,
    code: &BookingCode,
) -> Result<Appointment, AppointmentError> {
    let row: Option<AppointmentRow> = appointments::table
        .filter(appointments::tenant_id.eq(tx.tenant()))
        .filter(appointments::code.eq(code))
        .select(AppointmentRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    one(tx, row).await
}

/// One appointment for its guest: the e-mail address it was made with is the proof. A wrong address and a wrong code are
/// the same answer.
pub async fn find_for_guest(
    tx: &mut TenantTx,
    code: &BookingCode,
    email: &Email,
) -> Result<Appointment, AppointmentError> {
    let found = find_by_code(tx, code).await?;
    if found.booker.email == *email {
        Ok(found)
    } else {
        Err(AppointmentError::NotFound("appointment"))
    }
}

/// The appointment that the request of this name made, with what that request said.
pub(crate) async fn by_request(
    tx: &mut TenantTx,
    key: &str,
) -> Result<Option<(Appointment, Option<String>)>, AppointmentError> {
    let row: Option<(AppointmentRow, Option<String>)> = appointments::table
        .filter(appointments::tenant_id.eq(tx.tenant()))
        .filter(appointments::request_key.eq(key))
        .select((AppointmentRow::as_select(), appointments::request_digest))
        .first(tx.conn())
        .await
        .optional()?;
    match row {
        None => Ok(None),
        Some((row, said)) => Ok(Some((one(tx, Some(row)).await?, said))),
    }
}

/// Locks an appointment against other changes and reads it as it is now.
pub(crate) async fn lock(
    tx: &mut TenantTx,
    id: AppointmentId,
) -> Result<Appointment, AppointmentError> {
    let row: Option<AppointmentRow> = appointments::table
        .find((tx.tenant(), id))
        .select(AppointmentRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    one(tx, row).await
}

/// Appointments of a property by their start, at most `limit` of them, from after `after` on.
pub async fn list(
    tx: &mut TenantTx,
    property: PropertyId,
    filter: &AppointmentFilter,
    after: Option<PageKey>,
    limit: i64,
) -> Result<Vec<Appointment>, AppointmentError> {
    let tenant = tx.tenant();
    let mut query = appointments::table
        .filter(appointments::tenant_id.eq(tenant))
        .filter(appointments::property_id.eq(property))
        .order((appointments::starts_at, appointments::id))
        .limit(limit.clamp(0, LONGEST_LIST))
        .select(AppointmentRow::as_select())
        .into_boxed();
    if let Some(from) = filter.from {
        query = query.filter(appointments::local_day.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(appointments::local_day.le(to));
    }
    if let Some(status) = filter.status {
        query = query.filter(appointments::status.eq(status));
    }
    if let Some(service) = filter.service {
        query = query.filter(appointments::service_id.eq(service));
    }
    if let Some(email) = &filter.email {
        query = query.filter(appointments::booker_email.eq(email.clone()));
    }
    if let Some(station) = filter.station {
        let theirs = allocations::table
            .filter(allocations::tenant_id.eq(tenant))
            .filter(allocations::station_id.eq(station))
            .select(allocations::appointment_id);
        query = query.filter(appointments::id.eq_any(theirs));
    }
    if let Some(PageKey(starts_at, id)) = after {
        let later = appointments::starts_at.gt(starts_at);
        let same = appointments::starts_at.eq(starts_at);
        query = query.filter(later.or(same.and(appointments::id.gt(id))));
    }
    let rows = query.load(tx.conn()).await?;
    with_stations(tx, rows).await
}

/// What takes place, or took place, on a day: everything that was neither called off nor let run out.
pub async fn on_day(
    tx: &mut TenantTx,
    property: PropertyId,
    day: NaiveDate,
) -> Result<Vec<Appointment>, AppointmentError> {
    let filter = AppointmentFilter {
        from: Some(day),
        to: Some(day),
        ..AppointmentFilter::default()
    };
    let mut all = list(tx, property, &filter, None, LONGEST_LIST).await?;
    let gone = [AppointmentStatus::Cancelled, AppointmentStatus::Expired];
    all.retain(|one| !gone.contains(&one.status));
    Ok(all)
}

/// What happened to an appointment, in order.
pub async fn history(
    tx: &mut TenantTx,
    id: AppointmentId,
) -> Result<Vec<AppointmentEvent>, AppointmentError> {
    Ok(appointment_events::table
        .filter(appointment_events::tenant_id.eq(tx.tenant()))
        .filter(appointment_events::appointment_id.eq(id))
        .order(appointment_events::seq)
        .limit(LONGEST_LIST)
        .select(AppointmentEvent::as_select())
        .load(tx.conn())
        .await?)
}

async fn one(
    tx: &mut TenantTx,
    row: Option<AppointmentRow>,
) -> Result<Appointment, AppointmentError> {
    let rows = row.into_iter().collect();
    let found = with_stations(tx, rows).await?.pop();
    found.ok_or(AppointmentError::NotFound("appointment"))
}

async fn with_stations(
    tx: &mut TenantTx,
    rows: Vec<AppointmentRow>,
) -> Result<Vec<Appointment>, AppointmentError> {
    let ids: Vec<AppointmentId> = rows.iter().map(|row| row.id).collect();
    let given: Vec<(AppointmentId, StationId)> = allocations::table
        .filter(allocations::tenant_id.eq(tx.tenant()))
        .filter(allocations::appointment_id.eq_any(ids))
        .order(allocations::station_id)
        .select((allocations::appointment_id, allocations::station_id))
        .load(tx.conn())
        .await?;
    let mut stations: HashMap<AppointmentId, Vec<StationId>> = HashMap::new();
    for (appointment, station) in given {
        stations.entry(appointment).or_default().push(station);
    }
    rows.into_iter()
        .map(|row| {
            let stations = stations.remove(&row.id).unwrap_or_default();
            row.into_appointment(stations)
        })
        .collect()
}

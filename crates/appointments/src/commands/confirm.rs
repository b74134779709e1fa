use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::AppointmentId;
use serde_json::json;

use super::record::{record, save};
use super::timers::set_timers;
use super::{Effect, check_version};
use crate::rules::{self, Action};
use crate::{AppointmentBooked, AppointmentError, AppointmentStatus, By, EventKind, queries};

/// Makes what is held booked, as long as the hold has not run out.
pub async fn confirm(
    tx: &mut TenantTx,
    id: AppointmentId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, AppointmentError> {
    let mut appointment = queries::lock(tx, id).await?;
    check_version(expected, appointment.version)?;
    rules::check(Action::Confirm, &appointment, now)?;
    appointment.status = AppointmentStatus::Booked;
    appointment.hold_expires_at = None;
    save(tx, &mut appointment).await?;
    let service = queries::service(tx, appointment.service).await?;
    set_timers(tx, &appointment, &service.details.reminder_hours, now).await?;
    record(tx, id, EventKind::Confirmed, by, json!({}), now).await?;
    motel_jobs::publish(tx, &AppointmentBooked::from(&appointment)).await?;
    let price = appointment.price.total;
    Effect::of(appointment, price)
}

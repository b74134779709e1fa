use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::AppointmentId;
use serde_json::json;

use super::record::{record, save};
use super::timers::clear_timers;
use super::{Effect, check_version};
use crate::rules::{self, Action};
use crate::{AppointmentError, AppointmentStatus, By, EventKind, queries};

/// Notes that an appointment took place.
pub async fn complete(
    tx: &mut TenantTx,
    id: AppointmentId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, AppointmentError> {
    finish(tx, id, Action::Complete, expected, by, now).await
}

/// Notes that the guest did not come, and fixes what that costs.
pub async fn mark_no_show(
    tx: &mut TenantTx,
    id: AppointmentId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, AppointmentError> {
    finish(tx, id, Action::NoShow, expected, by, now).await
}

async fn finish(
    tx: &mut TenantTx,
    id: AppointmentId,
    action: Action,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, AppointmentError> {
    let mut appointment = queries::lock(tx, id).await?;
    check_version(expected, appointment.version)?;
    rules::check(action, &appointment, now)?;
    let kind = if action == Action::NoShow {
        appointment.status = AppointmentStatus::NoShow;
        appointment.fee = Some(appointment.terms.no_show_fee);
        EventKind::NoShow
    } else {
        appointment.status = AppointmentStatus::Completed;
        EventKind::Completed
    };
    save(tx, &mut appointment).await?;
    clear_timers(tx, id).await?;
    record(tx, id, kind, by, json!({ "fee": appointment.fee }), now).await?;
    let price = appointment.price.total;
    Effect::of(appointment, price)
}

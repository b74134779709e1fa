use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, AppointmentId};
use serde_json::json;

use super::places::give_back;
use super::record::{record, save};
use crate::schema::timers;
use crate::{
    Appointment, AppointmentError, AppointmentReminderDue, AppointmentStatus, By, EventKind,
    queries,
};

/// At zero hours before, a hold runs out rather than that somebody is reminded.
const HOLD: i32 = 0;

/// What fell due and was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rung {
    /// How many appointments had something due.
    pub appointments: usize,
    /// How many reminders were told.
    pub reminders: usize,
    /// How many holds ran out.
    pub holds: usize,
}

/// Does what is due by `now` for at most `limit` appointments: tells reminders and lets holds run out. Each timer goes in
/// the transaction that does its work, so it is done exactly once. A reminder that could not be told before the appointment
/// began is dropped.
pub async fn ring_due(
    tx: &mut TenantTx,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Rung, AppointmentError> {
    let due: Vec<AppointmentId> = timers::table
        .filter(timers::tenant_id.eq(tx.tenant()))
        .filter(timers::due_at.le(now))
        .select(timers::appointment_id)
        .distinct()
        .order(timers::appointment_id)
        .limit(limit)
        .load(tx.conn())
        .await?;
    let mut rung = Rung {
        appointments: due.len(),
        ..Rung::default()
    };
    for id in due {
        let appointment = queries::lock(tx, id).await?;
        for hours in take_due(tx, id, now).await? {
            if hours == HOLD {
                rung.holds += usize::from(expire(tx, id, now).await?);
            } else {
                rung.reminders += usize::from(remind(tx, &appointment, hours, now).await?);
            }
        }
    }
    Ok(rung)
}

/// Lets a hold run out if it has; answers whether it did.
pub(super) async fn expire(
    tx: &mut TenantTx,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> Result<bool, AppointmentError> {
    let mut appointment = queries::lock(tx, id).await?;
    if appointment
        .hold_expires_at
        .is_none_or(|expires| expires > now)
    {
        return Ok(false);
    }
    appointment.status = AppointmentStatus::Expired;
    appointment.hold_expires_at = None;
    save(tx, &mut appointment).await?;
    give_back(tx, id).await?;
    clear_timers(tx, id).await?;
    let by = By::actor(Actor::System);
    record(tx, id, EventKind::Expired, &by, json!({}), now).await?;
    Ok(true)
}

/// Sets what is due by itself for an appointment as it is now, in place of what was set before. A reminder whose time has
/// come already is not set: who books for tomorrow needs none for three days before.
pub(super) async fn set_timers(
    tx: &mut TenantTx,
    appointment: &Appointment,
    reminder_hours: &[u32],
    now: DateTime<Utc>,
) -> Result<(), AppointmentError> {
    clear_timers(tx, appointment.id).await?;
    let mut due = Vec::new();
    if let Some(expires) = appointment.hold_expires_at {
        due.push((HOLD, expires));
    } else {
        for hours in reminder_hours {
            let at = appointment.starts_at - Duration::hours((*hours).into());
            due.push((i32::try_from(*hours).map_err(AppointmentError::fault)?, at));
        }
        due.retain(|(_, at)| *at > now);
    }
    let rows: Vec<_> = due
        .into_iter()
        .map(|(hours, at)| {
            (
                timers::tenant_id.eq(tx.tenant()),
                timers::appointment_id.eq(appointment.id),
                timers::hours_before.eq(hours),
                timers::due_at.eq(at),
            )
        })
        .collect();
    diesel::insert_into(timers::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Nothing is due by itself any more.
pub(super) async fn clear_timers(
    tx: &mut TenantTx,
    id: AppointmentId,
) -> Result<(), AppointmentError> {
    let theirs = timers::table
        .filter(timers::tenant_id.eq(tx.tenant()))
        .filter(timers::appointment_id.eq(id));
    diesel::delete(theirs).execute(tx.conn()).await?;
    Ok(())
}

/// Removes the due timers of an appointment and answers them, the longest before first.
async fn take_due(
    tx: &mut TenantTx,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> Result<Vec<i32>, AppointmentError> {
    let due = timers::table
        .filter(timers::tenant_id.eq(tx.tenant()))
        .filter(timers::appointment_id.eq(id))
        .filter(timers::due_at.le(now));
    let mut hours: Vec<i32> = diesel::delete(due)
        .returning(timers::hours_before)
        .get_results(tx.conn())
        .await?;
    hours.sort_unstable_by(|a, b| b.cmp(a));
    Ok(hours)
}

async fn remind(
    tx: &mut TenantTx,
    appointment: &Appointment,
    hours: i32,
    now: DateTime<Utc>,
) -> Result<bool, AppointmentError> {
    let stands = appointment.status == AppointmentStatus::Booked && appointment.starts_at > now;
    if !stands {
        return Ok(false);
    }
    let event = AppointmentReminderDue {
        appointment_id: appointment.id,
        code: appointment.code.clone(),
        email: appointment.booker.email.clone(),
        starts_at: appointment.starts_at,
        hours_before: u32::try_from(hours).map_err(AppointmentError::fault)?,
    };
    motel_jobs::publish(tx, &event).await?;
    let by = By::actor(Actor::System);
    let change = json!({ "hours_before": hours });
    record(tx, appointment.id, EventKind::Reminded, &by, change, now).await?;
    Ok(true)
}

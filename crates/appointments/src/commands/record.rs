use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::AppointmentId;
use serde_json::Value;

use crate::model::AppointmentRow;
use crate::schema::{appointment_events as events, appointments};
use crate::{Appointment, AppointmentError, By, EventKind};

/// Adds to the history of an appointment that this transaction made or has locked.
pub(super) async fn record(
    tx: &mut TenantTx,
    id: AppointmentId,
    kind: EventKind,
    by: &By,
    change: Value,
    now: DateTime<Utc>,
) -> Result<(), AppointmentError> {
    let last: Option<i32> = events::table
        .filter(events::tenant_id.eq(tx.tenant()))
        .filter(events::appointment_id.eq(id))
        .select(max(events::seq))
        .first(tx.conn())
        .await?;
    diesel::insert_into(events::table)
        .values((
            events::tenant_id.eq(tx.tenant()),
            events::appointment_id.eq(id),
            events::seq.eq(last.unwrap_or(0) + 1),
            events::kind.eq(kind),
            events::actor.eq(by.actor),
            events::reason.eq(by.reason.as_deref()),
            events::change.eq(change),
            events::at.eq(now),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Writes an appointment that this transaction has locked, at its next version.
pub(super) async fn save(
    tx: &mut TenantTx,
    appointment: &mut Appointment,
) -> Result<(), AppointmentError> {
    appointment.version += 1;
    diesel::update(appointments::table.find((tx.tenant(), appointment.id)))
        .set(AppointmentRow::of(appointment)?)
        .execute(tx.conn())
        .await?;
    Ok(())
}

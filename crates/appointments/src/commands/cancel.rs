use chrono::{DateTime, SubsecRound, Utc};
use motel_db::TenantTx;
use motel_kernel::{AppointmentId, Money};
use serde_json::json;

use super::places::give_back;
use super::record::{record, save};
use super::timers::clear_timers;
use super::{Effect, check_version};
use crate::rules::{self, Action, cancellation_fee};
use crate::{AppointmentCancelled, AppointmentError, AppointmentStatus, By, EventKind, queries};

/// Calls an appointment off: its places are free again, and the fee of its terms is fixed. What was only held costs
/// nothing.
pub async fn cancel(
    tx: &mut TenantTx,
    id: AppointmentId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, AppointmentError> {
    let mut appointment = queries::lock(tx, id).await?;
    check_version(expected, appointment.version)?;
    rules::check(Action::Cancel, &appointment, now)?;
    let price = appointment.price.total;
    let stood = appointment.status == AppointmentStatus::Booked;
    let fee = if stood {
        cancellation_fee(&appointment.terms, now)
    } else {
        Money::zero(price.currency())
    };
    appointment.status = AppointmentStatus::Cancelled;
    // The database keeps microseconds.
    appointment.cancelled_at = Some(now.trunc_subsecs(6));
    appointment.hold_expires_at = None;
    appointment.fee = Some(fee);
    appointment.stations.clear();
    save(tx, &mut appointment).await?;
    give_back(tx, id).await?;
    clear_timers(tx, id).await?;
    record(tx, id, EventKind::Cancelled, by, json!({ "fee": fee }), now).await?;
    if stood {
        let event = AppointmentCancelled {
            appointment_id: id,
            code: appointment.code.clone(),
            email: appointment.booker.email.clone(),
            fee,
        };
        motel_jobs::publish(tx, &event).await?;
    }
    Effect::of(appointment, price)
}

use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::AppointmentId;
use motel_tenancy::Property;
use serde_json::json;

use super::places::{Wanted, give_back, lock, look, take};
use super::record::{record, save};
use super::timers::set_timers;
use super::{Effect, check_version};
use crate::rules::{self, Action, cancellation_fee, carry_over, price_appointment, terms};
use crate::{
    Appointment, AppointmentError, AppointmentRescheduled, AppointmentStatus, By, Destination,
    EventKind, Service, WantedAddOn, Wishes, queries,
};

/// What shall be different; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Another time.
    pub starts_at: Option<DateTime<Utc>>,
    /// So many guests.
    pub guests: Option<u32>,
    /// These extras instead.
    pub add_ons: Option<Vec<WantedAddOn>>,
    /// Another place.
    pub destination: Option<Destination>,
    /// This station.
    pub station: Option<String>,
    /// For staff: neither short notice nor the horizon matters.
    pub any_notice: bool,
}

impl Change {
    fn applied_to(&self, wishes: &Wishes) -> Wishes {
        let given = self.clone();
        Wishes {
            guests: given.guests.unwrap_or(wishes.guests),
            add_ons: given.add_ons.unwrap_or_else(|| wishes.add_ons.clone()),
            destination: given.destination.or_else(|| wishes.destination.clone()),
            station: given.station.or_else(|| wishes.station.clone()),
        }
    }
}

/// Gives an appointment another time, or other wishes. The old places are free and the new ones taken in one step.
///
/// Who only moves keeps the agreed price. Who changes guests, extras or the destination gets today's price for the whole.
/// A fee that was due for calling off at the old time stays due after the move.
pub async fn reschedule(
    tx: &mut TenantTx,
    property: &Property,
    id: AppointmentId,
    change: &Change,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, AppointmentError> {
    let before = queries::find(tx, id).await?;
    let service = queries::service(tx, before.service).await?;
    let wishes = change.applied_to(&before.wishes);
    let wanted = Wanted {
        service: &service,
        starts_at: change.starts_at.unwrap_or(before.starts_at),
        wishes: &wishes,
        any_notice: change.any_notice,
        moved: Some(id),
    };
    lock(tx, &wanted, &before.stations, now).await?;
    let mut appointment = queries::lock(tx, id).await?;
    check_version(expected, appointment.version)?;
    if appointment != before {
        return Err(AppointmentError::Stale(appointment.version));
    }
    rules::check(Action::Reschedule, &appointment, now)?;
    if wishes == before.wishes && wanted.starts_at == before.starts_at {
        return Effect::of(appointment, before.price.total);
    }
    reprice(
        &service,
        property,
        &mut appointment,
        wishes.clone(),
        &wanted,
        now,
    )?;
    let found = look(tx, property, &wanted, now).await?;
    give_back(tx, id).await?;
    take(tx, id, &found).await?;
    appointment.ends_at = found.slot.ends_at;
    appointment.local_day = found.slot.local_day;
    appointment.stations = found.places.iter().map(|place| place.station).collect();
    save(tx, &mut appointment).await?;
    set_timers(tx, &appointment, &service.details.reminder_hours, now).await?;
    tell(tx, &before, &appointment, by, now).await?;
    Effect::of(appointment, before.price.total)
}

fn reprice(
    service: &Service,
    property: &Property,
    appointment: &mut Appointment,
    wishes: Wishes,
    wanted: &Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<(), AppointmentError> {
    let old = &appointment.wishes;
    let same_price = (old.guests, &old.add_ons, &old.destination)
        == (wishes.guests, &wishes.add_ons, &wishes.destination);
    if !same_price {
        appointment.price = price_appointment(service, &wishes, &property.tax)?;
    }
    let total = appointment.price.total;
    let due = cancellation_fee(&appointment.terms, now);
    let fresh = terms(&service.details.fees, wanted.starts_at, total)?;
    appointment.terms = carry_over(fresh, due, total, now)?;
    appointment.wishes = wishes;
    appointment.starts_at = wanted.starts_at;
    Ok(())
}

async fn tell(
    tx: &mut TenantTx,
    before: &Appointment,
    after: &Appointment,
    by: &By,
    now: DateTime<Utc>,
) -> Result<(), AppointmentError> {
    let change = json!({
        "before": { "starts_at": before.starts_at, "guests": before.wishes.guests, "total": before.price.total },
        "after": { "starts_at": after.starts_at, "guests": after.wishes.guests, "total": after.price.total },
    });
    record(tx, after.id, EventKind::Rescheduled, by, change, now).await?;
    if after.status == AppointmentStatus::Booked {
        let event = AppointmentRescheduled {
            appointment_id: after.id,
            code: after.code.clone(),
            email: after.booker.email.clone(),
            was_at: before.starts_at,
            starts_at: after.starts_at,
            total: after.price.total,
        };
        motel_jobs::publish(tx, &event).await?;
    }
    Ok(())
}

//! What happens later: reminders fall due, holds run out, the guest is written to.

mod letter;
mod mail_guest;
mod ring_timers;

use std::sync::Arc;

use motel_jobs::Worker;
use motel_kernel::Clock;
use motel_mail::Mailer;

use crate::{
    AppointmentBooked, AppointmentCancelled, AppointmentReminderDue, AppointmentRescheduled,
};

pub use mail_guest::MailGuest;
pub use ring_timers::RingTimers;

/// Adds this crate's chore and subscribers to a worker.
#[must_use]
pub fn register(worker: Worker, clock: Arc<dyn Clock>, mailer: &Arc<dyn Mailer>) -> Worker {
    let letters = MailGuest::new(mailer.clone());
    worker
        .every(
            ring_timers::LOOK_EVERY,
            "appointments.ring_timers",
            RingTimers::new(clock),
        )
        .on::<AppointmentBooked>("appointments.mail_booked", letters.clone())
        .on::<AppointmentRescheduled>("appointments.mail_rescheduled", letters.clone())
        .on::<AppointmentCancelled>("appointments.mail_cancelled", letters.clone())
        .on::<AppointmentReminderDue>("appointments.mail_reminder", letters)
}

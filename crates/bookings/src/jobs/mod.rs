//! What happens later: the guest is written to, and holds end.

mod end_holds;
mod letters;
mod mail_guest;

use std::sync::Arc;
use std::time::Duration;

use motel_jobs::Worker;
use motel_kernel::Clock;
use motel_mail::Mailer;

use crate::{BookingCancelled, BookingConfirmed};

pub use end_holds::EndHolds;
pub use mail_guest::MailGuest;

/// How often holds that are over are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Has the guest written to when a booking is made or taken back. Links in the mails begin with `public_url`.
#[must_use]
pub fn register(worker: Worker, mailer: &Arc<dyn Mailer>, public_url: &str) -> Worker {
    let letters = MailGuest::new(mailer.clone(), public_url);
    worker
        .on::<BookingConfirmed>("mail.confirmation", letters.clone())
        .on::<BookingCancelled>("mail.cancellation", letters)
}

/// Has holds ended when their time is over, by the clock of their property.
#[must_use]
pub fn register_chores(worker: Worker, clock: Arc<dyn Clock>) -> Worker {
    worker.every(LOOK_EVERY, "bookings.end_holds", EndHolds::new(clock))
}

//! What happens later: the guest is written to.

mod letters;
mod mail_guest;

use std::sync::Arc;

use motel_jobs::Worker;
use motel_mail::Mailer;

use crate::{BookingCancelled, BookingConfirmed};

pub use mail_guest::MailGuest;

/// Has the guest written to when a booking is made or taken back. Links in the mails begin with `public_url`.
#[must_use]
pub fn register(worker: Worker, mailer: &Arc<dyn Mailer>, public_url: &str) -> Worker {
    let letters = MailGuest::new(mailer.clone(), public_url);
    worker
        .on::<BookingConfirmed>("mail.confirmation", letters.clone())
        .on::<BookingCancelled>("mail.cancellation", letters)
}

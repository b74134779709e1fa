//! The words of the reminder. Text and HTML say the same.

use askama::Template;
use chrono::{DateTime, Utc};
use motel_bookings::Booking;
use motel_kernel::Money;
use motel_tenancy::Property;

use crate::Due;

/// "Something is due".
#[derive(Template)]
#[template(path = "mail/due.txt")]
pub(super) struct DueText<'a>(pub(super) &'a DueLetter);

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/due.html")]
pub(super) struct DueHtml<'a>(pub(super) &'a DueLetter);

/// What a reminder is about.
pub(super) struct DueLetter {
    pub(super) property: Property,
    pub(super) booking: Booking,
    pub(super) due: Due,
    pub(super) booking_url: String,
    /// The card that the guests left was charged and refused.
    pub(super) card_refused: bool,
}

impl DueLetter {
    fn arrival(&self) -> String {
        let arrival = self.booking.first().dates.arrival();
        arrival.format("%A, %B %-d, %Y").to_string()
    }

    /// What is due later, and when.
    fn later(&self) -> Option<(Money, String)> {
        let on = |at: DateTime<Utc>| {
            let local = at.with_timezone(&self.property.timezone);
            local.format("%A, %B %-d, %Y").to_string()
        };
        self.due.rest_due_at.map(|at| (self.due.rest, on(at)))
    }
}

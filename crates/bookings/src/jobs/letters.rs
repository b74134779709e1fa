//! The words of the mails. Text and HTML say the same.

use askama::Template;
use motel_inventory::UnitGroup;
use motel_tenancy::Property;

use crate::Booking;

/// "Your room is booked".
#[derive(Template)]
#[template(path = "mail/confirmation.txt")]
pub(super) struct ConfirmationText<'a>(pub(super) Letter<'a>);

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/confirmation.html")]
pub(super) struct ConfirmationHtml<'a>(pub(super) Letter<'a>);

/// "Your booking is cancelled".
#[derive(Template)]
#[template(path = "mail/cancellation.txt")]
pub(super) struct CancellationText<'a>(pub(super) Letter<'a>);

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/cancellation.html")]
pub(super) struct CancellationHtml<'a>(pub(super) Letter<'a>);

/// What a mail about a booking is about.
#[derive(Clone, Copy)]
pub(super) struct Letter<'a> {
    pub(super) property: &'a Property,
    pub(super) booking: &'a Booking,
    pub(super) group: &'a UnitGroup,
    pub(super) booking_url: &'a str,
}

impl Letter<'_> {
    fn arrival(&self) -> String {
        self.booking
            .first()
            .dates
            .arrival()
            .format("%A, %B %-d, %Y")
            .to_string()
    }

    fn departure(&self) -> String {
        self.booking
            .first()
            .dates
            .departure()
            .format("%A, %B %-d, %Y")
            .to_string()
    }

    fn check_in(&self) -> String {
        self.property.check_in.format("%-I:%M %p").to_string()
    }

    fn check_out(&self) -> String {
        self.property.check_out.format("%-I:%M %p").to_string()
    }

    fn free_until(&self) -> String {
        let until = self.booking.free_until().unwrap_or_else(|| {
            let arrival = self.booking.first().dates.arrival();
            self.property.check_in_at(arrival)
        });
        let local = until.with_timezone(&self.property.timezone);
        local.format("%A, %B %-d at %-I:%M %p").to_string()
    }

    fn party(&self) -> String {
        let party = self.booking.first().party;
        let counts = [
            (party.adults(), "adult", "adults"),
            (party.children(), "child", "children"),
            (party.pets(), "pet", "pets"),
        ];
        let said: Vec<String> = counts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
            .collect();
        said.join(", ")
    }
}

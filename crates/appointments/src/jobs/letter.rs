//! The words of the mails. Text and HTML say the same.

use askama::Template;
use motel_tenancy::Property;

use crate::{Appointment, Service};

/// A letter as text.
#[derive(Template)]
#[template(path = "mail/letter.txt")]
pub(super) struct LetterText<'a>(pub(super) &'a Letter);

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/letter.html")]
pub(super) struct LetterHtml<'a>(pub(super) &'a Letter);

/// What a mail about an appointment says.
pub(super) struct Letter {
    pub(super) appointment: Appointment,
    pub(super) service: Service,
    pub(super) property: Property,
    /// What happened, as a sentence.
    pub(super) news: String,
    /// What it means for the guest's money, as a sentence.
    pub(super) money: String,
}

impl Letter {
    /// `Saturday, December 12, 2026 at 6:00 PM`, on the property's wall clock.
    fn when(&self) -> String {
        let local = self
            .appointment
            .starts_at
            .with_timezone(&self.property.timezone);
        local.format("%A, %B %-d, %Y at %-I:%M %p").to_string()
    }

    fn guests(&self) -> String {
        match self.appointment.wishes.guests {
            1 => "1 guest".to_owned(),
            many => format!("{many} guests"),
        }
    }
}

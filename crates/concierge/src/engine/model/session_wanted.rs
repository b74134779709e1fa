//! What a model says of an appointment: on the wall clock of the house, and with the place in two plain fields.

use chrono::{NaiveDate, NaiveTime};
use motel_appointments::Destination;
use motel_guests::GuestDetails;
use motel_kernel::{Email, PersonName, Phone};
use serde::Deserialize;

use crate::tools::SearchTimesInput;

/// Where a service that travels is to take place.
#[derive(Debug, Deserialize)]
struct Place {
    #[serde(default)]
    miles: Option<u32>,
    #[serde(default)]
    postcode: Option<String>,
}

/// No postal code is longer.
const LONGEST_POSTCODE: usize = 10;

impl Place {
    fn destination(&self) -> Option<Destination> {
        let code = |code: &String| {
            code.trim()
                .chars()
                .take(LONGEST_POSTCODE)
                .collect::<String>()
        };
        let postcode = self.postcode.as_ref().map(code);
        let postcode = postcode.filter(|code| !code.is_empty());
        let miles = self.miles.map(Destination::Miles);
        miles.or_else(|| postcode.map(Destination::Postcode))
    }
}

/// Times that are looked for.
#[derive(Debug, Deserialize)]
pub(super) struct TimesWanted {
    service: String,
    day: NaiveDate,
    guests: u32,
    #[serde(flatten)]
    place: Place,
}

impl From<TimesWanted> for SearchTimesInput {
    fn from(wanted: TimesWanted) -> Self {
        Self {
            destination: wanted.place.destination(),
            service: wanted.service,
            day: wanted.day,
            guests: wanted.guests,
        }
    }
}

/// An appointment as far as a model may say: what it costs, and which read-back was agreed to, it may not.
#[derive(Debug, Deserialize)]
pub(super) struct SessionWanted {
    pub(super) service: String,
    pub(super) day: NaiveDate,
    pub(super) time: NaiveTime,
    pub(super) guests: u32,
    #[serde(flatten)]
    place: Place,
    full_name: PersonName,
    email: Email,
    #[serde(default)]
    phone: Option<Phone>,
}

impl SessionWanted {
    /// Who books.
    pub(super) fn guest(&self) -> GuestDetails {
        GuestDetails {
            name: self.full_name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
        }
    }

    /// Where it is to take place, if that was said.
    pub(super) fn destination(&self) -> Option<Destination> {
        self.place.destination()
    }
}

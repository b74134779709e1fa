//! What a request wants of a service, as it comes in.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use motel_guests::GuestDetails;
use motel_kernel::{Email, PersonName, Phone};
use motel_web::FieldErrors;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Destination, WantedAddOn};

/// Days outside of these years are nobody's; and no reckoning with them can overflow.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2200;

/// Who books, as it comes in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBooker {
    #[schema(min_length = 2, max_length = 120)]
    full_name: String,
    #[schema(format = "email", max_length = 254)]
    email: String,
    /// With the country code unless it is a US one.
    #[serde(default)]
    #[schema(max_length = 40)]
    phone: Option<String>,
}

impl RawBooker {
    pub(super) fn parse(&self, errors: &mut FieldErrors) -> Option<GuestDetails> {
        let name = errors.check("guest.full_name", PersonName::parse(&self.full_name));
        let email = errors.check("guest.email", Email::parse(&self.email));
        let given = self.phone.as_ref().filter(|phone| !phone.trim().is_empty());
        let phone = match given.map(|phone| errors.check("guest.phone", Phone::parse(phone))) {
            Some(None) => return None,
            Some(phone) => phone,
            None => None,
        };
        Some(GuestDetails {
            name: name?,
            email: email?,
            phone,
        })
    }
}

pub(super) fn guests(errors: &mut FieldErrors, guests: i64) -> Option<u32> {
    let sound = u32::try_from(guests)
        .ok()
        .filter(|guests| (1..=10_000).contains(guests));
    if sound.is_none() {
        errors.push("guests", "must lie between 1 and 10000");
    }
    sound
}

/// `None` when a field was refused.
pub(super) fn destination(
    errors: &mut FieldErrors,
    miles: Option<i64>,
    postcode: Option<&str>,
) -> Option<Option<Destination>> {
    match (miles, postcode) {
        (None, None) => Some(None),
        (Some(_), Some(_)) => {
            errors.push("postcode", "give either this or miles");
            None
        }
        (Some(miles), None) => match u32::try_from(miles) {
            Ok(miles) if miles <= 10_000 => Some(Some(Destination::Miles(miles))),
            _ => {
                errors.push("miles", "must lie between 0 and 10000");
                None
            }
        },
        (None, Some(code)) => errors
            .text("postcode", code, 1..=20)
            .map(|code| Some(Destination::Postcode(code))),
    }
}

pub(super) fn add_ons(errors: &mut FieldErrors, wanted: &[WantedAddOn]) -> Option<()> {
    let mut sound = wanted.len() <= 100;
    for (at, one) in wanted.iter().enumerate() {
        sound &= one
            .quantity
            .is_none_or(|quantity| (1..=10_000).contains(&quantity));
        let earlier = wanted.iter().take(at);
        sound &= earlier.into_iter().all(|other| other.code != one.code);
        sound &= (1..=64).contains(&one.code.len());
    }
    if !sound {
        errors.push(
            "add_ons",
            "at most 100, each code once, each quantity from 1 to 10000",
        );
    }
    sound.then_some(())
}

/// `None` when it was refused.
pub(super) fn station(errors: &mut FieldErrors, code: Option<&str>) -> Option<Option<String>> {
    match code {
        None => Some(None),
        Some(code) => errors.text("station", code, 1..=64).map(Some),
    }
}

pub(super) fn day(errors: &mut FieldErrors, field: &str, day: NaiveDate) -> Option<NaiveDate> {
    if YEARS.contains(&day.year()) {
        return Some(day);
    }
    errors.push(field, "lies too far away");
    None
}

pub(super) fn moment(
    errors: &mut FieldErrors,
    field: &str,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    day(errors, field, at.date_naive()).map(|_| at)
}

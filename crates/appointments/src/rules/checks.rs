use std::collections::HashSet;
use std::fmt::Display;

use crate::{AppointmentError, Hours, ServiceDetails, SlotStarts, StationDetails, Travel};

/// The most an amount of a service can be, in minor units.
const MOST_MINOR: i64 = 100_000_000;

/// Collects the fields that say something impossible.
#[derive(Default)]
struct Found(Vec<(String, String)>);

impl Found {
    fn unless(&mut self, holds: bool, field: impl Display, reason: &str) {
        if !holds {
            self.0.push((field.to_string(), reason.to_owned()));
        }
    }

    fn between<N: PartialOrd + Display>(
        &mut self,
        value: N,
        least: N,
        most: N,
        field: impl Display,
    ) {
        let reason = format!("must lie between {least} and {most}");
        self.unless(value >= least && value <= most, field, &reason);
    }

    fn text(&mut self, text: &str, least: usize, most: usize, field: impl Display) {
        let sound = !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        self.unless(sound, &field, "contains control characters");
        self.between(text.trim().chars().count(), least, most, field);
    }

    fn code(&mut self, code: &str, field: impl Display) {
        let opens = code.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        let rest = code
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'));
        let reason =
            "has 1 to 64 small letters, digits, - and _, and begins with a letter or digit";
        self.unless(opens && rest && code.len() <= 64, field, reason);
    }

    fn hours(&mut self, hours: &[Hours], field: &str) {
        self.between(hours.len(), 1, 21, field);
        for (at, entry) in hours.iter().enumerate() {
            self.between(entry.days.len(), 1, 7, format_args!("{field}[{at}].days"));
        }
    }

    fn distinct<'a>(&mut self, codes: impl Iterator<Item = &'a str>, field: &str) {
        let mut seen = HashSet::new();
        for code in codes {
            self.unless(
                seen.insert(code),
                field,
                &format!("{code:?} stands there twice"),
            );
        }
    }

    fn done(self) -> Result<(), AppointmentError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(AppointmentError::Invalid(self.0))
        }
    }
}

/// Every field of a service that says something impossible.
///
/// # Errors
/// [`AppointmentError::Invalid`] with all of them.
pub fn check_service(details: &ServiceDetails) -> Result<(), AppointmentError> {
    let mut found = Found::default();
    found.code(&details.code, "code");
    found.text(&details.name, 1, 120, "name");
    found.text(&details.description, 0, 2_000, "description");
    found.between(details.duration_minutes, 5, 1_440, "duration_minutes");
    found.between(
        details.buffer_before_minutes,
        0,
        720,
        "buffer_before_minutes",
    );
    found.between(details.buffer_after_minutes, 0, 720, "buffer_after_minutes");
    match &details.starts {
        SlotStarts::Fixed { times } => found.between(times.len(), 1, 96, "starts.times"),
        SlotStarts::Every { minutes } => found.between(*minutes, 5, 1_440, "starts.minutes"),
    }
    found.hours(&details.opening_hours, "opening_hours");
    found.between(details.price_minor, 0, MOST_MINOR, "price_minor");
    found.between(
        details.minimum_spend_minor,
        0,
        MOST_MINOR,
        "minimum_spend_minor",
    );
    found.between(details.min_guests, 1, 10_000, "min_guests");
    found.between(details.max_guests, 1, 10_000, "max_guests");
    found.unless(
        details.min_guests <= details.max_guests,
        "max_guests",
        "is less than min_guests",
    );
    if let Some(each) = details.guests_per_station {
        found.between(each, 1, 10_000, "guests_per_station");
    }
    found.between(details.lead_minutes, 0, 525_600, "lead_minutes");
    found.between(details.horizon_days, 1, 730, "horizon_days");
    found.between(
        details.deposit_basis_points,
        0,
        10_000,
        "deposit_basis_points",
    );
    check_fees(details, &mut found);
    check_add_ons(details, &mut found);
    if let Some(travel) = &details.travel {
        check_travel(travel, &mut found);
    }
    found.done()
}

fn check_fees(details: &ServiceDetails, found: &mut Found) {
    let fees = &details.fees;
    found.between(
        fees.no_show_basis_points,
        0,
        10_000,
        "fees.no_show_basis_points",
    );
    found.between(fees.cancellation.len(), 0, 10, "fees.cancellation");
    for step in &fees.cancellation {
        found.between(
            step.hours_before,
            0,
            8_760,
            "fees.cancellation.hours_before",
        );
        found.between(
            step.basis_points,
            0,
            10_000,
            "fees.cancellation.basis_points",
        );
    }
    found.between(details.reminder_hours.len(), 0, 10, "reminder_hours");
    let mut seen = HashSet::new();
    for hours in &details.reminder_hours {
        found.between(*hours, 1, 8_760, "reminder_hours");
        found.unless(seen.insert(hours), "reminder_hours", "holds a number twice");
    }
}

fn check_add_ons(details: &ServiceDetails, found: &mut Found) {
    found.between(details.add_ons.len(), 0, 100, "add_ons");
    found.distinct(
        details.add_ons.iter().map(|one| one.code.as_str()),
        "add_ons",
    );
    for add_on in &details.add_ons {
        found.code(&add_on.code, "add_ons.code");
        found.text(&add_on.name, 1, 120, "add_ons.name");
        found.between(add_on.price_minor, 0, MOST_MINOR, "add_ons.price_minor");
        found.between(add_on.most, 1, 1_000, "add_ons.most");
    }
}

fn check_travel(travel: &Travel, found: &mut Found) {
    match travel {
        Travel::PerMile {
            free_miles,
            fee_minor_per_mile,
            maximum_miles,
            maximum_fee_minor,
        } => {
            found.between(*free_miles, 0, 10_000, "travel.free_miles");
            found.between(
                *fee_minor_per_mile,
                0,
                MOST_MINOR,
                "travel.fee_minor_per_mile",
            );
            found.between(
                maximum_miles.unwrap_or(0),
                0,
                10_000,
                "travel.maximum_miles",
            );
            let most = maximum_fee_minor.unwrap_or(0);
            found.between(most, 0, MOST_MINOR, "travel.maximum_fee_minor");
        }
        Travel::DistanceBands { bands } => {
            found.between(bands.len(), 1, 50, "travel.bands");
            for band in bands {
                found.between(band.up_to_miles, 0, 10_000, "travel.bands.up_to_miles");
                found.between(band.fee_minor, 0, MOST_MINOR, "travel.bands.fee_minor");
            }
        }
        Travel::PostcodeBands { bands } => {
            found.between(bands.len(), 1, 200, "travel.bands");
            for band in bands {
                let plain = band.prefix.bytes().all(|b| b.is_ascii_alphanumeric());
                let fits = plain && (1..=10).contains(&band.prefix.len());
                found.unless(
                    fits,
                    "travel.bands.prefix",
                    "has 1 to 10 letters and digits",
                );
                found.between(band.fee_minor, 0, MOST_MINOR, "travel.bands.fee_minor");
            }
        }
    }
}

/// Every field of a station that says something impossible.
///
/// # Errors
/// [`AppointmentError::Invalid`] with all of them.
pub fn check_station(details: &StationDetails) -> Result<(), AppointmentError> {
    let mut found = Found::default();
    found.code(&details.code, "code");
    found.text(&details.name, 1, 120, "name");
    found.between(details.places, 1, 100, "places");
    found.hours(&details.working_hours, "working_hours");
    found.between(details.services.len(), 0, 200, "services");
    for code in &details.services {
        found.code(code, "services");
    }
    found.distinct(details.services.iter().map(String::as_str), "services");
    found.done()
}

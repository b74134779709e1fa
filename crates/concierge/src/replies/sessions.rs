use motel_appointments::{
    Appointment, AppointmentStatus, Closed, PriceBasis, Service, ServiceDetails, Slot,
};
use motel_kernel::Money;
use motel_tenancy::Property;

use chrono::NaiveTime;

use super::figures::{day, money, time};
use super::voices::Voice;
use crate::dialogue::ContactDraft;
use crate::tools::{AppointmentSeen, TimesFound};

/// What can be had by appointment, a line each, and the question which.
pub(crate) fn services(offered: &[Service]) -> String {
    let lines: Vec<String> = offered.iter().map(line).collect();
    format!(
        "This can be had by appointment:\n{}\n{}",
        lines.join("\n"),
        ask_service()
    )
}

fn line(service: &Service) -> String {
    let details = &service.details;
    format!(
        "• {}: {} minutes, {}",
        details.name,
        details.duration_minutes,
        price(service, details)
    )
}

fn price(service: &Service, details: &ServiceDetails) -> String {
    let amount = money(Money::new(details.price_minor, service.currency));
    match details.price_basis {
        PriceBasis::PerGuest => format!("{amount} a guest"),
        PriceBasis::PerSession => amount,
    }
}

/// Which service?
pub(crate) fn ask_service() -> String {
    "Which one would you like?".to_owned()
}

/// On what day?
pub(crate) fn ask_session_day(service: &Service) -> String {
    format!("On which day would you like {}?", quoted(service))
}

/// For how many?
pub(crate) fn ask_session_guests(service: &Service) -> String {
    format!("For how many guests would {} be?", quoted(service))
}

/// How far?
pub(crate) fn ask_miles() -> String {
    "How many miles from us is the place?".to_owned()
}

/// Where?
pub(crate) fn ask_postcode() -> String {
    "What is the postal code of the place?".to_owned()
}

/// At what time?
pub(crate) fn ask_time() -> String {
    "Which of these times would you like?".to_owned()
}

fn quoted(service: &Service) -> String {
    format!("\"{}\"", service.details.name)
}

/// What is wanted cannot be had at any time.
pub(crate) fn session_refused(reason: &str) -> String {
    format!("I'm sorry, that is not possible: {reason}. What should I change?")
}

/// Nothing is open on a day.
pub(crate) fn no_times(found: &TimesFound) -> String {
    let why = match &found.closed {
        None => "we are not open for it on that day".to_owned(),
        Some(Closed::Blackout(reason)) if reason.is_empty() => {
            "we are closed on that day".to_owned()
        }
        Some(closed) => closed.to_string(),
    };
    format!(
        "I'm sorry, there is no time for {} then: {why}. Would another day suit you?",
        quoted(&found.service)
    )
}

/// The most times one answer names.
const MOST: usize = 12;

/// The open times of a day with the price, and the question which.
pub(crate) fn times(found: &TimesFound, wanted: Option<NaiveTime>, property: &Property) -> String {
    let all: Vec<String> = found
        .open
        .iter()
        .map(|slot| time(wall(slot, property)))
        .collect();
    let shown = all
        .iter()
        .take(MOST)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let more = match all.len() > MOST {
        true => ", and later",
        false => "",
    };
    let refused = wanted.map_or_else(String::new, |at| format!("{} is not free. ", time(at)));
    let date = found
        .open
        .first()
        .map_or_else(String::new, |slot| day(slot.local_day));
    format!(
        "{refused}On {date} {} is free at {shown}{more}, for {} in total. {}",
        quoted(&found.service),
        money(found.price.total),
        ask_time()
    )
}

/// A time that was chosen, with its price.
pub(crate) fn time_priced(found: &TimesFound, slot: &Slot, property: &Property) -> String {
    format!(
        "{} on {} at {} comes to {} in total.",
        found.service.details.name,
        day(slot.local_day),
        time(wall(slot, property)),
        money(found.price.total)
    )
}

fn wall(slot: &Slot, property: &Property) -> NaiveTime {
    slot.starts_at.with_timezone(&property.timezone).time()
}

/// Everything that will be booked, and the question.
pub(crate) fn session_read_back(
    found: &TimesFound,
    slot: &Slot,
    guests: u32,
    contact: &ContactDraft,
    property: &Property,
    voice: &Voice,
) -> String {
    let named = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    format!(
        "Let me read that back:\n• {}\n• {}, {}\n• For {guests}\n• Name: {}\n• E-mail: {}\n• Phone: {}\n• Total with tax: {}\n{}",
        found.service.details.name,
        day(slot.local_day),
        time(wall(slot, property)),
        named(contact.name.as_ref().map(ToString::to_string)),
        named(contact.email.as_ref().map(ToString::to_string)),
        named(contact.phone.as_ref().map(ToString::to_string)),
        money(found.price.total),
        voice.shall_i_book
    )
}

/// The appointment is made.
pub(crate) fn session_booked(
    made: &Appointment,
    service: &str,
    property: &Property,
    voice: &Voice,
) -> String {
    format!(
        "{} Your booking code is {}.\n• {service}\n• {}\n• Total: {}\nA confirmation goes to {}.",
        voice.booked,
        made.code,
        moment(made, property),
        money(made.price.total),
        made.booker.email
    )
}

/// An appointment as its guest asked to see it.
pub(crate) fn session_seen(seen: &AppointmentSeen, property: &Property) -> String {
    let status = match seen.appointment.status {
        AppointmentStatus::Held => "is held",
        AppointmentStatus::Booked => "is booked",
        AppointmentStatus::Completed => "is over",
        AppointmentStatus::Cancelled => "was cancelled",
        AppointmentStatus::NoShow => "was not used",
        AppointmentStatus::Expired => "was not confirmed in time",
    };
    format!(
        "Appointment {} {status}:\n• {}\n• {}\n• For {}\n• Total: {}",
        seen.appointment.code,
        seen.service.details.name,
        moment(&seen.appointment, property),
        seen.appointment.wishes.guests,
        money(seen.appointment.price.total)
    )
}

/// What calling it off costs now, and the question.
pub(crate) fn session_cancellation_offer(seen: &AppointmentSeen, property: &Property) -> String {
    let cost = match seen.fee_now.is_zero() {
        true => "Cancelling is free of charge now.".to_owned(),
        false => format!("Cancelling now costs {}.", money(seen.fee_now)),
    };
    format!(
        "Appointment {}: {}, {}. {cost} Shall I cancel it?",
        seen.appointment.code,
        seen.service.details.name,
        moment(&seen.appointment, property)
    )
}

/// The appointment is called off.
pub(crate) fn session_cancelled(gone: &Appointment) -> String {
    let cost = match gone.fee.filter(|fee| !fee.is_zero()) {
        Some(fee) => format!(" The cancellation fee is {}.", money(fee)),
        None => " There is nothing to pay for it.".to_owned(),
    };
    format!("Appointment {} is cancelled.{cost}", gone.code)
}

/// Appointments are not paid here.
pub(crate) fn session_not_paid_here() -> String {
    "I can't take payments for appointments here. If you like, I'll bring in a colleague: just say \"a person, please\".".to_owned()
}

fn moment(made: &Appointment, property: &Property) -> String {
    let starts = made.starts_at.with_timezone(&property.timezone);
    format!("{}, {}", day(starts.date_naive()), time(starts.time()))
}

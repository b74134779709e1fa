use motel_bookings::{Booking, ReservationStatus};
use motel_inventory::UnitGroup;
use motel_kernel::{Money, Party, StayDates};
use motel_rates::{Offer, PackageOffer};
use motel_tenancy::Property;

use super::figures::{money, party, stay, time};
use super::voices::Voice;
use crate::dialogue::ContactDraft;
use crate::tools::{BookingSeen, Cancelled};

/// Everything that will be booked, and the question.
pub(crate) fn read_back(
    offer: &Offer,
    with: Option<&PackageOffer>,
    dates: StayDates,
    who: Party,
    contact: &ContactDraft,
    voice: &Voice,
) -> String {
    let named = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    let package = with
        .map(|with| format!("\n• With {}", with.name))
        .unwrap_or_default();
    format!(
        "Let me read that back:\n• {}{package}\n• {}\n• {}\n• Name: {}\n• E-mail: {}\n• Phone: {}\n• Total with tax: {}\n{}",
        offer.unit_group.name,
        stay(dates),
        party(who),
        named(contact.name.as_ref().map(ToString::to_string)),
        named(contact.email.as_ref().map(ToString::to_string)),
        named(contact.phone.as_ref().map(ToString::to_string)),
        money(with.map_or(offer.total(), PackageOffer::total)),
        voice.shall_i_book
    )
}

/// The booking is made.
pub(crate) fn booked(
    booking: &Booking,
    group: &UnitGroup,
    property: &Property,
    voice: &Voice,
) -> String {
    format!(
        "{} Your booking code is {}.\n• {}\n• {}\n• Total: {}\nCheck-in is from {}. A confirmation goes to {}.",
        voice.booked,
        booking.code,
        group.name,
        stay(booking.first().dates),
        money(booking.total()),
        time(property.check_in),
        booking.booker.email
    )
}

/// A booking as its guest asked to see it.
pub(crate) fn seen(seen: &BookingSeen) -> String {
    let booking = &seen.booking;
    let status = match booking.status() {
        ReservationStatus::Held => "is held",
        ReservationStatus::Confirmed => "is confirmed",
        ReservationStatus::InHouse => "is under way",
        ReservationStatus::CheckedOut => "is over",
        ReservationStatus::Cancelled => "was cancelled",
        ReservationStatus::NoShow => "was not used",
        ReservationStatus::Expired => "was not confirmed in time",
    };
    format!(
        "Booking {} {status}:\n• {}\n• {}\n• {}\n• Total: {}",
        booking.code,
        seen.unit_group.name,
        stay(booking.first().dates),
        party(booking.first().party),
        money(booking.total())
    )
}

/// What cancelling costs now, and the question.
pub(crate) fn cancellation_offer(seen: &BookingSeen) -> String {
    let booking = &seen.booking;
    let cost = match seen.fee_now.is_zero() {
        true => "Cancelling is free of charge now.".to_owned(),
        false => format!("Cancelling now costs {}.", money(seen.fee_now)),
    };
    format!(
        "Booking {}: {}, {}. {cost} Shall I cancel it?",
        booking.code,
        seen.unit_group.name,
        stay(booking.first().dates)
    )
}

/// The booking is cancelled.
pub(crate) fn cancelled(done: &Cancelled) -> String {
    let fee = done
        .booking
        .cancellation()
        .map(|cancellation| cancellation.fee);
    let cost = match fee.filter(|fee| !fee.is_zero()) {
        Some(fee) => format!(" The cancellation fee is {}.", money(fee)),
        None => " There is nothing to pay for it.".to_owned(),
    };
    let refund = refund(done.refund);
    format!("Booking {} is cancelled.{cost}{refund}", done.booking.code)
}

fn refund(due: Money) -> String {
    match due.is_zero() {
        true => String::new(),
        false => format!(" You get {} back.", money(due)),
    }
}

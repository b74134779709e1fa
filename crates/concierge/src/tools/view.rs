//! What tools answer, as JSON for programs. Amounts are in minor units with their currency, so that a total can be sent back as it was said.

use motel_appointments::commands::Effect;
use motel_appointments::{Appointment, Service};
use motel_billing::IssuedLink;
use motel_inventory::UnitGroup;
use motel_kernel::{Currency, Money};
use motel_knowledge::Passage;
use motel_leads::commands::Captured;
use motel_rates::{Alternative, Offer, Package};
use motel_tenancy::Policies;
use serde_json::{Value, json};

use super::{AppointmentSeen, BookingSeen, Cancelled, Payable, RoomsFound, TimesFound};
use crate::replies;

/// What is free, what is not and why, and when else something is.
pub fn rooms(found: &RoomsFound) -> Value {
    let refused = found.result.unavailable.iter().map(|it| {
        json!({
            "room_type": it.unit_group.code,
            "name": it.unit_group.name,
            "code": it.reason.code(),
            "why": it.reason.to_string(),
        })
    });
    let others = found.alternatives.iter().map(other_dates);
    json!({
        "free": offers(&found.result.offers),
        "not_free": refused.collect::<Vec<_>>(),
        "other_dates": others.collect::<Vec<_>>(),
    })
}

fn other_dates(other: &Alternative) -> Value {
    json!({
        "check_in": other.stay.arrival(),
        "check_out": other.stay.departure(),
        "rooms": offers(&other.offers),
    })
}

fn offers(offers: &[Offer]) -> Vec<Value> {
    let offer = |offer: &Offer| {
        json!({
            "room_type": offer.unit_group.code,
            "name": offer.unit_group.name,
            "beds": offer.unit_group.beds,
            "total": offer.total(),
            "total_in_words": replies::money(offer.total()),
            "free_cancellation_until": offer.terms().free_cancellation_until(),
        })
    };
    offers.iter().map(offer).collect()
}

/// Packages in the words in which guests read them.
pub fn packages(valid: &[Package], currency: Currency) -> Value {
    json!({ "on_offer": replies::packages(valid, currency) })
}

/// A booking as its guest sees it, and what cancelling it now would cost.
pub fn booking(seen: &BookingSeen) -> Value {
    let BookingSeen {
        booking,
        unit_group: UnitGroup { code, name, .. },
        fee_now,
    } = seen;
    let stay = booking.first();
    json!({
        "code": booking.code,
        "status": booking.status(),
        "check_in": stay.dates.arrival(),
        "check_out": stay.dates.departure(),
        "nights": stay.dates.night_count(),
        "rooms": booking.reservations.len(),
        "room_type": code,
        "room_name": name,
        "adults": stay.party.adults(),
        "children": stay.party.children(),
        "pets": stay.party.pets(),
        "full_name": booking.booker.name,
        "email": booking.booker.email,
        "total": booking.total(),
        "total_in_words": replies::money(booking.total()),
        "free_cancellation_until": booking.free_until(),
        "cancellation_fee_now": fee_now,
    })
}

/// A cancelled booking: what it cost, and what the guest gets back.
pub fn cancelled(cancelled: &Cancelled) -> Value {
    let fee = cancelled.booking.cancellation().map(|it| it.fee);
    json!({
        "code": cancelled.booking.code,
        "status": cancelled.booking.status(),
        "fee": fee,
        "refund": cancelled.refund,
    })
}

/// Services by appointment.
pub fn services(found: &[Service]) -> Value {
    let service = |service: &Service| {
        let details = &service.details;
        json!({
            "service": details.code,
            "name": details.name,
            "description": details.description,
            "duration_minutes": details.duration_minutes,
            "price": Money::new(details.price_minor, service.currency),
            "price_basis": details.price_basis,
            "guests_at_least": details.min_guests,
            "guests_at_most": details.max_guests,
        })
    };
    json!({ "services": found.iter().map(service).collect::<Vec<_>>() })
}

/// The open times of a day, and the price at any of them.
pub fn times(found: &TimesFound) -> Value {
    let slot = |slot: &motel_appointments::Slot| json!({ "starts_at": slot.starts_at, "ends_at": slot.ends_at });
    let closed = found
        .closed
        .as_ref()
        .map(|closed| json!({ "code": closed.code(), "why": closed.to_string() }));
    json!({
        "service": found.service.details.code,
        "open": found.open.iter().map(slot).collect::<Vec<_>>(),
        "closed": closed,
        "total": found.price.total,
        "total_in_words": replies::money(found.price.total),
        "deposit": found.price.deposit,
    })
}

/// An appointment as its guest sees it.
pub fn appointment(appointment: &Appointment) -> Value {
    json!({
        "code": appointment.code,
        "status": appointment.status,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "day": appointment.local_day,
        "guests": appointment.wishes.guests,
        "full_name": appointment.booker.name,
        "email": appointment.booker.email,
        "total": appointment.price.total,
        "total_in_words": replies::money(appointment.price.total),
    })
}

/// The same with what it is, and what calling it off now would cost.
pub fn appointment_seen(seen: &AppointmentSeen) -> Value {
    let mut shown = appointment(&seen.appointment);
    if let Some(fields) = shown.as_object_mut() {
        let service = &seen.service.details;
        fields.insert("service".to_owned(), json!(service.code));
        fields.insert("service_name".to_owned(), json!(service.name));
        fields.insert("cancellation_fee_now".to_owned(), json!(seen.fee_now));
    }
    shown
}

/// An appointment that was called off, and what that cost.
pub fn called_off(effect: &Effect) -> Value {
    json!({
        "code": effect.appointment.code,
        "status": effect.appointment.status,
        "fee": effect.fee,
    })
}

/// A lead.
pub fn lead(captured: &Captured) -> Value {
    json!({ "lead": captured.lead.number.to_string(), "known_before": !captured.created })
}

/// Passages with where they stand, and the rule of the house on what was asked.
pub fn passages(found: &[Passage], question: &str, policies: &Policies) -> Value {
    let topic = Policies::match_question(question);
    let policy = topic.and_then(|topic| policies.answer(topic));
    let passage = |it: &Passage| {
        json!({
            "document": it.title,
            "source": it.source,
            "heading": it.heading,
            "text": it.text,
            "fits": it.tier,
        })
    };
    json!({
        "passages": found.iter().map(passage).collect::<Vec<_>>(),
        "rule_of_the_house": policy.map(|policy| policy.text),
    })
}

/// That a person will see to it.
pub fn handed_over() -> Value {
    json!({ "handed_over": true })
}

/// A page at which a guest can pay.
pub fn payment_link(issued: &IssuedLink) -> Value {
    json!({
        "url": issued.url,
        "amount": issued.link.amount,
        "amount_in_words": replies::money(issued.link.amount),
    })
}

/// What a page would ask for.
pub fn payable(payable: &Payable) -> Value {
    json!({
        "amount": payable.amount,
        "amount_in_words": replies::money(payable.amount),
    })
}

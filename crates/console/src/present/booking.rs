use motel_billing::Account;
use motel_bookings::Booking;
use motel_rates::StayPrice;
use motel_tenancy::Property;
use motel_web::words;

use super::{Rooms, status};
use crate::view::{BookingView, PostingRow};

/// What the desk sees of a booking.
pub(crate) fn booking(
    booking: &Booking,
    account: &Account,
    rooms: &Rooms,
    property: &Property,
) -> BookingView {
    let (status, tone) = status(booking.status());
    let posted = account.postings.iter().map(|posting| PostingRow {
        when: words::moment(posting.posted_at, property.timezone),
        what: posting.description.clone(),
        kind: posting.kind.to_string(),
        amount: posting.amount.to_string(),
    });
    let pending = account.pending.iter().map(|line| PostingRow {
        when: "still to come".to_owned(),
        what: line.description.clone(),
        kind: line.kind.to_string(),
        amount: line.amount.to_string(),
    });
    BookingView {
        code: booking.code.to_string(),
        guest: booking.booker.name.to_string(),
        status,
        tone,
        facts: facts(booking, rooms, property),
        lines: booking
            .standing()
            .flat_map(|it| lines(&it.price, property))
            .collect(),
        total: booking.total().to_string(),
        postings: posted.chain(pending).collect(),
        balance: account.balance.to_string(),
    }
}

fn facts(booking: &Booking, rooms: &Rooms, property: &Property) -> Vec<(&'static str, String)> {
    let (stay, zone) = (booking.first(), property.timezone);
    let mut facts = vec![
        ("Room", rooms.name(stay)),
        ("Check-in", words::day(stay.dates.arrival())),
        ("Check-out", words::day(stay.dates.departure())),
        ("Nights", stay.dates.night_count().to_string()),
        ("Guests", words::party(stay.party)),
        ("E-mail", booking.booker.email.to_string()),
    ];
    if let Some(phone) = &booking.booker.phone {
        facts.push(("Phone", phone.to_string()));
    }
    facts.push((
        "Booked",
        format!(
            "{} by {}",
            words::moment(booking.created_at, zone),
            booking.source
        ),
    ));
    match (booking.cancellation(), booking.free_until()) {
        (Some(cancelled), _) => facts.push(("Cancelled", words::moment(cancelled.at, zone))),
        (None, Some(until)) => facts.push(("Free to cancel until", words::moment(until, zone))),
        (None, None) => {}
    }
    facts
}

fn lines(price: &StayPrice, property: &Property) -> Vec<(String, String)> {
    let nights = price
        .nights
        .iter()
        .map(|night| (words::short_day(night.date), night.price));
    let pet_fee = (!price.pet_fee.is_zero()).then(|| ("Pet fee".to_owned(), price.pet_fee));
    let tax = (!price.tax.is_zero()).then(|| (property.tax.name.clone(), price.tax));
    let all = nights.chain(pet_fee).chain(tax);
    all.map(|(label, amount)| (label, amount.to_string()))
        .collect()
}

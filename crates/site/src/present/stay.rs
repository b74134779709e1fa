use motel_bookings::Booking;
use motel_inventory::UnitGroup;
use motel_kernel::{Party, StayDates};
use motel_rates::{Offer, StayPrice};
use motel_tenancy::Property;
use motel_web::words;

use crate::view::{Line, StayView};

/// Each night, the pet fee and the tax of a price.
pub(crate) fn lines(price: &StayPrice, property: &Property) -> Vec<Line> {
    let nights = price
        .nights
        .iter()
        .map(|night| (words::short_day(night.date), night.price));
    let pet_fee = (!price.pet_fee.is_zero()).then(|| ("Pet fee".to_owned(), price.pet_fee));
    let tax = (!price.tax.is_zero()).then(|| (property.tax.name.clone(), price.tax));
    let included = (!price.included_tax.is_zero()).then(|| {
        (
            format!("of which {}", property.tax.name),
            price.included_tax,
        )
    });
    nights
        .chain(pet_fee)
        .chain(tax)
        .chain(included)
        .map(|(label, amount)| Line {
            label,
            amount: amount.to_string(),
        })
        .collect()
}

/// The stay an offer is for.
pub(crate) fn stay_of_offer(
    offer: &Offer,
    dates: StayDates,
    party: Party,
    property: &Property,
) -> StayView {
    stay(&offer.unit_group, dates, party, offer.price(), property)
}

/// The stay of a booking.
pub(crate) fn stay_of_booking(
    booking: &Booking,
    group: &UnitGroup,
    property: &Property,
) -> StayView {
    let first = booking.first();
    let of_first = stay(group, first.dates, first.party, &first.price, property);
    let others = booking.standing().filter(|it| it.id != first.id);
    StayView {
        lines: of_first
            .lines
            .into_iter()
            .chain(others.flat_map(|it| lines(&it.price, property)))
            .collect(),
        total: booking.total().to_string(),
        ..of_first
    }
}

fn stay(
    group: &UnitGroup,
    dates: StayDates,
    party: Party,
    price: &StayPrice,
    property: &Property,
) -> StayView {
    StayView {
        room_code: group.code.clone(),
        room_name: group.name.clone(),
        arrive: format!(
            "{}, {}",
            words::short_day(dates.arrival()),
            words::time(property.check_in)
        ),
        leave: format!(
            "{}, {}",
            words::short_day(dates.departure()),
            words::time(property.check_out)
        ),
        party: words::party(party),
        lines: lines(price, property),
        total: price.total.to_string(),
    }
}

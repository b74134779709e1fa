//! What there is by appointment, as a model is told.

use motel_appointments::{PriceBasis, Service, Slot, Travel};
use motel_kernel::Money;
use motel_tenancy::Property;
use serde_json::{Value, json};

use chrono::NaiveDate;

use crate::replies;
use crate::tools::TimesFound;

/// The most times that are told of one day.
const MOST: usize = 60;

/// What can be had by appointment.
pub(super) fn services(offered: &[Service]) -> Value {
    offered.iter().map(service).collect()
}

fn service(service: &Service) -> Value {
    let details = &service.details;
    let amount = |minor: i64| replies::money(Money::new(minor, service.currency));
    let price = amount(details.price_minor);
    let price = match details.price_basis {
        PriceBasis::PerGuest => format!("{price} a guest"),
        PriceBasis::PerSession => format!("{price} in all"),
    };
    let least = (details.minimum_spend_minor > 0).then(|| amount(details.minimum_spend_minor));
    let travels = details.travel.as_ref().map(|travel| match travel {
        Travel::PerMile { .. } | Travel::DistanceBands { .. } => {
            "at the guest's place: ask for the miles"
        }
        Travel::PostcodeBands { .. } => "at the guest's place: ask for the postcode",
    });
    json!({
        "service": details.code, "name": details.name, "description": details.description,
        "minutes": details.duration_minutes, "price": price, "at_least_in_all": least,
        "fewest_guests": details.min_guests, "most_guests": details.max_guests,
        "takes_place": travels,
    })
}

/// The open times of a day, what one costs, and why there is none.
pub(super) fn times(found: &TimesFound, day: NaiveDate, guests: u32, property: &Property) -> Value {
    let time = |slot: &Slot| {
        let wall = slot.starts_at.with_timezone(&property.timezone).time();
        json!({ "time": wall.format("%H:%M").to_string(), "in_words": replies::time(wall) })
    };
    let closed = found.open.is_empty().then(|| match &found.closed {
        Some(closed) => closed.to_string(),
        None => "not open for it on that day".to_owned(),
    });
    json!({
        "service": found.service.details.code, "name": found.service.details.name,
        "day": day, "day_in_words": replies::day(day), "guests": guests,
        "open": found.open.iter().take(MOST).map(time).collect::<Vec<_>>(),
        "not_open_because": closed,
        "total_with_tax": replies::money(found.price.total),
    })
}

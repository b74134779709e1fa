use std::ops::RangeInclusive;

use motel_appointments::{PriceBasis, WallTime};
use motel_kernel::Currency;
use motel_onboarding::setup::{MOST_ROOMS, OpenDays, RoomOffer, ServiceOffer};
use motel_web::FieldErrors;
use serde::Deserialize;

use super::TypedAmount;

/// A room type, as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawRooms {
    pub(crate) name: String,
    pub(crate) beds: String,
    pub(crate) count: String,
    pub(crate) sleeps: String,
    pub(crate) price: String,
}

impl RawRooms {
    /// The same, parsed; the price is in the property's currency.
    pub(crate) fn offer(&self, currency: Currency) -> Result<RoomOffer, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.text("name", &self.name, 1..=80);
        let beds = errors.text("beds", &self.beds, 0..=120);
        let count = number(&mut errors, "count", &self.count, 1..=MOST_ROOMS.into());
        let sleeps = number(&mut errors, "sleeps", &self.sleeps, 1..=40);
        let price = price(&mut errors, "price", &self.price, currency);
        let offer = || {
            Some(RoomOffer {
                name: name?,
                beds: beds?,
                count: u16::try_from(count?).ok()?,
                sleeps: i16::try_from(sleeps?).ok()?,
                price: price?,
            })
        };
        let offer = offer();
        offer.ok_or(errors)
    }
}

/// A service, as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawService {
    pub(crate) name: String,
    pub(crate) minutes: String,
    pub(crate) price: String,
    pub(crate) basis: String,
    pub(crate) guests: String,
    pub(crate) days: String,
    pub(crate) from: String,
    pub(crate) until: String,
    pub(crate) station: String,
}

impl RawService {
    /// The same, parsed; the price is in the property's currency.
    pub(crate) fn offer(&self, currency: Currency) -> Result<ServiceOffer, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.text("name", &self.name, 1..=120);
        let station = errors.text("station", &self.station, 1..=120);
        let minutes = number(&mut errors, "minutes", &self.minutes, 15..=720);
        let guests = number(&mut errors, "guests", &self.guests, 1..=200);
        let price = price(&mut errors, "price", &self.price, currency);
        let basis = self.basis.parse::<PriceBasis>();
        let basis = errors.check("basis", basis.map_err(|_| "must be chosen"));
        let days = match self.days.as_str() {
            "workdays" => Ok(OpenDays::Workdays),
            "weekends" => Ok(OpenDays::Weekends),
            "every" => Ok(OpenDays::Every),
            _ => Err("must be chosen"),
        };
        let days = errors.check("days", days);
        let from = errors.check("from", self.from.trim().parse::<WallTime>());
        let until = errors.check("until", self.until.trim().parse::<WallTime>());
        let offer = || {
            Some(ServiceOffer {
                name: name?,
                minutes: minutes?,
                price: price?,
                basis: basis?,
                most_guests: guests?,
                days: days?,
                from: from?,
                until: until?,
                station: station?,
            })
        };
        let offer = offer();
        offer.ok_or(errors)
    }
}

fn number(
    errors: &mut FieldErrors,
    field: &str,
    text: &str,
    range: RangeInclusive<u32>,
) -> Option<u32> {
    let read = text.trim().parse().ok();
    let fits = read.filter(|number| range.contains(number));
    let wrong = || format!("must be a number from {} to {}", range.start(), range.end());
    errors.check(field, fits.ok_or_else(wrong))
}

/// An amount of more than nothing.
pub(super) fn price(
    errors: &mut FieldErrors,
    field: &str,
    text: &str,
    currency: Currency,
) -> Option<motel_kernel::Money> {
    let typed = errors.check(field, TypedAmount::parse(text))?;
    let wrong = "must be more than nothing, and have no more decimals than the currency";
    errors.check(field, typed.in_currency(currency).ok_or(wrong))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn rooms(count: &str, price: &str) -> RawRooms {
        RawRooms {
            name: "Standard Queen".to_owned(),
            beds: String::new(),
            count: count.to_owned(),
            sleeps: "2".to_owned(),
            price: price.to_owned(),
        }
    }

    #[test]
    fn rooms_are_read_in_the_currency_of_the_house() {
        let offer = rooms("3", "120.50").offer(Currency::USD).unwrap();
        assert_eq!((offer.count, offer.price.minor()), (3, 12_050));
        for (count, price, field) in [
            ("0", "120", "count"),
            ("201", "120", "count"),
            ("three", "120", "count"),
            ("3", "0", "price"),
            ("3", "-5", "price"),
            ("3", "1.234", "price"),
        ] {
            let refused = rooms(count, price).offer(Currency::USD).unwrap_err();
            assert_eq!(refused.as_slice()[0].field, field, "{count} {price}");
        }
    }

    #[test]
    fn a_service_must_say_when_and_by_whom() {
        let refused = RawService::default().offer(Currency::USD).unwrap_err();
        assert_eq!(refused.as_slice().len(), 9);
    }
}

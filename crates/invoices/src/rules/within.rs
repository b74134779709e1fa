//! The taxes that the price of a night holds.

use chrono::NaiveDate;
use motel_bookings::Booking;
use motel_kernel::{Money, MoneyError, ReservationId};

use super::TaxNames;
use crate::TaxWithin;

/// The taxes within an amount that charges a night, or takes one back. Nothing is known of them where the night has another
/// price by now than was charged.
pub(super) fn taxes_within(
    booking: &Booking,
    night: Option<(ReservationId, NaiveDate)>,
    amount: Money,
    names: &TaxNames<'_>,
) -> Result<Vec<TaxWithin>, MoneyError> {
    let Some((reservation, date)) = night else {
        return Ok(Vec::new());
    };
    let mut stays = booking.reservations.iter();
    let Some(price) = stays.find(|it| it.id == reservation).map(|it| &it.price) else {
        return Ok(Vec::new());
    };
    let arrival = price.nights.first().map(|night| night.date);
    let priced = price.nights.iter().find(|night| night.date == date);
    let sign = match priced.map(|night| night.price) {
        Some(price) if price == amount => 1,
        Some(price) if price.negated()? == amount => -1,
        _ => return Ok(Vec::new()),
    };
    let of_night = price
        .taxes
        .iter()
        .filter(|tax| tax.included && tax.date.or(arrival) == Some(date));
    of_night
        .map(|tax| {
            Ok(TaxWithin {
                tax: names.name(&tax.code, Some(date), &tax.name),
                amount: tax.amount.times(sign)?,
            })
        })
        .collect()
}

use chrono::NaiveDate;
use motel_bookings::Booking;
use motel_kernel::{Money, MoneyError};

use crate::PostingKind;
use crate::model::Line;

/// The lines a new booking owes: one for each night, one for the animals, one for the tax on top. Together they are the
/// total the guest agreed to, whatever rounding went into it: the tax line is what the others leave of it, and there is
/// none where prices hold the tax already.
pub(crate) fn opening_lines(booking: &Booking) -> Result<Vec<Line>, MoneyError> {
    let price = &booking.first().price;
    let mut lines: Vec<Line> = price
        .nights
        .iter()
        .map(|night| night_line(night.date, night.price))
        .collect();
    if !price.pet_fee.is_zero() {
        lines.push(line(PostingKind::Fee, "Pet fee", price.pet_fee, "pets"));
    }
    let mut tax = price.total;
    for line in &lines {
        tax = tax.minus(line.amount)?;
    }
    if !tax.is_zero() {
        lines.push(line(PostingKind::Tax, "Tax", tax, "tax"));
    }
    Ok(lines)
}

fn night_line(night: NaiveDate, price: Money) -> Line {
    Line {
        service_date: Some(night),
        ..line(
            PostingKind::Charge,
            &format!("Room, {}", night.format("%a %-d %b %Y")),
            price,
            &format!("room:{night}"),
        )
    }
}

fn line(kind: PostingKind, description: &str, amount: Money, source: &str) -> Line {
    Line {
        kind,
        description: description.to_owned(),
        service_date: None,
        amount,
        reverses: None,
        source: source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::Utc;
    use motel_bookings::{Booker, BookingSource, Reservation, ReservationStatus, Terms};
    use motel_kernel::{
        BasisPoints, BookingCode, BookingId, Currency, GuestId, Party, PropertyId, ReservationId,
        StayDates, UnitGroupId,
    };
    use motel_rates::{NightPrice, StayPrice};
    use proptest::prelude::*;

    use super::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    fn price(
        dates: StayDates,
        nights: &[i64],
        pet_fee: i64,
        tax: u32,
        included: bool,
    ) -> StayPrice {
        let nights: Vec<NightPrice> = dates
            .nights()
            .zip(nights)
            .map(|(date, minor)| NightPrice {
                date,
                rate_plan: "standard".to_owned(),
                price: usd(*minor),
                parts: Vec::new(),
            })
            .collect();
        let rooms = nights.iter().map(|night| night.price);
        let subtotal = Money::total(rooms.chain([usd(pet_fee)]), Currency::USD).unwrap();
        let share = subtotal.share(BasisPoints::new(tax).unwrap()).unwrap();
        let (tax, included_tax) = if included {
            (usd(0), share)
        } else {
            (share, usd(0))
        };
        StayPrice {
            nights,
            fees: Vec::new(),
            taxes: Vec::new(),
            promo: None,
            pet_fee: usd(pet_fee),
            subtotal,
            tax,
            included_tax,
            total: subtotal.plus(tax).unwrap(),
        }
    }

    fn booking(dates: StayDates, price: StayPrice) -> Booking {
        let id = BookingId::new();
        let property = PropertyId::new();
        Booking {
            id,
            code: BookingCode::random(),
            property,
            quote: None,
            source: BookingSource::Web,
            booker: Booker {
                guest: GuestId::new(),
                name: "Ana Souza".to_owned().try_into().unwrap(),
                email: "ana@example.com".parse().unwrap(),
                phone: None,
            },
            reservations: vec![Reservation {
                id: ReservationId::new(),
                booking: id,
                property,
                ordinal: 1,
                unit_group: UnitGroupId::new(),
                unit: None,
                pinned: false,
                dates,
                party: Party::new(1, 0, 0).unwrap(),
                child_ages: Vec::new(),
                status: ReservationStatus::Confirmed,
                rate_plan: "standard".to_owned(),
                promo: None,
                terms: Terms {
                    check_in: chrono::NaiveTime::MIN,
                    check_out: chrono::NaiveTime::MIN,
                    cancellation: Vec::new(),
                    no_show_fee: usd(0),
                },
                price,
                hold_expires_at: None,
                checked_in_at: None,
                checked_out_at: None,
                cancellation: None,
                created_at: Utc::now(),
                updated_at: Utc::now(),
                version: 1,
            }],
            created_at: Utc::now(),
            updated_at: Utc::now(),
            version: 1,
        }
    }

    proptest! {
        #[test]
        fn the_lines_add_up_to_the_total_and_no_source_comes_twice(
            nights in proptest::collection::vec(0_i64..5_000_000, 1..60),
            pet_fee in 0_i64..100_000,
            tax in 0_u32..5_000,
            included in any::<bool>(),
        ) {
            let arrival = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
            let dates = StayDates::from_nights(arrival, u32::try_from(nights.len()).unwrap()).unwrap();
            let price = price(dates, &nights, pet_fee, tax, included);
            let expected_tax = price.tax;
            let booking = booking(dates, price);

            let lines = opening_lines(&booking).unwrap();

            let sum = Money::total(lines.iter().map(|line| line.amount), Currency::USD).unwrap();
            prop_assert_eq!(sum, booking.total());
            let posted_tax = lines.iter().find(|line| line.kind == PostingKind::Tax);
            prop_assert_eq!(posted_tax.map_or(usd(0), |line| line.amount), expected_tax);
            let charges = lines.iter().filter(|line| line.kind == PostingKind::Charge);
            prop_assert_eq!(charges.count(), nights.len());
            let sources: std::collections::HashSet<&str> = lines.iter().map(|line| line.source.as_str()).collect();
            prop_assert_eq!(sources.len(), lines.len());
        }
    }
}

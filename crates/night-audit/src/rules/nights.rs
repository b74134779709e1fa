use chrono::NaiveDate;
use motel_kernel::{Money, MoneyError, StayDates};
use motel_rates::{PriceLine, StayPrice};

/// The nights of a stay that have begun when `business_date` is closed. The last one is its own; earlier ones are due
/// where the guest came later than expected. Which of them were charged before, the books know.
pub fn nights_to_charge(stay: StayDates, business_date: NaiveDate) -> Vec<NaiveDate> {
    stay.nights()
        .filter(|night| *night <= business_date)
        .collect()
}

/// What of a price is charged for a night.
pub fn charges(price: &StayPrice, night: NaiveDate) -> Vec<PriceLine> {
    let mut lines = price.postings();
    lines.retain(|line| line.date == night);
    lines
}

/// What a night brings for the room alone: its price without the part that is tax. Where prices hold the tax, a night has
/// the share of it that it has of the subtotal, rounded half up.
///
/// # Errors
/// The amounts do not fit.
pub fn net_room_rate(price: &StayPrice, night: NaiveDate) -> Result<Money, MoneyError> {
    let nothing = Money::zero(price.total.currency());
    let of_night = price.nights.iter().find(|it| it.date == night);
    let gross = of_night.map_or(nothing, |it| it.price);
    let (tax, all) = (price.included_tax.minor(), price.subtotal.minor());
    if all <= 0 || tax == 0 {
        return Ok(gross);
    }
    let (tax, all) = (i128::from(tax) * i128::from(gross.minor()), i128::from(all));
    let share = (2 * tax + all).div_euclid(2 * all);
    let share = i64::try_from(share).map_err(|_| MoneyError::Overflow)?;
    gross.minus(Money::new(share, nothing.currency()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::Currency;
    use motel_rates::NightPrice;

    use super::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
    }

    fn price(nights: &[(u32, i64)], tax: i64, included_tax: i64) -> StayPrice {
        let rooms = nights.iter().map(|(_, minor)| minor).sum();
        StayPrice {
            nights: nights
                .iter()
                .map(|(date, minor)| NightPrice {
                    date: day(*date),
                    rate_plan: "standard".to_owned(),
                    price: usd(*minor),
                    parts: Vec::new(),
                })
                .collect(),
            fees: Vec::new(),
            taxes: Vec::new(),
            promo: None,
            package: None,
            pet_fee: usd(0),
            subtotal: usd(rooms),
            tax: usd(tax),
            included_tax: usd(included_tax),
            total: usd(rooms + tax),
        }
    }

    #[test]
    fn nights_are_charged_as_they_pass_and_late_comers_make_up_for_theirs() {
        let stay = StayDates::new(day(4), day(7)).unwrap();
        assert_eq!(nights_to_charge(stay, day(3)), []);
        assert_eq!(nights_to_charge(stay, day(4)), [day(4)]);
        assert_eq!(nights_to_charge(stay, day(5)), [day(4), day(5)]);
        // Whoever overstays is charged no night that was not sold.
        assert_eq!(nights_to_charge(stay, day(9)), [day(4), day(5), day(6)]);
    }

    #[test]
    fn every_cent_is_charged_on_some_night() {
        let price = price(&[(4, 16_800), (5, 14_000)], 3_696, 0);
        let sum = |night| -> i64 {
            let lines = charges(&price, night);
            lines.iter().map(|line| line.amount.minor()).sum()
        };
        assert_eq!(sum(day(4)) + sum(day(5)), price.total.minor());
        assert_eq!(sum(day(6)), 0);
    }

    #[test]
    fn the_room_rate_is_without_the_tax_that_is_in_it() {
        let on_top = price(&[(4, 16_800)], 2_016, 0);
        assert_eq!(net_room_rate(&on_top, day(4)), Ok(usd(16_800)));
        let within = price(&[(4, 11_000), (5, 5_500)], 0, 1_500);
        assert_eq!(net_room_rate(&within, day(4)), Ok(usd(10_000)));
        assert_eq!(net_room_rate(&within, day(5)), Ok(usd(5_000)));
        assert_eq!(net_room_rate(&within, day(6)), Ok(usd(0)));
    }
}

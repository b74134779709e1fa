use motel_kernel::Money;

/// A day in figures.
///
/// The denominator of occupancy and `RevPAR` is the units that could be sold: all but those out of order. Room revenue is
/// net of taxes and without fees, so `ADR × occupancy = RevPAR` but for rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statistics {
    /// The units of the property.
    pub units: u32,
    /// Of these, the ones that could not be sold.
    pub out_of_order: u32,
    /// The units that guests slept in.
    pub sold: u32,
    /// What the night brought for the rooms alone.
    pub room_revenue: Money,
}

impl Statistics {
    /// The units that could be sold.
    pub fn available(&self) -> u32 {
        self.units.saturating_sub(self.out_of_order)
    }

    /// The share of the available units that was sold, in hundredths of a percent, rounded half up.
    pub fn occupancy_basis_points(&self) -> i64 {
        divided(i128::from(self.sold) * 10_000, self.available())
    }

    /// The average daily rate: room revenue for each unit sold.
    pub fn average_daily_rate(&self) -> Money {
        self.revenue_per(self.sold)
    }

    /// `RevPAR`: room revenue for each available unit.
    pub fn revenue_per_available_unit(&self) -> Money {
        self.revenue_per(self.available())
    }

    fn revenue_per(&self, count: u32) -> Money {
        let minor = divided(self.room_revenue.minor().into(), count);
        Money::new(minor, self.room_revenue.currency())
    }
}

/// Rounded half up; nothing for each of none.
fn divided(amount: i128, count: u32) -> i64 {
    if count == 0 {
        return 0;
    }
    let count = i128::from(count);
    let rounded = (2 * amount + count).div_euclid(2 * count);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::Currency;
    use proptest::prelude::*;

    use super::*;

    fn day(units: u32, out_of_order: u32, sold: u32, revenue: i64) -> Statistics {
        Statistics {
            units,
            out_of_order,
            sold,
            room_revenue: Money::new(revenue, Currency::USD),
        }
    }

    #[test]
    fn ten_units_one_broken_six_sold() {
        let day = day(10, 1, 6, 85_000);
        assert_eq!(day.occupancy_basis_points(), 6_667);
        assert_eq!(day.average_daily_rate().minor(), 14_167);
        assert_eq!(day.revenue_per_available_unit().minor(), 9_444);
    }

    #[test]
    fn an_empty_house_and_no_house_have_figures_of_nothing() {
        for empty in [day(10, 0, 0, 0), day(0, 0, 0, 0), day(3, 3, 0, 0)] {
            assert_eq!(empty.occupancy_basis_points(), 0);
            assert_eq!(empty.average_daily_rate().minor(), 0);
            assert_eq!(empty.revenue_per_available_unit().minor(), 0);
        }
    }

    proptest! {
        /// RevPAR is ADR times occupancy, but for what rounding each of them takes away.
        #[test]
        fn rev_par_is_the_rate_times_the_occupancy(
            available in 1_u32..5_000,
            share in 0_u32..=100,
            revenue in 0_i64..1_000_000_000,
        ) {
            let sold = available * share / 100;
            let day = day(available, 0, sold, if sold == 0 { 0 } else { revenue });
            let (rate, rev_par) = (day.average_daily_rate().minor(), day.revenue_per_available_unit().minor());
            let product = i128::from(rate) * i128::from(sold) / i128::from(available);
            prop_assert!((product - i128::from(rev_par)).abs() <= 1, "{product} {rev_par}");
        }
    }
}

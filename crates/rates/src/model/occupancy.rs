use motel_kernel::Party;
use serde::{Deserialize, Serialize};

use crate::Change;

/// What the number of guests does to the price of a night.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct OccupancyPrices {
    /// How many adults the price of a night is for.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 20))]
    pub included_adults: u8,
    /// What is done to the price when one guest comes alone.
    #[serde(default)]
    pub single_use: Option<Change>,
    /// For each adult more than included, per night, in minor units.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000_000_i64))]
    pub extra_adult_minor: i64,
    /// For children, by age, the youngest first. A child older than every band counts as an adult; without any band
    /// children cost nothing.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(max_items = 10))]
    pub children: Vec<ChildBand>,
}

/// What a child of some ages costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct ChildBand {
    /// The first age too old for the band.
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 18))]
    pub until_age: u8,
    /// Per child and night, in minor units.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000_000_i64))]
    pub amount_minor: i64,
}

/// The guests of a night as prices count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guests {
    adults: u8,
    /// In minor units.
    children: i64,
    alone: bool,
}

impl OccupancyPrices {
    /// Who comes, by the bands of these prices. A child of unknown age is taken for one of the dearest band.
    pub(crate) fn guests(&self, party: Party, child_ages: &[u8]) -> Guests {
        let dearest = self.children.iter().map(|band| band.amount_minor).max();
        let mut guests = Guests {
            adults: party.adults(),
            children: 0,
            alone: party.guests() == 1,
        };
        for child in 0..usize::from(party.children()) {
            let Some(dearest) = dearest else { break };
            match child_ages.get(child).map(|age| self.band(*age)) {
                None => guests.children = guests.children.saturating_add(dearest),
                Some(Some(amount)) => guests.children = guests.children.saturating_add(amount),
                Some(None) => guests.adults = guests.adults.saturating_add(1),
            }
        }
        guests
    }

    fn band(&self, age: u8) -> Option<i64> {
        let mut bands = self.children.iter();
        bands
            .find(|band| age < band.until_age)
            .map(|band| band.amount_minor)
    }

    /// What is done to the price of a night for these guests.
    pub(crate) fn change(&self, guests: Guests) -> Change {
        if guests.alone
            && let Some(change) = self.single_use
        {
            return change;
        }
        let extra = i64::from(guests.adults.saturating_sub(self.included_adults));
        let adults = self.extra_adult_minor.saturating_mul(extra);
        Change::amount(adults.saturating_add(guests.children))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn family() -> OccupancyPrices {
        let band = |until_age, amount_minor| ChildBand {
            until_age,
            amount_minor,
        };
        OccupancyPrices {
            included_adults: 2,
            single_use: Some(Change::percent(-1_000)),
            extra_adult_minor: 2_500,
            children: vec![band(3, 0), band(12, 1_500)],
        }
    }

    fn change(adults: i64, children: i64, ages: &[u8]) -> Change {
        let prices = family();
        let party = Party::new(adults, children, 0).unwrap();
        prices.change(prices.guests(party, ages))
    }

    #[test]
    fn adults_children_and_loners_have_their_prices() {
        assert_eq!(change(2, 0, &[]), Change::default());
        assert_eq!(change(1, 0, &[]), Change::percent(-1_000));
        assert_eq!(change(4, 0, &[]), Change::amount(5_000));
        assert_eq!(change(2, 2, &[2, 3]), Change::amount(1_500));
        // A child with one adult is not single use, and the adult's place is not the child's.
        assert_eq!(change(1, 1, &[5]), Change::amount(1_500));
    }

    #[test]
    fn a_child_of_unknown_age_is_dear_and_one_past_the_bands_an_adult() {
        assert_eq!(change(2, 2, &[2]), Change::amount(1_500));
        assert_eq!(change(2, 1, &[12]), Change::amount(2_500));
        assert_eq!(change(1, 1, &[17]), Change::default());
        let none = OccupancyPrices::default();
        let party = Party::new(2, 3, 0).unwrap();
        assert_eq!(none.change(none.guests(party, &[17])), Change::default());
    }
}

use motel_kernel::StayDates;

use crate::{InventoryError, NightlyCounter};

/// Whether a stay can be sold: each of its nights is open and has a unit left. `counters` are those of the stay's
/// nights in night order.
pub(crate) fn can_take(stay: StayDates, counters: &[NightlyCounter]) -> Result<(), InventoryError> {
    all_open(stay, counters)?;
    match counters.iter().find(|counter| counter.free() == 0) {
        Some(full) => Err(InventoryError::SoldOut { night: full.night }),
        None => Ok(()),
    }
}

/// Whether a stay can be given back: each of its nights was taken at least once.
pub(crate) fn can_give_back(
    stay: StayDates,
    counters: &[NightlyCounter],
) -> Result<(), InventoryError> {
    all_open(stay, counters)?;
    match counters.iter().find(|counter| counter.sold == 0) {
        Some(untaken) => Err(InventoryError::NotTaken {
            night: untaken.night,
        }),
        None => Ok(()),
    }
}

fn all_open(stay: StayDates, counters: &[NightlyCounter]) -> Result<(), InventoryError> {
    let mut open = counters.iter().map(|counter| counter.night);
    match stay.nights().find(|night| open.next() != Some(*night)) {
        Some(night) => Err(InventoryError::NotOpen { night }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    use super::*;

    fn first() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
    }

    fn counters(nights: &[(i32, i32)]) -> Vec<NightlyCounter> {
        let dated = first().iter_days().zip(nights);
        dated
            .map(|(night, (sold, capacity))| NightlyCounter {
                night,
                capacity: *capacity,
                sold: *sold,
            })
            .collect()
    }

    fn stay(nights: usize) -> StayDates {
        StayDates::from_nights(first(), u32::try_from(nights).unwrap()).unwrap()
    }

    fn night(index: u64) -> NaiveDate {
        first() + Days::new(index)
    }

    #[test]
    fn the_first_full_night_is_named() {
        let refused = can_take(stay(3), &counters(&[(1, 2), (2, 2), (2, 2)]));
        assert!(matches!(refused, Err(InventoryError::SoldOut { night: n }) if n == night(1)));
    }

    #[test]
    fn a_missing_night_is_not_open_wherever_it_lies() {
        let mut gap = counters(&[(0, 1), (0, 1), (0, 1)]);
        gap.remove(1);
        let refused = can_take(stay(3), &gap);
        assert!(matches!(refused, Err(InventoryError::NotOpen { night: n }) if n == night(1)));
        let refused = can_take(stay(2), &counters(&[(0, 1)]));
        assert!(matches!(refused, Err(InventoryError::NotOpen { night: n }) if n == night(1)));
        assert!(can_take(stay(1), &[]).is_err());
    }

    #[test]
    fn nothing_can_be_given_back_that_nobody_took() {
        let refused = can_give_back(stay(2), &counters(&[(1, 2), (0, 2)]));
        assert!(matches!(refused, Err(InventoryError::NotTaken { night: n }) if n == night(1)));
    }

    proptest! {
        #[test]
        fn a_stay_is_sold_exactly_when_its_scarcest_night_has_a_unit(nights in prop::collection::vec((0_i32..4, 0_i32..4), 1..40)) {
            let nights: Vec<_> = nights.into_iter().map(|(sold, capacity)| (sold.min(capacity), capacity)).collect();
            let scarcest = nights.iter().map(|(sold, capacity)| capacity - sold).min().unwrap();
            prop_assert_eq!(can_take(stay(nights.len()), &counters(&nights)).is_ok(), scarcest > 0);
        }

        #[test]
        fn what_was_taken_can_be_given_back(nights in prop::collection::vec((0_i32..4, 1_i32..5), 1..40)) {
            let mut taken = counters(&nights);
            if can_take(stay(nights.len()), &taken).is_ok() {
                taken.iter_mut().for_each(|counter| counter.sold += 1);
                prop_assert!(can_give_back(stay(nights.len()), &taken).is_ok());
            }
        }
    }
}

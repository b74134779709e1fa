use motel_inventory::{NightFree, UnitGroup};
use motel_kernel::{Party, StayDates};
use motel_tenancy::Property;

use crate::Reason;

/// Whether a party fits a unit group, by the group's places and the property's policy on pets.
pub(crate) fn fits(property: &Property, group: &UnitGroup, party: Party) -> Result<(), Reason> {
    if i16::from(party.guests()) > group.max_guests {
        return Err(Reason::TooManyGuests {
            max: group.max_guests,
        });
    }
    if i16::from(party.adults()) > group.max_adults {
        return Err(Reason::TooManyAdults {
            max: group.max_adults,
        });
    }
    if party.pets() == 0 {
        return Ok(());
    }
    let policy = property.policies.pets.as_ref();
    if !group.pets_allowed || policy.is_some_and(|policy| !policy.allowed) {
        return Err(Reason::PetsNotAllowed);
    }
    match policy.and_then(|policy| policy.max_per_room) {
        Some(max) if party.pets() > max => Err(Reason::TooManyPets { max }),
        _ => Ok(()),
    }
}

/// How many stays of these nights can be sold: what the scarcest night has left. `free` holds the open nights in order,
/// and may hold more than those of the stay.
pub(crate) fn left(free: &[NightFree], stay: StayDates) -> Result<u32, Reason> {
    let mut scarcest = u32::MAX;
    let mut open = free.iter().skip_while(|night| night.night < stay.arrival());
    for night in stay.nights() {
        match open.next() {
            Some(open) if open.night == night && open.free == 0 => {
                return Err(Reason::SoldOut { night });
            }
            Some(open) if open.night == night => scarcest = scarcest.min(open.free),
            _ => return Err(Reason::NotOpen { night }),
        }
    }
    Ok(scarcest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use chrono::{Days, NaiveDate};

    use super::*;

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(offset)
    }

    fn free(nights: &[(u64, u32)]) -> Vec<NightFree> {
        nights
            .iter()
            .map(|(offset, free)| NightFree {
                night: day(*offset),
                free: *free,
            })
            .collect()
    }

    fn stay(from: u64, nights: u32) -> StayDates {
        StayDates::from_nights(day(from), nights).unwrap()
    }

    #[test]
    fn the_scarcest_night_decides() {
        let free = free(&[(0, 0), (1, 5), (2, 2), (3, 4), (4, 0)]);
        assert_eq!(left(&free, stay(1, 3)), Ok(2));
        assert_eq!(left(&free, stay(1, 1)), Ok(5));
        assert_eq!(
            left(&free, stay(1, 4)),
            Err(Reason::SoldOut { night: day(4) })
        );
        assert_eq!(
            left(&free, stay(0, 2)),
            Err(Reason::SoldOut { night: day(0) })
        );
    }

    #[test]
    fn a_gap_is_not_open_and_the_first_obstacle_is_named() {
        let free = free(&[(0, 1), (2, 0)]);
        assert_eq!(
            left(&free, stay(0, 3)),
            Err(Reason::NotOpen { night: day(1) })
        );
        assert_eq!(
            left(&free, stay(2, 2)),
            Err(Reason::SoldOut { night: day(2) })
        );
        assert_eq!(
            left(&free, stay(3, 1)),
            Err(Reason::NotOpen { night: day(3) })
        );
    }
}

use motel_inventory::{NightFree, UnitGroup};
use motel_kernel::{Party, StayDates};
use motel_tenancy::Property;

use crate::Reason;

/// Everything about a party that does not fit a unit group, by the group's places and the property's policy on pets.
pub(super) fn misfits(property: &Property, group: &UnitGroup, party: Party) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if i16::from(party.guests()) > group.max_guests {
        let max = group.max_guests;
        reasons.push(Reason::TooManyGuests { max });
    }
    if i16::from(party.adults()) > group.max_adults {
        let max = group.max_adults;
        reasons.push(Reason::TooManyAdults { max });
    }
    match most_pets(property, group) {
        _ if party.pets() == 0 => {}
        None => reasons.push(Reason::PetsNotAllowed),
        Some(max) if party.pets() > max => reasons.push(Reason::TooManyPets { max }),
        Some(_) => {}
    }
    reasons
}

/// How many pets may stay in one unit of a group; `None` where they may not.
pub(super) fn most_pets(property: &Property, group: &UnitGroup) -> Option<u8> {
    let policy = property.policies.pets.as_ref();
    let allowed = group.pets_allowed && policy.is_none_or(|policy| policy.allowed);
    let most = policy.and_then(|policy| policy.max_per_room);
    allowed.then_some(most.unwrap_or(Party::MAX))
}

/// How many stays of these nights can be sold, which is what the scarcest night has left, and every night that stands in
/// the way. `free` holds the open nights in order, and may hold more than those of the stay.
pub(super) fn left(free: &[NightFree], stay: StayDates) -> (u32, Vec<Reason>) {
    let from = free.partition_point(|night| night.night < stay.arrival());
    let mut open = free.get(from..).unwrap_or_default().iter().peekable();
    let (mut scarcest, mut reasons) = (u32::MAX, Vec::new());
    for night in stay.nights() {
        let free = open
            .next_if(|open| open.night == night)
            .map(|open| open.free);
        scarcest = scarcest.min(free.unwrap_or(0));
        match free {
            None => reasons.push(Reason::NotOpen { night }),
            Some(0) => reasons.push(Reason::SoldOut { night }),
            Some(_) => {}
        }
    }
    (scarcest, reasons)
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

    fn sold_out(offset: u64) -> Reason {
        Reason::SoldOut { night: day(offset) }
    }

    fn not_open(offset: u64) -> Reason {
        Reason::NotOpen { night: day(offset) }
    }

    #[test]
    fn the_scarcest_night_decides() {
        let free = free(&[(0, 0), (1, 5), (2, 2), (3, 4), (4, 0)]);
        assert_eq!(left(&free, stay(1, 3)), (2, vec![]));
        assert_eq!(left(&free, stay(1, 1)), (5, vec![]));
        assert_eq!(left(&free, stay(1, 4)), (0, vec![sold_out(4)]));
        assert_eq!(left(&free, stay(0, 5)), (0, vec![sold_out(0), sold_out(4)]));
    }

    #[test]
    fn a_gap_is_not_open_and_every_obstacle_is_named() {
        let free = free(&[(0, 1), (2, 0)]);
        assert_eq!(left(&free, stay(0, 3)), (0, vec![not_open(1), sold_out(2)]));
        assert_eq!(left(&free, stay(3, 1)), (0, vec![not_open(3)]));
        assert_eq!(left(&[], stay(3, 1)), (0, vec![not_open(3)]));
    }
}

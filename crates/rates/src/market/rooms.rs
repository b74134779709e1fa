use std::collections::HashMap;

use chrono::{DateTime, Utc};
use motel_kernel::{Money, MoneyError, Party};

use super::selling::{left, most_pets};
use super::{GroupOnSale, Market};
use crate::{PlanOffer, RatesError, RoomCombination, RoomOffer, RoomsRequest, SearchRequest};

/// The most units of one combination.
pub const MOST_ROOMS: u8 = 8;

/// The most combinations that are looked at for one number of units. Of a property with so many groups that there are more,
/// those of the groups shown first are looked at.
const MOST_COMBINATIONS: usize = 2_000;

impl Market {
    /// At most `most` ways to take everybody in units of their own: the fewest units that will do, or as many as asked for;
    /// the cheapest first. Each unit has an adult; adults and then children are spread evenly, and pets go where they may.
    /// One unit is among the answers when one will do.
    ///
    /// # Errors
    /// As for [`Market::search`].
    pub fn rooms(
        &self,
        request: &RoomsRequest,
        now: DateTime<Utc>,
        most: usize,
    ) -> Result<Vec<RoomCombination>, RatesError> {
        self.check(&request.search, now)?;
        let adults = request.search.party.adults();
        let counts = match request.rooms {
            Some(rooms) => rooms..=rooms,
            None => 1..=MOST_ROOMS,
        };
        let mut choice = Choice {
            market: self,
            request: &request.search,
            now,
            prices: HashMap::new(),
        };
        for rooms in counts.filter(|rooms| *rooms <= adults && *rooms <= MOST_ROOMS) {
            let mut found = choice.of(rooms.into())?;
            if !found.is_empty() {
                found.sort_by_key(|combination| combination.total.minor());
                found.truncate(most);
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }
}

/// A unit of a group and who sleeps in it.
type Occupied = (usize, Party, Vec<u8>);

struct Choice<'a> {
    market: &'a Market,
    request: &'a SearchRequest,
    now: DateTime<Utc>,
    /// What a party pays in a group, however often it comes up.
    prices: HashMap<Occupied, Option<PlanOffer>>,
}

impl Choice<'_> {
    fn of(&mut self, rooms: usize) -> Result<Vec<RoomCombination>, MoneyError> {
        let groups: Vec<_> = self.market.groups_for(self.request).collect();
        let stocks: Vec<_> = groups.iter().map(|group| self.stock(group)).collect();
        let mut found = Vec::new();
        for picked in picks(&stocks, rooms) {
            let chosen: Vec<_> = picked.iter().filter_map(|at| groups.get(*at)).collect();
            let places: Vec<_> = chosen.iter().map(|group| self.places(group)).collect();
            let Some(parties) = spread(&places, self.request) else {
                continue;
            };
            let mut offers = Vec::with_capacity(rooms);
            for ((at, group), (party, ages)) in picked.iter().zip(&chosen).zip(parties) {
                let Some(plan) = self.plan((*at, party, ages.clone()), group)? else {
                    break;
                };
                offers.push(RoomOffer {
                    unit_group: group.unit_group.clone(),
                    party,
                    child_ages: ages,
                    plan,
                });
            }
            if offers.len() == rooms {
                found.push(combined(offers)?);
            }
        }
        Ok(found)
    }

    /// How many units of a group can be had.
    fn stock(&self, group: &GroupOnSale) -> u32 {
        let (free, _) = left(&group.nights, self.request.stay);
        group.sellable(free, self.request)
    }

    fn places(&self, group: &GroupOnSale) -> Places {
        let bounded = |most: i16| u8::try_from(most.clamp(0, Party::MAX.into())).unwrap_or(0);
        let guests = bounded(group.unit_group.max_guests);
        Places {
            guests,
            adults: bounded(group.unit_group.max_adults).min(guests),
            pets: most_pets(&self.market.property, &group.unit_group).unwrap_or(0),
        }
    }

    fn plan(
        &mut self,
        occupied: Occupied,
        group: &GroupOnSale,
    ) -> Result<Option<PlanOffer>, MoneyError> {
        if let Some(known) = self.prices.get(&occupied) {
            return Ok(known.clone());
        }
        let request = SearchRequest {
            party: occupied.1,
            child_ages: occupied.2.clone(),
            ..self.request.clone()
        };
        let offer = self.market.offer(group, &request, self.now)?;
        let plan = offer.ok().map(crate::Offer::into_cheapest);
        self.prices.insert(occupied, plan.clone());
        Ok(plan)
    }
}

fn combined(rooms: Vec<RoomOffer>) -> Result<RoomCombination, MoneyError> {
    let mut totals = rooms.iter().map(|room| room.plan.price.total);
    let first = totals.next().ok_or(MoneyError::Overflow)?;
    let total = totals.try_fold(first, Money::plus)?;
    Ok(RoomCombination { rooms, total })
}

/// Every way to pick so many units from what there is of each group, in the order of the groups: at most
/// [`MOST_COMBINATIONS`].
fn picks(stocks: &[u32], rooms: usize) -> Vec<Vec<usize>> {
    let mut picked = vec![Vec::new()];
    for _ in 0..rooms {
        let longer = picked.iter().flat_map(|start: &Vec<usize>| {
            let from = start.last().copied().unwrap_or(0);
            let again = |at: usize| start.iter().filter(|other| **other == at).count();
            (from..stocks.len())
                .filter(move |at| {
                    let stock = stocks.get(*at).copied().unwrap_or(0);
                    u32::try_from(again(*at)).unwrap_or(u32::MAX) < stock
                })
                .map(|at| {
                    let mut longer = start.clone();
                    longer.push(at);
                    longer
                })
                .collect::<Vec<_>>()
        });
        picked = longer.take(MOST_COMBINATIONS).collect();
    }
    picked
}

/// Who fits into one unit.
#[derive(Debug, Clone, Copy)]
struct Places {
    guests: u8,
    adults: u8,
    pets: u8,
}

/// Everybody in the units, evenly; `None` when they do not fit. Who fits at all fits this way: adults take places that
/// children could have had one for one, so spreading them differently leaves as many.
fn spread(places: &[Places], request: &SearchRequest) -> Option<Vec<(Party, Vec<u8>)>> {
    let adults: Vec<_> = places.iter().map(|unit| unit.adults).collect();
    let adults = evenly(request.party.adults(), &adults)?;
    let beds: Vec<_> = places
        .iter()
        .zip(&adults)
        .map(|(unit, adults)| unit.guests.saturating_sub(*adults))
        .collect();
    let children = evenly(request.party.children(), &beds)?;
    let pets: Vec<_> = places.iter().map(|unit| unit.pets).collect();
    let pets = first_come(request.party.pets(), &pets)?;
    let mut ages = request.child_ages.iter().copied();
    let units = adults.into_iter().zip(children).zip(pets);
    units
        .map(|((adults, children), pets)| {
            let party = Party::new(adults.into(), children.into(), pets.into()).ok()?;
            Some((party, ages.by_ref().take(children.into()).collect()))
        })
        .collect()
}

/// One after the other to each that has a place left.
fn evenly(count: u8, places: &[u8]) -> Option<Vec<u8>> {
    let mut taken = vec![0; places.len()];
    let mut left = count;
    while left > 0 {
        let before = left;
        for (taken, most) in taken.iter_mut().zip(places) {
            if left > 0 && *taken < *most {
                *taken += 1;
                left -= 1;
            }
        }
        if left == before {
            return None;
        }
    }
    Some(taken)
}

/// As many as go into the first, then the second …
fn first_come(count: u8, places: &[u8]) -> Option<Vec<u8>> {
    let mut left = count;
    let taken = places
        .iter()
        .map(|most| {
            let here = left.min(*most);
            left -= here;
            here
        })
        .collect();
    (left == 0).then_some(taken)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use motel_kernel::StayDates;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn picks_are_every_multiset_within_the_stock() {
        assert_eq!(picks(&[2, 1], 2), [vec![0, 0], vec![0, 1]]);
        assert_eq!(picks(&[0, 3], 3), [vec![1, 1, 1]]);
        assert!(picks(&[1, 1], 3).is_empty());
        assert!(picks(&[100; 12], 8).len() <= MOST_COMBINATIONS);
    }

    proptest! {
        /// Whatever fits by the sums alone is spread, and nobody gets lost or sleeps where there is no place.
        #[test]
        fn everybody_who_fits_has_a_place(
            units in proptest::collection::vec((1_u8..6, 0_u8..6, 0_u8..3), 1..6),
            adults in 1_u8..15,
            children in 0_u8..10,
            pets in 0_u8..5,
        ) {
            let places: Vec<_> = units.iter().map(|(adults, more, pets)| Places { adults: *adults, guests: adults + more, pets: *pets }).collect();
            let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
            let party = Party::new(adults.into(), children.into(), pets.into()).unwrap();
            let request = SearchRequest { child_ages: (0..children).collect(), ..SearchRequest::new(StayDates::from_nights(day, 1).unwrap(), party) };
            let fits = usize::from(adults) >= places.len()
                && places.iter().map(|unit| unit.adults).sum::<u8>() >= adults
                && places.iter().map(|unit| unit.guests).sum::<u8>() >= adults + children
                && places.iter().map(|unit| unit.pets).sum::<u8>() >= pets;
            let spread = spread(&places, &request);
            prop_assert_eq!(spread.is_some(), fits);
            let Some(spread) = spread else { return Ok(()) };
            prop_assert_eq!(spread.iter().map(|(party, _)| party.adults()).sum::<u8>(), adults);
            prop_assert_eq!(spread.iter().map(|(party, _)| party.pets()).sum::<u8>(), pets);
            let ages: Vec<u8> = spread.iter().flat_map(|(_, ages)| ages.clone()).collect();
            prop_assert_eq!(ages, request.child_ages);
            for ((party, ages), unit) in spread.iter().zip(&places) {
                prop_assert!(party.adults() <= unit.adults && party.guests() <= unit.guests && party.pets() <= unit.pets);
                prop_assert_eq!(ages.len(), usize::from(party.children()));
            }
        }
    }
}

//! The packing against counting, and against trying everything.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use motel_inventory::packing::{Claim, Closed, Obstacle, Packing, Place, TapeChart};
use motel_kernel::{StayDates, UnitId};
use proptest::prelude::*;
use uuid::Uuid;

fn stay(from: u64, nights: u32) -> StayDates {
    let first = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    StayDates::from_nights(first + Days::new(from), nights).unwrap()
}

fn unit(number: usize) -> UnitId {
    UnitId::from(Uuid::from_u128(number as u128 + 1))
}

fn key(number: usize) -> Uuid {
    Uuid::from_u128(1_000 + number as u128)
}

fn claim(number: usize, dates: StayDates, place: Place) -> Claim {
    Claim {
        key: key(number),
        dates,
        place,
    }
}

fn chart(units: usize, claims: Vec<Claim>) -> TapeChart {
    TapeChart {
        units: (0..units).map(unit).collect(),
        closed: Vec::new(),
        claims,
    }
}

/// Where every stay is after a packing, and that no two of them, nor one and a closed night, share a unit.
fn settled(chart: &TapeChart, packing: &Packing) -> HashMap<Uuid, UnitId> {
    let mut at: HashMap<Uuid, UnitId> = HashMap::new();
    for claim in &chart.claims {
        match claim.place {
            Place::Movable(unit) | Place::Fixed(unit) => {
                at.insert(claim.key, unit);
            }
            Place::Waiting => {}
        }
    }
    for placed in &packing.placements {
        let claim = chart.claims.iter().find(|c| c.key == placed.key).unwrap();
        assert!(
            !matches!(claim.place, Place::Fixed(_)),
            "a fixed stay moved"
        );
        assert_eq!(at.insert(placed.key, placed.to), placed.from);
        assert_ne!(Some(placed.to), placed.from);
    }
    for claim in &chart.claims {
        let here = at[&claim.key];
        assert!(chart.units.contains(&here));
        let closed = |c: &Closed| c.unit == here && c.dates.overlaps(claim.dates);
        assert!(!chart.closed.iter().any(closed), "in a closed unit");
        for other in chart.claims.iter().filter(|other| other.key != claim.key) {
            let together = at[&other.key] == here && other.dates.overlaps(claim.dates);
            assert!(!together, "two in one unit");
        }
    }
    at
}

/// The fewest moves of any plan, by trying everything; `None` when there is no plan.
fn by_trying_everything(chart: &TapeChart) -> Option<usize> {
    fn go(
        chart: &TapeChart,
        claims: &[Claim],
        taken: &mut Vec<(UnitId, StayDates)>,
    ) -> Option<usize> {
        let Some((claim, rest)) = claims.split_first() else {
            return Some(0);
        };
        let mut fewest = None;
        for unit in &chart.units {
            let moved = match claim.place {
                Place::Fixed(at) if at != *unit => continue,
                Place::Movable(at) if at != *unit => 1,
                _ => 0,
            };
            let mut collides = taken.iter();
            if collides.any(|(at, dates)| at == unit && dates.overlaps(claim.dates)) {
                continue;
            }
            taken.push((*unit, claim.dates));
            let moves = go(chart, rest, taken).map(|moves| moves + moved);
            taken.pop();
            fewest = match (fewest, moves) {
                (Some(a), Some(b)) => Some(usize::min(a, b)),
                (a, b) => a.or(b),
            };
        }
        fewest
    }
    let mut taken = chart.closed.iter().map(|c| (c.unit, c.dates)).collect();
    go(chart, &chart.claims, &mut taken)
}

/// Stays of a group, each wherever it fits first; the others wait.
fn small_charts() -> impl Strategy<Value = TapeChart> {
    let stays = prop::collection::vec((0_u64..9, 1_u32..6, 0_u8..8, any::<bool>()), 1..9);
    let closed = prop::collection::vec((0_usize..3, 0_u64..12, 1_u32..3), 0..3);
    (1_usize..4, stays, closed).prop_map(|(units, stays, closed)| {
        let mut chart = chart(units, Vec::new());
        for (row, from, nights) in closed {
            let closed = Closed {
                unit: unit(row % units),
                dates: stay(from, nights),
            };
            let overlaps = |c: &Closed| c.unit == closed.unit && c.dates.overlaps(closed.dates);
            if !chart.closed.iter().any(overlaps) {
                chart.closed.push(closed);
            }
        }
        for (number, (from, nights, kind, in_closed)) in stays.into_iter().enumerate() {
            let dates = stay(from, nights);
            let mut without_closed = chart.clone();
            if in_closed && kind > 1 {
                without_closed.closed.clear();
            }
            let free = without_closed.units.iter().copied().find(|unit| {
                let alone = TapeChart {
                    units: vec![*unit],
                    ..without_closed.clone()
                };
                alone.best_fit(dates).is_some()
            });
            let place = match (kind, free) {
                (0, _) | (_, None) => Place::Waiting,
                (1, Some(unit)) => Place::Fixed(unit),
                (_, Some(unit)) => Place::Movable(unit),
            };
            chart.claims.push(claim(number, dates, place));
        }
        chart
    })
}

fn most_in_one_night(claims: &[Claim]) -> usize {
    let nights = claims.iter().map(|claim| {
        let night = claim.dates.arrival();
        let there = |c: &&Claim| c.dates.arrival() <= night && night < c.dates.departure();
        claims.iter().filter(there).count()
    });
    nights.max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_small_chart_is_packed_exactly_as_trying_everything_would(chart in small_charts()) {
        match (chart.pack(), by_trying_everything(&chart)) {
            (Ok(packing), Some(fewest)) => {
                settled(&chart, &packing);
                prop_assert!(packing.fewest);
                prop_assert_eq!(packing.moves().count(), fewest);
            }
            (Err(obstacle), None) => {
                prop_assert!(obstacle != Obstacle::Undecided);
                prop_assert!(!obstacle.stays().is_empty());
                prop_assert!(obstacle.stays().iter().all(|key| chart.claims.iter().any(|c| c.key == *key)));
            }
            (packed, tried) => prop_assert!(false, "{packed:?}, but {tried:?}"),
        }
    }

    /// The stays named are really why: they alone, with all that is fixed, cannot be placed either.
    #[test]
    fn the_stays_named_cannot_be_placed_by_themselves(chart in small_charts()) {
        if let Err(Obstacle::Fragmented { stays }) = chart.pack() {
            let mut alone = chart.clone();
            alone.claims.retain(|c| stays.contains(&c.key) || matches!(c.place, Place::Fixed(_)));
            prop_assert_eq!(by_trying_everything(&alone), None);
        }
    }

    /// Whatever the counters allow is placed, in whatever order it was sold.
    #[test]
    fn stays_that_fill_a_group_to_its_capacity_are_always_placed(
        units in 1_usize..12,
        wanted in prop::collection::vec((0_u64..60, 1_u32..15), 1..160),
    ) {
        let mut chart = chart(units, Vec::new());
        for (number, (from, nights)) in wanted.into_iter().enumerate() {
            chart.claims.push(claim(number, stay(from, nights), Place::Waiting));
            if most_in_one_night(&chart.claims) > units {
                prop_assert!(matches!(chart.pack(), Err(Obstacle::Full { .. })), "{number} was one too many");
                chart.claims.pop();
                continue;
            }
            let packing = chart.pack().unwrap();
            let at = settled(&chart, &packing);
            for claim in &mut chart.claims {
                claim.place = Place::Movable(at[&claim.key]);
            }
        }
    }

    /// Guests in house have all begun to stay: counting is enough with them, too.
    #[test]
    fn guests_in_house_never_cost_a_sale(
        units in 2_usize..10,
        in_house in prop::collection::vec(1_u32..20, 1..10),
        wanted in prop::collection::vec((0_u64..40, 1_u32..15), 1..80),
    ) {
        let mut chart = chart(units, Vec::new());
        for (number, nights) in in_house.into_iter().take(units).enumerate() {
            chart.claims.push(claim(500 + number, stay(0, nights), Place::Fixed(unit(number))));
        }
        for (number, (from, nights)) in wanted.into_iter().enumerate() {
            chart.claims.push(claim(number, stay(from, nights), Place::Waiting));
            if most_in_one_night(&chart.claims) > units {
                chart.claims.pop();
            }
        }
        settled(&chart, &chart.pack().unwrap());
    }

    #[test]
    fn a_split_stay_covers_every_night_without_moving_anybody(chart in small_charts(), from in 0_u64..12, nights in 1_u32..6) {
        let wanted = stay(from, nights);
        let Some(pieces) = chart.split(wanted) else { return Ok(()) };
        prop_assert_eq!(pieces[0].1.arrival(), wanted.arrival());
        prop_assert_eq!(pieces.last().unwrap().1.departure(), wanted.departure());
        for pair in pieces.windows(2) {
            prop_assert_eq!(pair[0].1.departure(), pair[1].1.arrival());
            prop_assert_ne!(pair[0].0, pair[1].0);
        }
        for (unit, dates) in pieces {
            let alone = TapeChart { units: vec![unit], ..chart.clone() };
            prop_assert_eq!(alone.best_fit(dates), Some(unit));
        }
    }
}

#[test]
fn one_stay_moves_to_make_room() {
    // 101: A on nights 0-1.  102: B on nights 2-3.  A stay over nights 1-2 needs them in one unit.
    let claims = vec![
        claim(0, stay(0, 2), Place::Movable(unit(0))),
        claim(1, stay(2, 2), Place::Movable(unit(1))),
        claim(2, stay(0, 4), Place::Waiting),
    ];
    let packing = chart(2, claims).pack().unwrap();
    assert_eq!(packing.moves().count(), 1);
    assert!(packing.fewest);
}

#[test]
fn a_pin_ahead_can_fragment_what_counting_allows_and_the_stay_is_split() {
    let pinned = vec![
        claim(0, stay(0, 2), Place::Fixed(unit(0))),
        claim(1, stay(2, 2), Place::Fixed(unit(1))),
    ];
    let mut wanted = chart(2, pinned.clone());
    wanted.claims.push(claim(2, stay(0, 4), Place::Waiting));
    assert_eq!(
        wanted.pack(),
        Err(Obstacle::Fragmented {
            stays: vec![key(2)]
        })
    );
    assert_eq!(
        chart(2, pinned).split(stay(0, 4)),
        Some(vec![(unit(1), stay(0, 2)), (unit(0), stay(2, 2))])
    );
}

#[test]
fn what_is_fixed_twice_is_named() {
    let mut chart = chart(2, vec![claim(7, stay(0, 3), Place::Fixed(unit(0)))]);
    chart.closed.push(Closed {
        unit: unit(0),
        dates: stay(2, 5),
    });
    assert_eq!(
        chart.pack(),
        Err(Obstacle::Clash {
            unit: unit(0),
            stays: vec![key(7)]
        })
    );
}

#[test]
fn a_new_stay_goes_where_it_leaves_the_fewest_idle_nights() {
    let claims = vec![
        claim(0, stay(0, 3), Place::Movable(unit(1))),
        claim(1, stay(5, 3), Place::Movable(unit(1))),
        claim(2, stay(0, 1), Place::Movable(unit(2))),
    ];
    let chart = chart(3, claims);
    assert_eq!(chart.best_fit(stay(3, 2)), Some(unit(1)));
    assert_eq!(chart.best_fit(stay(2, 2)), Some(unit(2)));
    assert_eq!(chart.best_fit(stay(0, 1)), Some(unit(0)));
}

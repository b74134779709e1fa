//! The three searches have to agree, though the outer tests see little of the later two.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::{Days, NaiveDate};
use motel_kernel::{StayDates, UnitId};
use proptest::prelude::*;
use uuid::Uuid;

use super::board::{Board, Part};
use super::{Claim, Closed, Found, Place, TapeChart, chains, sweep, wander};

fn stay(from: u64, nights: u32) -> StayDates {
    let first = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    StayDates::from_nights(first + Days::new(from), nights).unwrap()
}

/// Waiting stays in units that are closed every now and then.
fn charts() -> impl Strategy<Value = TapeChart> {
    let stays = prop::collection::vec((0_u64..20, 1_u32..8), 1..14);
    let closed = prop::collection::vec((0_usize..4, 0_u64..24, 1_u32..4), 0..6);
    (2_usize..5, stays, closed).prop_map(|(units, stays, closed)| {
        let units: Vec<UnitId> = (0..units).map(|_| UnitId::new()).collect();
        let closed = closed.into_iter().map(|(row, from, nights)| Closed {
            unit: units[row % units.len()],
            dates: stay(from, nights),
        });
        let claims = stays
            .into_iter()
            .zip(1..)
            .map(|((from, nights), key)| Claim {
                key: Uuid::from_u128(key),
                dates: stay(from, nights),
                place: Place::Waiting,
            });
        TapeChart {
            closed: closed.collect(),
            claims: claims.collect(),
            units,
        }
    })
}

fn check(part: &Part<'_>, plan: &[usize]) {
    for (guest, row) in part.guests.iter().zip(plan) {
        assert!(part.rows[*row].is_open(guest.span));
        let mut others = part.guests.iter().zip(plan);
        let together = others.any(|(other, at)| {
            at == row && other.key != guest.key && other.span.overlaps(guest.span)
        });
        assert!(!together);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_one_search_finds_the_others_find_too(chart in charts()) {
        let board = Board::of(&chart);
        for part in board.parts() {
            let swept = sweep::any_plan(&part, 1_000_000);
            let wandered = wander::some_plan(&part, 100_000);
            match chains::fewest_moves(&part, u64::MAX) {
                Found::Plan(plan) => {
                    check(&part, &plan);
                    let sweep::Swept::Plan(swept) = swept else {
                        panic!("the sweep misses {plan:?}");
                    };
                    check(&part, &swept);
                    check(&part, &part.sent_home(swept));
                }
                Found::Nothing => {
                    let proved = matches!(swept, sweep::Swept::Nothing { .. });
                    prop_assert!(proved);
                    prop_assert!(wandered.is_none());
                }
                Found::Spent => panic!("it has no bound"),
            }
            if let Some(plan) = wandered {
                check(&part, &plan);
            }
        }
    }
}

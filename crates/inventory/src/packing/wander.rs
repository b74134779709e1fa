//! Any plan, and usually soon: stays push each other out until all of them have found a place.
#![expect(
    clippy::indexing_slicing,
    reason = "rows and stays are numbered by the board, in vectors that never shrink"
)]

use std::collections::VecDeque;

use super::board::Part;
use super::chains::Search;

/// How much more a stay counts that has not been moved yet.
const AT_HOME: u64 = 50;

/// Puts each waiting stay into the row where those it pushes out count least, and lets them wait in turn. Whoever is
/// pushed out counts more the next time, so that no two push each other for ever. `None` when `looks` were not enough,
/// which proves nothing.
pub(super) fn some_plan(part: &Part<'_>, looks: u64) -> Option<Vec<usize>> {
    let mut search = Search::new(part, looks);
    let mut waiting: VecDeque<usize> = part.unsettled().collect();
    let mut weights = vec![1_u64; part.guests.len()];
    while let Some(stay) = waiting.pop_front() {
        let mut best: Option<(u64, usize)> = None;
        for row in 0..part.rows.len() {
            search.looks = search.looks.checked_sub(1)?;
            if !part.rows[row].is_open(part.guests[stay].span) {
                continue;
            }
            let weight = |it: usize| match part.guests[it].home == Some(row) {
                true => weights[it] + AT_HOME,
                false => weights[it],
            };
            let weight = search.in_the_way(stay, row).map(weight).sum();
            if best.is_none_or(|(least, _)| weight < least) {
                best = Some((weight, row));
            }
        }
        let (_, row) = best?;
        for evicted in search.enter(stay, row) {
            weights[evicted] += 1;
            waiting.push_back(evicted);
        }
    }
    Some(search.plan())
}

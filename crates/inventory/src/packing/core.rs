//! Which stays are why it cannot be: a set that cannot be placed, made small.
#![expect(
    clippy::indexing_slicing,
    reason = "the ranges are made of the length of what they cut"
)]

use super::Obstacle;
use super::board::{Guest, Part};
use super::sweep::{Swept, any_plan};

/// Beyond so many stays, they are named without leaving out those that could be.
const MOST_TRIED: usize = 60;

/// How many looks one attempt to do without a stay may take.
const LOOKS: u64 = 200_000;

/// Names stays of the part that cannot all be placed.
pub(super) fn fragmented(part: &Part<'_>) -> Obstacle {
    let mut stays = shortest_infeasible_stretch(part);
    if stays.len() <= MOST_TRIED {
        stays = without_the_innocent(part, stays);
    }
    Obstacle::Fragmented {
        stays: stays.iter().map(|guest| guest.key).collect(),
    }
}

/// Cuts off at the end what the search never came to, and at the beginning whatever makes no difference.
fn shortest_infeasible_stretch(part: &Part<'_>) -> Vec<Guest> {
    let end = match any_plan(part, LOOKS) {
        Swept::Nothing { furthest } => furthest + 1,
        Swept::Plan(_) | Swept::Spent => part.guests.len(),
    };
    // Leaving out more stays can only help, so the first start that can be placed is found by halving.
    let (mut fails, mut fits) = (0, end);
    while fits - fails > 1 {
        let middle = usize::midpoint(fails, fits);
        if is_infeasible(part, &part.guests[middle..end]) {
            fails = middle;
        } else {
            fits = middle;
        }
    }
    part.guests[fails..end].to_vec()
}

fn without_the_innocent(part: &Part<'_>, stays: Vec<Guest>) -> Vec<Guest> {
    let mut named = stays;
    let mut number = 0;
    while number < named.len() {
        let mut fewer = named.clone();
        fewer.remove(number);
        if is_infeasible(part, &fewer) {
            named = fewer;
        } else {
            number += 1;
        }
    }
    named
}

fn is_infeasible(part: &Part<'_>, guests: &[Guest]) -> bool {
    let fewer = Part {
        rows: part.rows,
        guests,
    };
    matches!(any_plan(&fewer, LOOKS), Swept::Nothing { .. })
}

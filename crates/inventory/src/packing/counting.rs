//! What can be refuted by counting, and who is in the way.

use std::collections::{BTreeMap, HashMap};

use motel_kernel::UnitId;
use uuid::Uuid;

use super::board::{Guest, Part, Row, Span, night_of};
use super::{Obstacle, Place, TapeChart};

/// Fixed stays and closed nights of one unit must lie apart.
pub(super) fn no_clash(chart: &TapeChart) -> Result<(), Obstacle> {
    let mut held: HashMap<UnitId, Vec<(Span, Option<Uuid>)>> = HashMap::new();
    for closed in &chart.closed {
        let span = (Span::of(closed.dates), None);
        held.entry(closed.unit).or_default().push(span);
    }
    for claim in &chart.claims {
        if let Place::Fixed(unit) = claim.place {
            let span = (Span::of(claim.dates), Some(claim.key));
            held.entry(unit).or_default().push(span);
        }
    }
    for unit in &chart.units {
        let spans = held.get(unit).map(Vec::as_slice).unwrap_or_default();
        let stays = clashing(spans);
        if !stays.is_empty() {
            return Err(Obstacle::Clash { unit: *unit, stays });
        }
    }
    Ok(())
}

/// The fixed stays that overlap something else that is fixed.
fn clashing(spans: &[(Span, Option<Uuid>)]) -> Vec<Uuid> {
    let overlaps = |span: &Span, key: &Uuid| {
        let others = spans.iter().filter(|(_, other)| *other != Some(*key));
        others.into_iter().any(|(other, _)| other.overlaps(*span))
    };
    let keyed = spans.iter().filter_map(|(span, key)| Some((span, (*key)?)));
    keyed
        .filter(|(span, key)| overlaps(span, key))
        .map(|(_, key)| key)
        .collect()
}

/// Each night has at most as many movable stays as open units.
pub(super) fn enough_each_night(chart: &TapeChart, part: &Part<'_>) -> Result<(), Obstacle> {
    let mut change: BTreeMap<i32, i64> = BTreeMap::new();
    let shut = part.rows.iter().flat_map(|row| row.shut.iter().copied());
    for span in part.guests.iter().map(|guest| guest.span).chain(shut) {
        *change.entry(span.from).or_default() += 1;
        *change.entry(span.to).or_default() -= 1;
    }
    let units = i64::try_from(part.rows.len()).unwrap_or(i64::MAX);
    let mut wanted = 0;
    for (night, change) in change {
        wanted += change;
        if wanted > units {
            let stays = chart.claims.iter();
            let stays = stays.filter(|claim| Span::of(claim.dates).covers(night));
            return Err(Obstacle::Full {
                night: night_of(night),
                stays: stays.map(|claim| claim.key).collect(),
            });
        }
    }
    Ok(())
}

/// Stays that cover two nights need as many units that are open from the one to the other.
///
/// For the night on which a stay begins, the stays that cover it and the units open on it are matched by how long they
/// last: the longest stay needs the longest opening, and so on.
pub(super) fn enough_each_pair_of_nights(part: &Part<'_>) -> Result<(), Obstacle> {
    if !part.has_gaps_that_end() {
        return Ok(());
    }
    let mut here: Vec<&Guest> = Vec::new();
    for (number, guest) in part.guests.iter().enumerate() {
        let night = guest.span.from;
        here.retain(|other| other.span.to > night);
        here.push(guest);
        let next = part.guests.get(number + 1);
        if next.is_some_and(|next| next.span.from == night) {
            continue;
        }
        here.sort_by_key(|guest| std::cmp::Reverse(guest.span.to));
        if let Some(short) = first_too_long(&here, part.rows, night) {
            let stays = here.iter().take(short + 1);
            return Err(Obstacle::Fragmented {
                stays: stays.map(|guest| guest.key).collect(),
            });
        }
    }
    Ok(())
}

fn first_too_long(longest_first: &[&Guest], rows: &[Row], night: i32) -> Option<usize> {
    let mut open: Vec<i32> = rows
        .iter()
        .filter_map(|row| row.open_until(night))
        .collect();
    open.sort_unstable_by(|a, b| b.cmp(a));
    let mut open = open.into_iter();
    longest_first
        .iter()
        .position(|guest| open.next().is_none_or(|until| until < guest.span.to))
}

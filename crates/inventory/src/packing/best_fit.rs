//! One more stay, moving nobody.

use std::collections::HashMap;

use motel_kernel::{StayDates, UnitId};

use super::board::Span;
use super::{Place, TapeChart};

/// Beyond so many nights, one idle stretch is as good as another.
const LONG_GAP: i32 = 14;

impl TapeChart {
    /// A unit that is free on all these nights: the one in whose gap they leave the fewest idle nights, counted up to a
    /// fortnight on either side; the first among equals.
    pub fn best_fit(&self, dates: StayDates) -> Option<UnitId> {
        let wanted = Span::of(dates);
        let held = self.held();
        let free = self.units.iter().filter_map(|unit| {
            let spans = held.get(unit).map(Vec::as_slice).unwrap_or_default();
            idle_around(spans, wanted).map(|idle| (idle, *unit))
        });
        free.min_by_key(|(idle, _)| *idle).map(|(_, unit)| unit)
    }

    /// The same stay in as few pieces as can be, each in one unit, moving nobody. Going on in the unit that is free
    /// longest, every time, takes the fewest. `None` when a night has no free unit.
    pub fn split(&self, dates: StayDates) -> Option<Vec<(UnitId, StayDates)>> {
        let held = self.held();
        let mut pieces = Vec::new();
        let mut arrival = dates.arrival();
        while arrival < dates.departure() {
            let rest = StayDates::new(arrival, dates.departure()).ok()?;
            let longest = self.units.iter().rev().map(|unit| {
                let spans = held.get(unit).map(Vec::as_slice).unwrap_or_default();
                (nights_free(spans, Span::of(rest)), *unit)
            });
            let (nights, unit) = longest.max_by_key(|(nights, _)| *nights)?;
            let piece = StayDates::from_nights(arrival, nights).ok()?;
            arrival = piece.departure();
            pieces.push((unit, piece));
        }
        Some(pieces)
    }

    /// What each unit is taken by.
    fn held(&self) -> HashMap<UnitId, Vec<Span>> {
        let mut held: HashMap<UnitId, Vec<Span>> = HashMap::new();
        for closed in &self.closed {
            let spans = held.entry(closed.unit).or_default();
            spans.push(Span::of(closed.dates));
        }
        for claim in &self.claims {
            if let Place::Movable(unit) | Place::Fixed(unit) = claim.place {
                held.entry(unit).or_default().push(Span::of(claim.dates));
            }
        }
        held
    }
}

/// Idle nights before and after, or `None` when a night is taken.
fn idle_around(taken: &[Span], wanted: Span) -> Option<i32> {
    let (mut before, mut after) = (LONG_GAP, LONG_GAP);
    for span in taken {
        if span.overlaps(wanted) {
            return None;
        }
        if span.to <= wanted.from {
            before = before.min(wanted.from - span.to);
        } else {
            after = after.min(span.from - wanted.to);
        }
    }
    Some(before + after)
}

/// For how many nights from the first one on a unit is free.
fn nights_free(taken: &[Span], wanted: Span) -> u32 {
    let overlapping = taken.iter().filter(|span| span.overlaps(wanted));
    let until = overlapping.map(|span| span.from).min().unwrap_or(wanted.to);
    u32::try_from(until - wanted.from).unwrap_or(0)
}

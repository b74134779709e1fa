//! The chart in numbers: units are rows, nights are days since the beginning of the era.
#![expect(
    clippy::indexing_slicing,
    reason = "rows and stays are numbered here, in vectors that never shrink"
)]

use std::collections::HashMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use motel_kernel::{StayDates, UnitId};
use uuid::Uuid;

use super::{Place, Placement, TapeChart};

/// Nights `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) from: i32,
    pub(super) to: i32,
}

impl Span {
    pub(super) fn of(dates: StayDates) -> Self {
        Self {
            from: dates.arrival().num_days_from_ce(),
            to: dates.departure().num_days_from_ce(),
        }
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    pub(super) fn covers(self, night: i32) -> bool {
        self.from <= night && night < self.to
    }
}

pub(super) fn night_of(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default()
}

/// A stay that may be put anywhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guest {
    pub(super) key: Uuid,
    pub(super) dates: StayDates,
    pub(super) span: Span,
    /// The unit it has, and its row when the unit is one of the chart's.
    unit: Option<UnitId>,
    pub(super) home: Option<usize>,
}

/// A unit: when it takes nobody, because it is closed or a fixed stay is in it.
pub(super) struct Row {
    unit: UnitId,
    /// Sorted, and apart from each other.
    pub(super) shut: Vec<Span>,
}

impl Row {
    /// The first span that is not over on `day`, by its place in `shut`.
    fn next_shut(&self, day: i32) -> usize {
        self.shut.partition_point(|span| span.to <= day)
    }

    pub(super) fn is_open(&self, span: Span) -> bool {
        self.shut
            .get(self.next_shut(span.from))
            .is_none_or(|shut| shut.from >= span.to)
    }

    /// Until when the row is open from `day` on; `None` when it is shut that night, `i32::MAX` without an end.
    pub(super) fn open_until(&self, day: i32) -> Option<i32> {
        match self.shut.get(self.next_shut(day)) {
            Some(shut) if shut.from <= day => None,
            Some(shut) => Some(shut.from),
            None => Some(i32::MAX),
        }
    }
}

pub(super) struct Board {
    pub(super) rows: Vec<Row>,
    /// By arrival.
    pub(super) guests: Vec<Guest>,
}

impl Board {
    pub(super) fn of(chart: &TapeChart) -> Self {
        let number: HashMap<UnitId, usize> = (chart.units.iter().copied()).zip(0..).collect();
        let mut shut = vec![Vec::new(); chart.units.len()];
        let mut guests = Vec::new();
        for closed in &chart.closed {
            if let Some(row) = number.get(&closed.unit) {
                shut[*row].push(Span::of(closed.dates));
            }
        }
        for claim in &chart.claims {
            let span = Span::of(claim.dates);
            let unit = match claim.place {
                Place::Fixed(unit) => {
                    if let Some(row) = number.get(&unit) {
                        shut[*row].push(span);
                    }
                    continue;
                }
                Place::Movable(unit) => Some(unit),
                Place::Waiting => None,
            };
            guests.push(Guest {
                key: claim.key,
                dates: claim.dates,
                span,
                unit,
                home: unit.and_then(|unit| number.get(&unit).copied()),
            });
        }
        guests.sort_by_key(|guest| (guest.span, guest.key));
        let rows = chart.units.iter().zip(shut);
        Self {
            rows: rows
                .map(|(unit, shut)| Row {
                    unit: *unit,
                    shut: merged(shut),
                })
                .collect(),
            guests,
        }
    }

    /// The components: between two of them lies a day on which no movable stay goes on.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let mut cuts: Vec<Range<usize>> = Vec::new();
        let mut end = i32::MIN;
        for (number, guest) in self.guests.iter().enumerate() {
            match cuts.last_mut() {
                Some(last) if guest.span.from < end => last.end = number + 1,
                _ => cuts.push(number..number + 1),
            }
            end = end.max(guest.span.to);
        }
        cuts.into_iter().map(|range| Part {
            rows: &self.rows,
            guests: &self.guests[range],
        })
    }
}

fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => merged.push(span),
        }
    }
    merged
}

/// Movable stays that can be placed without a thought for any other.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) rows: &'a [Row],
    pub(super) guests: &'a [Guest],
}

impl Part<'_> {
    /// The stays that have no unit of the chart, or one in which they cannot remain.
    pub(super) fn unsettled(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.guests.len()).filter(|number| !self.could_remain(&self.guests[*number]))
    }

    fn could_remain(&self, guest: &Guest) -> bool {
        guest
            .home
            .is_some_and(|home| self.rows[home].is_open(guest.span))
    }

    /// True when some row is open between two shut spans, or before one, within the nights of the part: only then can
    /// there be room on each night and yet none for a stay.
    pub(super) fn has_gaps_that_end(&self) -> bool {
        let Some(first) = self.guests.first() else {
            return false;
        };
        let end = self.guests.iter().map(|guest| guest.span.to).max();
        let end = end.unwrap_or(first.span.to);
        let ahead = |shut: &Span| shut.from > first.span.from && shut.from < end;
        self.rows.iter().any(|row| row.shut.iter().any(ahead))
    }

    /// What is to be done to come to a plan.
    pub(super) fn placements(&self, plan: &[usize]) -> impl Iterator<Item = Placement> {
        let changed = self.guests.iter().zip(plan);
        let changed = changed.filter(|(guest, row)| guest.home != Some(**row));
        changed.map(|(guest, row)| Placement {
            key: guest.key,
            dates: guest.dates,
            from: guest.unit,
            to: self.rows[*row].unit,
        })
    }

    /// True when nobody moves who could have remained for all that is fixed.
    pub(super) fn moves_only_who_must(&self, plan: &[usize]) -> bool {
        let placed = self.guests.iter().zip(plan);
        let mut moved = placed.filter(|(guest, row)| guest.home != Some(**row));
        !moved.any(|(guest, _)| self.could_remain(guest))
    }

    /// How many stays a plan moves.
    pub(super) fn moves(&self, plan: &[usize]) -> usize {
        let placed = self.guests.iter().zip(plan);
        placed
            .filter(|(guest, row)| guest.home.is_some_and(|home| home != **row))
            .count()
    }

    /// The same plan with every stay back in its own unit that can be without disturbing another.
    pub(super) fn sent_home(&self, mut plan: Vec<usize>) -> Vec<usize> {
        loop {
            let mut sent = false;
            for number in 0..plan.len() {
                let guest = &self.guests[number];
                let Some(home) = guest.home.filter(|home| *home != plan[number]) else {
                    continue;
                };
                let taken = self.guests.iter().zip(&plan).any(|(other, row)| {
                    *row == home && other.key != guest.key && other.span.overlaps(guest.span)
                });
                if !taken && self.rows[home].is_open(guest.span) {
                    plan[number] = home;
                    sent = true;
                }
            }
            if !sent {
                return plan;
            }
        }
    }
}

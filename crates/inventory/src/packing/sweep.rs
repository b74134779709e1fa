//! Any plan at all: by arrival, each stay a unit, stepping back from dead ends.
#![expect(
    clippy::indexing_slicing,
    reason = "rows and stays are numbered by the board, in vectors that never shrink"
)]

use std::collections::{HashMap, HashSet};

use super::board::{Part, Span};

/// What the sweep came to.
pub(super) enum Swept {
    /// A row for each stay.
    Plan(Vec<usize>),
    /// There is none; no way led beyond this stay, so those up to it are why.
    Nothing {
        /// By its place in the part.
        furthest: usize,
    },
    /// The bound was reached.
    Spent,
}

/// How many numbers are kept to remember dead ends by: 16 MiB.
const MEMORY: usize = 2_000_000;

/// Gives each stay a row, in order of arrival, within one look for each stay and row and `looks` more.
///
/// Two rows that are free and shut on the same days from now on are the same to all that follows, so one of each kind
/// is tried: where nothing is shut ahead, that is one row, and the first try is right.
pub(super) fn any_plan(part: &Part<'_>, looks: u64) -> Swept {
    let first_pass = part.guests.len().saturating_mul(part.rows.len());
    let first_pass = u64::try_from(first_pass).unwrap_or(u64::MAX);
    Sweep::new(part, looks.saturating_add(first_pass)).run()
}

/// One stay placed, and where else it could go.
struct Step {
    row: usize,
    free_before: i32,
    others: Vec<usize>,
}

struct Sweep<'a> {
    part: &'a Part<'a>,
    /// For each row the day from which it is free.
    free: Vec<i32>,
    /// For each row and each of its shut spans: the number of the list of spans from there on. Equal lists share one.
    kinds: Vec<Vec<u32>>,
    /// For each row the arrivals of the stays that live there now.
    homes: Vec<Vec<i32>>,
    steps: Vec<Step>,
    dead_ends: HashSet<Vec<u64>>,
    remembered: usize,
    has_gaps: bool,
    looks: u64,
    furthest: usize,
}

impl<'a> Sweep<'a> {
    fn new(part: &'a Part<'a>, looks: u64) -> Self {
        let mut homes = vec![Vec::new(); part.rows.len()];
        for guest in part.guests {
            if let Some(home) = guest.home {
                homes[home].push(guest.span.from);
            }
        }
        Self {
            part,
            free: vec![i32::MIN; part.rows.len()],
            kinds: kinds(part),
            homes,
            steps: Vec::with_capacity(part.guests.len()),
            dead_ends: HashSet::new(),
            remembered: 0,
            has_gaps: part.has_gaps_that_end(),
            looks,
            furthest: 0,
        }
    }

    fn run(mut self) -> Swept {
        while self.steps.len() < self.part.guests.len() {
            self.furthest = self.furthest.max(self.steps.len());
            let Some(rows) = self.candidates() else {
                return Swept::Spent;
            };
            if !self.advance(rows) && !self.step_back() {
                return Swept::Nothing {
                    furthest: self.furthest,
                };
            }
        }
        Swept::Plan(self.steps.iter().map(|step| step.row).collect())
    }

    /// Places the next stay in the last of `rows`; `false` when there is none.
    fn advance(&mut self, mut rows: Vec<usize>) -> bool {
        let Some(row) = rows.pop() else { return false };
        let to = self.part.guests[self.steps.len()].span.to;
        let free_before = std::mem::replace(&mut self.free[row], to);
        self.steps.push(Step {
            row,
            free_before,
            others: rows,
        });
        true
    }

    /// Back to the last stay that could go elsewhere, which then does. `false` when there is none.
    fn step_back(&mut self) -> bool {
        self.remember();
        while let Some(step) = self.steps.pop() {
            self.free[step.row] = step.free_before;
            if self.advance(step.others) {
                return true;
            }
            self.remember();
        }
        false
    }

    /// The rows to try for the next stay, the best last: none at a known dead end. `None` when the looks are spent.
    fn candidates(&mut self) -> Option<Vec<usize>> {
        let number = self.steps.len();
        let guest = &self.part.guests[number];
        if self.has_gaps && self.dead_ends.contains(&self.state(number)) {
            return Some(Vec::new());
        }
        let home = guest.home.filter(|home| self.can_take(*home, guest.span));
        if let (Some(home), false) = (home, self.has_gaps) {
            return Some(vec![home]);
        }
        // The best row of each kind; a kind is how long a row stays open, and what comes after.
        let mut best: HashMap<u32, (Rank, usize)> = HashMap::new();
        for row in 0..self.part.rows.len() {
            self.looks = self.looks.checked_sub(1)?;
            if !self.can_take(row, guest.span) {
                continue;
            }
            let rank = self.rank(row, guest.span, guest.home);
            let entry = best.entry(self.kind(row, guest.span.from));
            let best = entry.or_insert((rank, row));
            if rank > best.0 {
                *best = (rank, row);
            }
        }
        let mut ranked: Vec<(Rank, usize)> = best.into_values().collect();
        ranked.sort_unstable();
        Some(ranked.into_iter().map(|(_, row)| row).collect())
    }

    fn can_take(&self, row: usize, span: Span) -> bool {
        self.free[row] <= span.from && self.part.rows[row].is_open(span)
    }

    /// Greater is better: one's own unit; then the opening that ends soonest; then the unit nobody comes to for longest.
    fn rank(&self, row: usize, span: Span, home: Option<usize>) -> Rank {
        let open_until = self.part.rows[row].open_until(span.from);
        let homes = &self.homes[row];
        let next = homes.get(homes.partition_point(|arrival| *arrival < span.from));
        Rank {
            home: home == Some(row),
            ends_soon: std::cmp::Reverse(open_until.unwrap_or(i32::MAX)),
            next_home: next.copied().unwrap_or(i32::MAX),
        }
    }

    fn kind(&self, row: usize, day: i32) -> u32 {
        let next = self.part.rows[row]
            .shut
            .partition_point(|span| span.to <= day);
        self.kinds[row].get(next).copied().unwrap_or(0)
    }

    /// All that matters to the stays from `number` on: how many are placed, and when rows of which kind get free.
    fn state(&self, number: usize) -> Vec<u64> {
        let day = self.part.guests[number].span.from;
        let word = |high: u32, low: i32| (u64::from(high) << 32) | u64::from(low.cast_unsigned());
        let rows = 0..self.part.rows.len();
        let mut state: Vec<u64> = rows
            .map(|row| word(self.kind(row, day), self.free[row].max(day)))
            .collect();
        state.sort_unstable();
        state.push(u64::try_from(number).unwrap_or(u64::MAX));
        state
    }

    fn remember(&mut self) {
        if self.has_gaps && self.remembered < MEMORY {
            let state = self.state(self.steps.len());
            self.remembered += state.len();
            self.dead_ends.insert(state);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    home: bool,
    ends_soon: std::cmp::Reverse<i32>,
    next_home: i32,
}

/// Numbers the lists of spans that are still ahead of a row; 0 is the empty one.
fn kinds(part: &Part<'_>) -> Vec<Vec<u32>> {
    let end = part.guests.iter().map(|guest| guest.span.to).max();
    let end = end.unwrap_or(i32::MAX);
    let mut numbers: HashMap<Vec<Span>, u32> = HashMap::new();
    let mut number = |ahead: &[Span]| {
        let ahead: Vec<Span> = ahead.iter().copied().filter(|s| s.from < end).collect();
        if ahead.is_empty() {
            return 0;
        }
        let next = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
        *numbers.entry(ahead).or_insert(next)
    };
    let rows = part.rows.iter();
    rows.map(|row| {
        let shut = row.shut.as_slice();
        (0..shut.len())
            .map(|first| number(&shut[first..]))
            .collect()
    })
    .collect()
}

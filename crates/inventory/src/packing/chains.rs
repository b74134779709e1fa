//! The fewest moves: chains of evictions, one more allowed each time.
#![expect(
    clippy::indexing_slicing,
    reason = "rows and stays are numbered by the board, in vectors that never shrink"
)]

use std::collections::BTreeMap;

use super::Found;
use super::board::{Part, Span};

/// Searches with more and more evictions until a plan is found, none can be, or `looks` are spent.
///
/// Each step takes a stay without a unit and tries every unit for it. In any plan that stay has one of these units, and
/// whoever is in its way there has moved: so trying them all with at most `n` evictions finds every plan of `n` moves.
pub(super) fn fewest_moves(part: &Part<'_>, looks: u64) -> Found {
    let mut search = Search::new(part, looks);
    let unsettled: Vec<usize> = part.unsettled().collect();
    for allowed in 0..=part.guests.len() {
        search.cut = false;
        if search.place(&unsettled, allowed) {
            return Found::Plan(search.plan());
        }
        if search.looks == 0 {
            return Found::Spent;
        }
        if !search.cut {
            return Found::Nothing;
        }
    }
    Found::Nothing
}

/// Who stays in a row, by arrival.
type Lodgers = BTreeMap<i32, usize>;

pub(super) struct Search<'a> {
    part: &'a Part<'a>,
    rows: Vec<Lodgers>,
    /// Stays that were placed here and are not evicted again.
    settled: Vec<bool>,
    pub(super) looks: u64,
    /// A branch was left because it needs more evictions than are allowed.
    cut: bool,
}

/// What putting a stay into a row takes.
enum Price {
    Evictions(usize),
    TooMany,
    Impossible,
}

/// A stay and the rows it could go into, the cheapest first.
struct Options {
    stay: usize,
    rows: Vec<(usize, usize)>,
}

impl<'a> Search<'a> {
    pub(super) fn new(part: &'a Part<'a>, looks: u64) -> Self {
        let mut rows = vec![Lodgers::new(); part.rows.len()];
        for (number, guest) in part.guests.iter().enumerate() {
            if let Some(home) = guest
                .home
                .filter(|home| part.rows[*home].is_open(guest.span))
            {
                rows[home].insert(guest.span.from, number);
            }
        }
        Self {
            part,
            rows,
            settled: vec![false; part.guests.len()],
            looks,
            cut: false,
        }
    }

    pub(super) fn plan(&self) -> Vec<usize> {
        let mut plan = vec![0; self.part.guests.len()];
        for (row, lodgers) in self.rows.iter().enumerate() {
            lodgers.values().for_each(|stay| plan[*stay] = row);
        }
        plan
    }

    fn span(&self, stay: usize) -> Span {
        self.part.guests[stay].span
    }

    /// Places all of `waiting`, evicting at most `allowed` others; leaves everything as it was when it cannot.
    fn place(&mut self, waiting: &[usize], allowed: usize) -> bool {
        if waiting.is_empty() {
            return true;
        }
        let Some(Options { stay, rows }) = self.hardest(waiting, allowed) else {
            return false;
        };
        let others = waiting.iter().copied().filter(|other| *other != stay);
        self.settled[stay] = true;
        for (price, row) in rows {
            let evicted = self.enter(stay, row);
            let left: Vec<usize> = others.clone().chain(evicted.iter().copied()).collect();
            if self.place(&left, allowed - price) {
                return true;
            }
            self.leave(stay, row, &evicted);
            if self.looks == 0 {
                break;
            }
        }
        self.settled[stay] = false;
        false
    }

    /// The waiting stay whose cheapest row costs most, the one with fewer rows among equals. `None` when one of them
    /// can go nowhere, or the looks are spent.
    fn hardest(&mut self, waiting: &[usize], allowed: usize) -> Option<Options> {
        let mut hardest: Option<Options> = None;
        for stay in waiting {
            let options = self.options(*stay, allowed)?;
            let rank = |options: &Options| {
                let cheapest = options.rows.first().map_or(0, |(price, _)| *price);
                (cheapest, usize::MAX - options.rows.len())
            };
            if hardest
                .as_ref()
                .is_none_or(|so_far| rank(&options) > rank(so_far))
            {
                hardest = Some(options);
            }
        }
        hardest
    }

    fn options(&mut self, stay: usize, allowed: usize) -> Option<Options> {
        let mut rows = Vec::new();
        for row in 0..self.rows.len() {
            self.looks = self.looks.checked_sub(1)?;
            match self.price(stay, row, allowed) {
                Price::Evictions(price) => rows.push((price, row)),
                Price::TooMany => self.cut = true,
                Price::Impossible => {}
            }
        }
        rows.sort_unstable();
        (!rows.is_empty()).then_some(Options { stay, rows })
    }

    fn price(&self, stay: usize, row: usize, allowed: usize) -> Price {
        if !self.part.rows[row].is_open(self.span(stay)) {
            return Price::Impossible;
        }
        let mut evictions = 0;
        for other in self.in_the_way(stay, row) {
            if self.settled[other] {
                return Price::Impossible;
            }
            evictions += 1;
        }
        if evictions > allowed {
            return Price::TooMany;
        }
        Price::Evictions(evictions)
    }

    /// The stays of a row that share a night with this one, the last first.
    pub(super) fn in_the_way(&self, stay: usize, row: usize) -> impl Iterator<Item = usize> + '_ {
        let span = self.span(stay);
        let before_its_end = self.rows[row].range(..span.to).rev();
        before_its_end
            .map(|(_, other)| *other)
            .take_while(move |other| self.span(*other).to > span.from)
    }

    pub(super) fn enter(&mut self, stay: usize, row: usize) -> Vec<usize> {
        let evicted: Vec<usize> = self.in_the_way(stay, row).collect();
        for other in &evicted {
            let from = self.span(*other).from;
            self.rows[row].remove(&from);
        }
        let from = self.span(stay).from;
        self.rows[row].insert(from, stay);
        evicted
    }

    fn leave(&mut self, stay: usize, row: usize, evicted: &[usize]) {
        let from = self.span(stay).from;
        self.rows[row].remove(&from);
        for other in evicted {
            let from = self.span(*other).from;
            self.rows[row].insert(from, *other);
        }
    }
}

//! Random lives of two folios, against plain sums.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use chrono::Utc;
use motel_kernel::{BookingId, Currency, FolioId, Money, PostingId};
use proptest::prelude::*;

use super::journal::entry_lines;
use super::lines::{TakenBack, reversal_of};
use super::refundable::{refundable, standing};
use super::routing::{Routing, moved, transfer};
use crate::model::{Draft, EntryLine, Line};
use crate::{AccountKind, Folio, FolioKind, LedgerAccount, Posting, PostingKind};

#[derive(Debug, Clone)]
enum Step {
    Sell(usize, i64),
    Pay(usize, i64),
    Refund(usize, i64),
    /// Take back the nth line, whatever it is.
    Reverse(usize),
    /// Move the nth line to the other folio.
    Move(usize),
    /// Move an amount.
    Split(usize, i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let folio = 0_usize..2;
    let minor = 0_i64..90_000;
    let step = prop_oneof![
        4 => (folio.clone(), minor.clone()).prop_map(|(folio, minor)| Step::Sell(folio, minor)),
        4 => (folio.clone(), 1_i64..90_000).prop_map(|(folio, minor)| Step::Pay(folio, minor)),
        2 => (folio.clone(), 1_i64..90_000).prop_map(|(folio, minor)| Step::Refund(folio, minor)),
        3 => (0_usize..40).prop_map(Step::Reverse),
        3 => (0_usize..40).prop_map(Step::Move),
        1 => (folio, minor).prop_map(|(folio, minor)| Step::Split(folio, minor)),
    ];
    proptest::collection::vec(step, 1..60)
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

struct House {
    routing: Routing,
    posted: Vec<Posting>,
    ledger: Vec<EntryLine>,
    /// What each folio comes to, by plain sums.
    expected: BTreeMap<FolioId, i64>,
    serial: u32,
}

impl House {
    fn new() -> Self {
        let booking = BookingId::new();
        let folio = |position, kind| Folio {
            id: FolioId::new(),
            booking,
            currency: Currency::USD,
            position,
            kind,
            name: format!("{kind}"),
            closed_at: None,
        };
        let folios = vec![folio(1, FolioKind::Guest), folio(2, FolioKind::Company)];
        Self {
            routing: Routing {
                folios,
                rules: Vec::new(),
            },
            posted: Vec::new(),
            ledger: Vec::new(),
            expected: BTreeMap::new(),
            serial: 0,
        }
    }

    /// What is posted is even, entry by entry.
    fn post(&mut self, drafts: Vec<Draft>) {
        let mut balances: BTreeMap<FolioId, Money> = self
            .expected
            .iter()
            .map(|(id, minor)| (*id, usd(*minor)))
            .collect();
        let named: Vec<(PostingId, Draft)> = drafts
            .into_iter()
            .map(|draft| (PostingId::new(), draft))
            .collect();
        let lines = entry_lines(&named, &mut balances).unwrap();
        assert!(lines.len() >= 2);
        assert_eq!(lines.iter().map(|line| line.amount.minor()).sum::<i64>(), 0);
        for (id, Draft { folio, line }) in named {
            let on_folio = lines
                .iter()
                .filter(|entry| entry.posting == id && entry.folio == Some(folio.id));
            let sum: i64 = on_folio.map(|entry| entry.amount.minor()).sum();
            assert_eq!(sum, line.amount.minor());
            *self.expected.entry(folio.id).or_default() += line.amount.minor();
            self.posted.push(Posting {
                id,
                folio: folio.id,
                kind: line.kind,
                description: line.description,
                service_date: line.service_date,
                amount: line.amount,
                reverses: line.reverses,
                source: line.source,
                contra: line.contra,
                posted_at: Utc::now(),
            });
        }
        self.ledger.extend(lines);
    }

    fn own(&mut self, folio: usize, kind: PostingKind, minor: i64, contra: LedgerAccount) {
        self.serial += 1;
        let line = Line {
            kind,
            description: kind.to_string(),
            service_date: None,
            amount: usd(minor),
            reverses: None,
            source: format!("desk:{}", self.serial),
            contra: Some(contra),
        };
        let folio = self.routing.folios[folio].clone();
        self.post(vec![Draft { folio, line }]);
    }

    fn take(&mut self, step: Step) {
        let cash = LedgerAccount::payments("cash");
        match step {
            Step::Sell(folio, minor) => {
                self.own(
                    folio,
                    PostingKind::Charge,
                    minor,
                    LedgerAccount::revenue("room"),
                );
            }
            Step::Pay(folio, minor) => self.own(folio, PostingKind::Payment, -minor, cash),
            Step::Refund(folio, minor) => {
                let id = self.routing.folios[folio].id;
                let on: Vec<Posting> = self
                    .posted
                    .iter()
                    .filter(|line| line.folio == id)
                    .cloned()
                    .collect();
                if minor <= refundable(&on, Currency::USD).unwrap().minor() {
                    self.own(folio, PostingKind::Refund, minor, cash);
                }
            }
            Step::Reverse(nth) => self.reverse(nth),
            Step::Move(nth) => self.move_line(nth),
            Step::Split(from, minor) => {
                let [from, to] = [from, 1 - from].map(|at| self.routing.folios[at].clone());
                if minor > 0 {
                    self.serial += 1;
                    let name = format!("split:{}", self.serial);
                    let drafts = vec![
                        transfer(&from, "out", usd(-minor), &name),
                        transfer(&to, "in", usd(minor), &name),
                    ];
                    self.post(drafts);
                }
            }
        }
    }

    fn reverse(&mut self, nth: usize) {
        let Some(line) = self.posted.get(nth).cloned() else {
            return;
        };
        let refused = matches!(line.kind, PostingKind::Reversal | PostingKind::Transfer)
            || self
                .posted
                .iter()
                .any(|other| other.reverses == Some(line.id));
        assert_eq!(standing(&self.posted, &line), !refused);
        if refused {
            return;
        }
        let back = reversal_of(&line, TakenBack::by_hand("a mistake")).unwrap();
        let mut drafts = self.routing.move_undone(&back, &self.posted).unwrap();
        let folio = self.routing.folio_of(&back, &self.posted).unwrap().clone();
        assert_eq!(folio.id, line.folio);
        drafts.push(Draft { folio, line: back });
        self.post(drafts);
    }

    fn move_line(&mut self, nth: usize) {
        let Some(line) = self.posted.get(nth).cloned() else {
            return;
        };
        let name = moved(line.id);
        let is_moved = self.posted.iter().any(|other| other.source == name);
        if is_moved || line.amount.is_zero() || !standing(&self.posted, &line) {
            return;
        }
        let from = self.routing.find(line.folio).unwrap().clone();
        let others = self.routing.folios.iter();
        let to = others
            .clone()
            .find(|folio| folio.id != line.folio)
            .unwrap()
            .clone();
        let drafts = vec![
            transfer(&from, "out", line.amount.negated().unwrap(), &name),
            transfer(&to, "in", line.amount, &name),
        ];
        self.post(drafts);
    }

    fn sum(&self, is_meant: impl Fn(&EntryLine) -> bool) -> i64 {
        let lines = self.ledger.iter().filter(|line| is_meant(line));
        lines.map(|line| line.amount.minor()).sum()
    }

    fn check(&self) -> Result<(), TestCaseError> {
        for folio in &self.routing.folios {
            let expected = self.expected.get(&folio.id).copied().unwrap_or(0);
            let of_folio = |line: &EntryLine| line.folio == Some(folio.id);
            prop_assert_eq!(self.sum(of_folio), expected);
            let held =
                self.sum(|line| of_folio(line) && line.account.kind == AccountKind::DepositsHeld);
            // A folio is owed something or holds something, never both.
            prop_assert_eq!(held, expected.min(0));
        }
        let guests = self.sum(|line| line.account.kind == AccountKind::GuestLedger);
        let companies = self.sum(|line| line.account.kind == AccountKind::CityLedger);
        let [first, second] = [0, 1].map(|at| {
            let id = self.routing.folios[at].id;
            self.expected.get(&id).copied().unwrap_or(0).max(0)
        });
        prop_assert_eq!((guests, companies), (first, second));
        prop_assert_eq!(self.sum(|_| true), 0);
        Ok(())
    }
}

proptest! {
    #[test]
    fn every_entry_is_even_and_the_accounts_come_to_the_folios(story in steps()) {
        let mut house = House::new();
        for step in story {
            house.take(step);
            house.check()?;
        }
    }
}

#[test]
fn a_deposit_is_earned_night_by_night() {
    let mut house = House::new();
    let held = |house: &House| house.sum(|line| line.account.kind == AccountKind::DepositsHeld);
    let owed = |house: &House| house.sum(|line| line.account.kind == AccountKind::GuestLedger);
    house.take(Step::Pay(0, 10_000));
    assert_eq!((held(&house), owed(&house)), (-10_000, 0));
    house.take(Step::Sell(0, 8_000));
    assert_eq!((held(&house), owed(&house)), (-2_000, 0));
    house.take(Step::Sell(0, 8_000));
    assert_eq!((held(&house), owed(&house)), (0, 6_000));
}

#[test]
fn what_was_moved_is_moved_back_when_it_is_taken_back() {
    let mut house = House::new();
    house.take(Step::Sell(0, 8_000));
    house.take(Step::Move(0));
    let sums = |house: &House| {
        [0, 1].map(|at| {
            house
                .expected
                .get(&house.routing.folios[at].id)
                .copied()
                .unwrap_or(0)
        })
    };
    assert_eq!(sums(&house), [0, 8_000]);
    house.take(Step::Reverse(0));
    assert_eq!(sums(&house), [0, 0]);
}

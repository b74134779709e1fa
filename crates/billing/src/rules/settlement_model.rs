//! Random lives of a booking, against a model of what they cost.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, Utc};
use motel_kernel::{Currency, FolioId, Money, PostingId, ReservationId};
use motel_rates::{LineKind, PriceLine};
use proptest::prelude::*;

use super::lines::{TakenBack, reversal_of};
use super::settlement::{Penalty, Settlement, Standing, StayAccount, charge_night, settle};
use super::source::StaySource;
use crate::PostingKind;
use crate::model::{Line, Posting};

#[derive(Debug, Clone)]
enum Step {
    /// The audit charges the next night of a stay.
    Charge(usize),
    /// A night that was charged is told again.
    ChargeAgain(usize),
    /// The stay costs something else from now on; nights that were charged keep their room price.
    Reprice(usize, u32, Vec<(i64, i64)>),
    CheckOut(usize),
    Cancel(usize, i64),
    NoShow(usize, i64),
    Reinstate(usize),
    /// Staff take back a line.
    Waive(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let stay = 0_usize..3;
    let price = proptest::collection::vec((0_i64..50_000, 0_i64..5_000), 1..6);
    let step = prop_oneof![
        6 => stay.clone().prop_map(Step::Charge),
        2 => stay.clone().prop_map(Step::ChargeAgain),
        4 => (stay.clone(), 0_u32..3, price).prop_map(|(stay, undated, price)| Step::Reprice(stay, undated, price)),
        1 => stay.clone().prop_map(Step::CheckOut),
        1 => (stay.clone(), 0_i64..9_000).prop_map(|(stay, fee)| Step::Cancel(stay, fee)),
        1 => (stay.clone(), 0_i64..9_000).prop_map(|(stay, fee)| Step::NoShow(stay, fee)),
        3 => stay.prop_map(Step::Reinstate),
        1 => (0_usize..30).prop_map(Step::Waive),
    ];
    proptest::collection::vec(step, 1..40)
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 4).unwrap() + Days::new(offset)
}

fn price_line(offset: u64, kind: LineKind, code: &str, minor: i64) -> PriceLine {
    PriceLine {
        date: day(offset),
        kind,
        code: code.to_owned(),
        description: format!("{code} of {}", day(offset)),
        amount: usd(minor),
    }
}

/// Rooms and a tax for each night, and fees of the whole stay on the first one.
fn price(undated: u32, nights: &[(i64, i64)]) -> Vec<PriceLine> {
    let mut lines = Vec::new();
    for (offset, (room, tax)) in (0_u64..).zip(nights) {
        lines.push(price_line(offset, LineKind::Room, "room", *room));
        lines.push(price_line(offset, LineKind::Tax, "city", *tax));
    }
    for _ in 0..undated {
        // Two of one code fall on one night, and are one line of the folio.
        lines.push(price_line(0, LineKind::Fee, "cleaning", 2_500));
    }
    lines
}

struct House {
    folio: FolioId,
    posted: Vec<Posting>,
    stays: Vec<StayAccount>,
    /// How many nights of each stay were charged.
    charged: Vec<u64>,
    /// What each stay that came to nothing had cost by then.
    spent: BTreeMap<ReservationId, i64>,
    waived: i64,
}

impl House {
    fn new() -> Self {
        let stays = (0..3).map(|_| StayAccount {
            reservation: ReservationId::new(),
            standing: Standing::Expected,
            lines: price(1, &[(16_800, 2_016), (14_000, 1_680), (14_000, 1_680)]),
        });
        Self {
            folio: FolioId::new(),
            posted: Vec::new(),
            stays: stays.collect(),
            charged: vec![0; 3],
            spent: BTreeMap::new(),
            waived: 0,
        }
    }

    fn post(&mut self, lines: Vec<Line>) {
        for line in lines {
            let known = self
                .posted
                .iter()
                .any(|posted| posted.source == line.source);
            assert!(!known, "{} is posted twice", line.source);
            if let Some(id) = line.reverses {
                let original = self.posted.iter().find(|posted| posted.id == id).unwrap();
                assert_eq!(original.amount.minor(), -line.amount.minor());
                assert_ne!(original.kind, PostingKind::Reversal);
                assert!(self.posted.iter().all(|posted| posted.reverses != Some(id)));
            }
            self.posted.push(Posting {
                id: PostingId::new(),
                folio: self.folio,
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
    }

    fn keep(&mut self) {
        let settlement = settle(&self.posted, &self.stays).unwrap();
        self.post(settlement.now);
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Charge(stay) => self.charge(stay, 0),
            Step::ChargeAgain(stay) => self.charge(stay, 1),
            Step::Reprice(stay, undated, nights) => self.reprice(stay, undated, nights),
            Step::CheckOut(stay) if self.stays[stay].standing == Standing::Expected => {
                self.stays[stay].standing = Standing::Left;
            }
            Step::Cancel(stay, fee) => self.end(stay, Penalty::Cancellation(usd(fee))),
            Step::NoShow(stay, fee) => self.end(stay, Penalty::NoShow(usd(fee))),
            Step::Reinstate(stay) => {
                self.stays[stay].standing = Standing::Expected;
                self.spent.remove(&self.stays[stay].reservation);
            }
            Step::Waive(nth) => self.waive(nth),
            Step::CheckOut(_) => {}
        }
        self.keep();
    }

    fn charge(&mut self, stay: usize, back: u64) {
        let Some(night) = self.charged[stay].checked_sub(back) else {
            return;
        };
        let account = self.stays[stay].clone();
        let lines: Vec<PriceLine> = account
            .lines
            .iter()
            .filter(|line| line.date == day(night))
            .cloned()
            .collect();
        if account.standing != Standing::Expected || lines.is_empty() {
            return;
        }
        let due = charge_night(&self.posted, &self.stays, account.reservation, &lines).unwrap();
        self.post(due);
        self.charged[stay] = self.charged[stay].max(night + 1);
    }

    fn reprice(&mut self, stay: usize, undated: u32, nights: Vec<(i64, i64)>) {
        if matches!(self.stays[stay].standing, Standing::Over(_)) {
            return;
        }
        self.charged[stay] = self.charged[stay].min(u64::try_from(nights.len()).unwrap());
        self.stays[stay].lines = price(undated, &nights);
    }

    fn end(&mut self, stay: usize, penalty: Penalty) {
        let account = &mut self.stays[stay];
        if account.standing != Standing::Expected {
            return;
        }
        account.standing = Standing::Over(Some(penalty));
        let of_stay = |line: &&Posting| {
            StaySource::read(&line.source).is_some_and(|(source, _)| {
                source.reservation == account.reservation && !source.item.is_penalty()
            })
        };
        let taken_back: BTreeSet<PostingId> = self
            .posted
            .iter()
            .filter_map(|line| line.reverses)
            .collect();
        let spent = self
            .posted
            .iter()
            .filter(of_stay)
            .filter(|line| !taken_back.contains(&line.id));
        let spent = spent.map(|line| line.amount.minor()).sum();
        self.spent.insert(account.reservation, spent);
    }

    fn waive(&mut self, nth: usize) {
        let Some(line) = self.posted.get(nth) else {
            return;
        };
        let (id, minor) = (line.id, line.amount.minor());
        let reversed = self.posted.iter().any(|other| other.reverses == Some(id));
        if line.kind == PostingKind::Reversal || reversed {
            return;
        }
        let back = reversal_of(line, TakenBack::by_hand("a gift")).unwrap();
        self.post(vec![back]);
        self.waived += minor;
    }

    fn settlement(&self) -> Settlement {
        settle(&self.posted, &self.stays).unwrap()
    }

    fn balance(&self) -> i64 {
        let posted: i64 = self.posted.iter().map(|line| line.amount.minor()).sum();
        posted + self.settlement().sum(Currency::USD).unwrap().minor()
    }

    /// What stands costs, by the model.
    fn owed(&self) -> i64 {
        let owed = self.stays.iter().map(|stay| match stay.standing {
            Standing::Expected | Standing::Left => {
                stay.lines.iter().map(|line| line.amount.minor()).sum()
            }
            Standing::Over(penalty) => {
                let fee = match penalty {
                    Some(Penalty::Cancellation(fee) | Penalty::NoShow(fee)) => fee.minor(),
                    None => 0,
                };
                self.spent[&stay.reservation] + fee
            }
        });
        owed.sum()
    }
}

proptest! {
    /// Posted and pending together are the price of what stands and the fees for what came to nothing.
    #[test]
    fn whatever_happens_the_folio_comes_to_what_is_owed(story in steps()) {
        let mut house = House::new();
        for step in story.into_iter().filter(|step| !matches!(step, Step::Waive(_))) {
            house.take(step.clone());
            prop_assert_eq!(house.balance(), house.owed(), "after {:?}", step);
        }
    }

    /// With gifts in between: nothing is posted twice, nothing taken back twice, and keeping again posts nothing.
    #[test]
    fn a_folio_that_was_kept_lacks_nothing_but_what_is_to_come(story in steps()) {
        let mut house = House::new();
        for step in story {
            house.take(step);
            let settlement = house.settlement();
            prop_assert!(settlement.now.is_empty(), "{:?}", settlement.now);
            for pending in &settlement.pending {
                let of = house.stays.iter().find(|stay| stay.reservation == pending.reservation);
                prop_assert_eq!(of.unwrap().standing, Standing::Expected);
            }
        }
    }
}

#[test]
fn a_night_that_was_waived_is_neither_pending_nor_posted_again() {
    let mut house = House::new();
    house.take(Step::Charge(0));
    let before = house.balance();
    house.take(Step::Waive(0));
    let gift = house.posted[0].amount.minor();
    assert_eq!(house.balance(), before - gift);
    house.take(Step::ChargeAgain(0));
    house.take(Step::CheckOut(0));
    assert_eq!(house.balance(), before - gift);
}

#[test]
fn a_night_gets_cheaper_after_it_was_charged() {
    let mut house = House::new();
    house.take(Step::Charge(0));
    house.take(Step::Reprice(0, 1, vec![(10_000, 2_016), (14_000, 1_680)]));
    let rooms: Vec<i64> = house
        .posted
        .iter()
        .filter(|line| line.service_date == Some(day(0)) && line.description.contains("room"))
        .map(|line| line.amount.minor())
        .collect();
    assert_eq!(rooms, [16_800, -16_800, 10_000]);
}

#[test]
fn one_room_of_a_group_is_cancelled_and_the_others_stand() {
    let mut house = House::new();
    let one: i64 = house.stays[0]
        .lines
        .iter()
        .map(|line| line.amount.minor())
        .sum();
    assert_eq!(house.balance(), 3 * one);
    house.take(Step::Cancel(1, 5_000));
    assert_eq!(house.balance(), 2 * one + 5_000);
    house.take(Step::Reinstate(1));
    assert_eq!(house.balance(), 3 * one);
    house.take(Step::Cancel(1, 6_000));
    assert_eq!(house.balance(), 2 * one + 6_000);
}

#[test]
fn what_an_old_folio_opened_with_is_taken_back_when_its_booking_is_cancelled() {
    let mut house = House::new();
    house.stays.truncate(1);
    house.stays[0].lines = price(0, &[(16_800, 0), (16_800, 0)]);
    house.stays[0].lines.retain(|line| !line.amount.is_zero());
    let tax = price_line(0, LineKind::Tax, "tax", 4_032);
    house.stays[0].lines.push(tax);
    for (source, kind, minor) in [
        ("room:2026-12-04", PostingKind::Charge, 16_800),
        ("room:2026-12-05", PostingKind::Charge, 16_800),
        ("tax", PostingKind::Tax, 4_032),
    ] {
        house.post(vec![Line {
            kind,
            description: source.to_owned(),
            service_date: None,
            amount: usd(minor),
            reverses: None,
            source: source.to_owned(),
            contra: None,
        }]);
    }
    assert_eq!(house.settlement(), Settlement::default());
    house.stays[0].standing = Standing::Over(Some(Penalty::Cancellation(usd(5_000))));
    house.keep();
    assert_eq!(house.balance(), 5_000);
    // Reinstated, its nights are charged one by one like those of any other.
    house.take(Step::Reinstate(0));
    assert_eq!(house.balance(), 37_632);
    house.take(Step::Charge(0));
    let sources: Vec<&str> = house
        .posted
        .iter()
        .map(|line| line.source.as_str())
        .collect();
    let again = format!("room:{}:2026-12-04#2", house.stays[0].reservation);
    assert!(sources.contains(&again.as_str()), "{sources:?}");
}

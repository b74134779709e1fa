//! Random sequences of everything that can happen to a folio, against a map from source to amount. `MOTEL_LEDGER_STEPS` makes
//! them longer: `MOTEL_LEDGER_STEPS=10000 cargo nextest run -p motel-billing ledger_model`.

use std::collections::{BTreeMap, BTreeSet};

use motel_billing::commands::{self, HandKind, HandPosting, Moved};
use motel_billing::{BillingError, Folio, FolioKind, PaymentLink, PostingKind, Sum, queries};
use motel_bookings::{Booking, By};
use motel_db::TenantTx;
use motel_kernel::{Actor, PostingId};
use motel_payments::{EventKind, GatewayEvent};
use motel_rates::PriceLine;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::motel::{Motel, now, received, usd};

#[derive(Debug, Clone)]
enum Step {
    Keep,
    AskForLink,
    Tell {
        event: u8,
        checkout: u8,
        kind: EventKind,
        minor: i64,
    },
    Charge(usize),
    Cancel,
    Reverse(usize),
    /// What became of a refund that was made at the gateway.
    TellRefund(u8, EventKind),
    /// What became of a dispute.
    TellDispute(u8, EventKind),
    /// Staff post an extra, or take a payment.
    PostByHand {
        payment: bool,
        minor: i64,
    },
    /// A part goes to the company's folio.
    SplitOff(i64),
    /// The front desk dies after it wrote this and before it committed.
    Crash(Box<Step>),
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let kind = prop_oneof![
        3 => Just(EventKind::Paid),
        1 => Just(EventKind::Declined),
        1 => Just(EventKind::Failed),
        1 => Just(EventKind::Expired),
    ];
    let refund = proptest::sample::select(vec![
        EventKind::RefundProcessing,
        EventKind::Refunded,
        EventKind::RefundFailed,
    ]);
    let dispute = proptest::sample::select(vec![
        EventKind::Disputed,
        EventKind::DisputeWon,
        EventKind::DisputeLost,
    ]);
    let tell =
        (0_u8..6, 0_u8..3, kind, 1_i64..60_000).prop_map(|(event, checkout, kind, minor)| {
            Step::Tell {
                event,
                checkout,
                kind,
                minor,
            }
        });
    let by_hand = (any::<bool>(), 1_i64..20_000)
        .prop_map(|(payment, minor)| Step::PostByHand { payment, minor });
    let lost = prop_oneof![by_hand.clone(), tell.clone()];
    let step = prop_oneof![
        2 => Just(Step::Keep),
        2 => Just(Step::AskForLink),
        6 => tell,
        2 => (0_usize..2).prop_map(Step::Charge),
        1 => Just(Step::Cancel),
        2 => (0_usize..12).prop_map(Step::Reverse),
        3 => (0_u8..2, refund).prop_map(|(nth, kind)| Step::TellRefund(nth, kind)),
        2 => (0_u8..2, dispute).prop_map(|(nth, kind)| Step::TellDispute(nth, kind)),
        2 => by_hand,
        1 => (1_i64..20_000).prop_map(Step::SplitOff),
        2 => lost.prop_map(|step| Step::Crash(Box::new(step))),
    ];
    proptest::collection::vec(step, 1..most)
}

/// What the folio should hold, and the real one beside it.
struct Twin<'a> {
    motel: &'a Motel,
    booking: Booking,
    expected: BTreeMap<String, i64>,
    told: BTreeSet<u8>,
    link: Option<PaymentLink>,
    /// How far each refund and each dispute has come.
    refunds: BTreeMap<String, u8>,
    disputes: BTreeMap<String, EventKind>,
    /// Whether there is a folio.
    opened: bool,
    /// The company's folio and what was split off to it.
    company: Option<(Folio, i64)>,
    /// How often something was posted by hand or split off.
    by_hand: usize,
}

fn minor_of(nth: u8) -> i64 {
    1_000 * (1 + i64::from(nth))
}

fn name(line: &PriceLine) -> String {
    format!("{:?}:{}:{}", line.kind, line.date, line.code)
}

impl Twin<'_> {
    fn balance(&self) -> i64 {
        self.expected.values().sum::<i64>() + self.pending()
    }

    fn pending(&self) -> i64 {
        let price = self.booking.first().price.postings();
        let lines = price
            .iter()
            .filter(|_| self.booking.cancellation().is_none());
        let open = lines.filter(|line| !self.expected.contains_key(&name(line)));
        open.map(|line| line.amount.minor()).sum()
    }

    async fn take(&mut self, step: Step) {
        match step {
            Step::Keep => {
                self.motel.keep(&self.booking).await;
                self.opened = true;
            }
            Step::Charge(nth) => self.charge(nth).await,
            Step::AskForLink => self.ask().await,
            Step::Tell {
                event,
                checkout,
                kind,
                minor,
            } => self.tell(event, checkout, kind, minor).await,
            Step::Cancel => self.cancel().await,
            Step::Reverse(nth) => self.reverse(nth).await,
            Step::TellRefund(nth, kind) => self.tell_refund(nth, kind).await,
            Step::TellDispute(nth, kind) => self.tell_dispute(nth, kind).await,
            Step::PostByHand { payment, minor } => self.post_by_hand(payment, minor).await,
            Step::SplitOff(minor) => self.split_off(minor).await,
            Step::Crash(step) => self.crash(*step).await,
        }
    }

    async fn post_by_hand(&mut self, payment: bool, minor: i64) {
        let mut tx = self.motel.tx().await;
        self.hand(&mut tx, payment, minor).await;
        tx.commit().await.unwrap();
        self.opened = true;
        self.by_hand += 1;
        let signed = if payment { -minor } else { minor };
        self.expected
            .insert(format!("by hand:{}", self.by_hand), signed);
    }

    async fn hand(&self, tx: &mut TenantTx, payment: bool, minor: i64) {
        let folio = commands::keep_folio(tx, &self.booking).await.unwrap();
        let posting = HandPosting {
            kind: match payment {
                true => HandKind::Payment("cash".to_owned()),
                false => HandKind::Extra("minibar".to_owned()),
            },
            amount: usd(minor),
            description: "By hand".to_owned(),
            service_date: None,
        };
        commands::post_by_hand(tx, folio.id, posting, By::system())
            .await
            .unwrap();
    }

    /// No more leaves a folio than is posted on it and owed.
    async fn split_off(&mut self, minor: i64) {
        let guests = self.motel.keep(&self.booking).await;
        self.opened = true;
        let mut tx = self.motel.tx().await;
        let (company, so_far) = match self.company.take() {
            Some(known) => known,
            None => {
                let kind = FolioKind::Company;
                let new = commands::open_folio(&mut tx, &self.booking, kind, "Acme Ltd").await;
                (new.unwrap(), 0)
            }
        };
        let amount = Moved::Amount(usd(minor));
        let moved = commands::transfer(&mut tx, guests.id, company.id, amount, By::system()).await;
        tx.commit().await.unwrap();
        if minor > self.expected.values().sum::<i64>() {
            assert!(matches!(moved, Err(BillingError::NotMovable)));
            self.company = Some((company, so_far));
            return;
        }
        moved.unwrap();
        self.by_hand += 1;
        self.expected
            .insert(format!("split off:{}", self.by_hand), -minor);
        self.company = Some((company, so_far + minor));
    }

    /// What was not committed never was.
    async fn crash(&mut self, step: Step) {
        let mut tx = self.motel.tx().await;
        match (step, &self.link) {
            (Step::PostByHand { payment, minor }, _) => self.hand(&mut tx, payment, minor).await,
            (
                Step::Tell {
                    event,
                    checkout,
                    kind,
                    minor,
                },
                Some(link),
            ) => {
                let event = self.gateway_event(link, event, checkout, kind, minor);
                commands::take_gateway_event(&mut tx, received(&event))
                    .await
                    .unwrap();
            }
            _ => {}
        }
        drop(tx);
    }

    fn gateway_event(
        &self,
        link: &PaymentLink,
        event: u8,
        checkout: u8,
        kind: EventKind,
        minor: i64,
    ) -> GatewayEvent {
        GatewayEvent {
            event_id: format!("evt_{event}_{}", self.booking.code),
            kind,
            gateway_reference: format!("cs_{checkout}"),
            reference: link.id,
            refund: None,
            amount: usd(minor),
        }
    }

    /// The first night holds the fees and taxes of the whole stay.
    async fn charge(&mut self, nth: usize) {
        let night = self.booking.first().price.nights[nth].date;
        self.motel.charge(&self.booking, night).await;
        self.opened = true;
        let cancelled = self.booking.cancellation().is_some();
        for line in self.booking.first().price.postings() {
            let due = line.date == night || (line.date < night && !cancelled);
            if due && !self.expected.contains_key(&name(&line)) {
                self.expected.insert(name(&line), line.amount.minor());
            }
        }
    }

    async fn ask(&mut self) {
        let mut tx = self.motel.tx().await;
        let asked = commands::prepare_payment_link(
            &mut tx,
            &self.booking,
            Sum::Due,
            motel_payments::GatewayName::Stripe,
            now(),
        )
        .await;
        tx.commit().await.unwrap();
        self.opened = true;
        match asked {
            Ok(link) => {
                assert_eq!(link.amount, usd(self.balance()));
                self.link = Some(link);
            }
            Err(BillingError::NothingDue) => assert!(self.balance() <= 0),
            Err(other) => panic!("{other}"),
        }
    }

    async fn tell(&mut self, event: u8, checkout: u8, kind: EventKind, minor: i64) {
        let Some(link) = &self.link else { return };
        let told = self.gateway_event(link, event, checkout, kind, minor);
        self.motel.take(&told).await;
        if self.told.insert(event) && kind == EventKind::Paid {
            let source = format!("payment:cs_{checkout}");
            self.expected.entry(source).or_insert(-minor);
        }
    }

    /// Told twice, late and in any order: it leaves what its last state says.
    async fn tell_refund(&mut self, nth: u8, kind: EventKind) {
        let Some(reference) = self.tell_back("re", nth, kind).await else {
            return;
        };
        let told = match kind {
            EventKind::RefundProcessing => 1,
            EventKind::Refunded => 2,
            _ => 3,
        };
        let was = self.refunds.get(&reference).copied().unwrap_or(0);
        if told <= was {
            return;
        }
        let minor = minor_of(nth);
        match (was, told) {
            (_, 2) => self.expect(&reference, "out", minor),
            (2, 3) => self.expect(&reference, "in again", -minor),
            _ => {}
        }
        self.refunds.insert(reference, told);
    }

    async fn tell_dispute(&mut self, nth: u8, kind: EventKind) {
        let Some(reference) = self.tell_back("du", nth, kind).await else {
            return;
        };
        let was = self.disputes.get(&reference).copied();
        if !matches!(was, None | Some(EventKind::Disputed)) || was == Some(kind) {
            return;
        }
        let minor = minor_of(nth);
        if was.is_none() {
            self.expect(&reference, "taken", minor);
            self.expect(&reference, "set aside", -minor);
        }
        if kind != EventKind::Disputed {
            self.expect(&reference, "over", minor);
        }
        if kind == EventKind::DisputeWon {
            self.expect(&reference, "won", -minor);
        }
        self.disputes.insert(reference, kind);
    }

    fn expect(&mut self, reference: &str, what: &str, minor: i64) {
        self.expected.insert(format!("{what}:{reference}"), minor);
    }

    async fn tell_back(&self, what: &str, nth: u8, kind: EventKind) -> Option<String> {
        let link = self.link.as_ref()?;
        let reference = format!("{what}_{nth}_{}", link.id);
        self.motel
            .take(&GatewayEvent {
                event_id: format!("{}:{reference}", kind.as_str()),
                kind,
                gateway_reference: reference.clone(),
                reference: link.id,
                refund: None,
                amount: usd(minor_of(nth)),
            })
            .await;
        Some(reference)
    }

    async fn cancel(&mut self) {
        if self.booking.cancellation().is_none() {
            self.booking = self.motel.cancel(&self.booking, now()).await;
        }
    }

    async fn reverse(&mut self, nth: usize) {
        let mut tx = self.motel.tx().await;
        let Some(folio) = queries::folio(&mut tx, self.booking.id).await.unwrap() else {
            return;
        };
        let lines = queries::postings(&mut tx, &folio).await.unwrap();
        if lines.is_empty() {
            return;
        }
        let line = &lines[nth % lines.len()];
        let outcome = commands::reverse(&mut tx, line.id, Actor::System, "a mistake").await;
        let taken_back: BTreeSet<PostingId> =
            lines.iter().filter_map(|line| line.reverses).collect();
        let is_set_aside = matches!(line.kind, PostingKind::Dispute | PostingKind::Transfer);
        if line.reverses.is_some() || taken_back.contains(&line.id) || is_set_aside {
            assert!(matches!(outcome, Err(BillingError::NotReversible)));
        } else {
            outcome.unwrap();
            let name = format!("back:{}", line.source);
            self.expected.insert(name, -line.amount.minor());
        }
        tx.commit().await.unwrap();
    }

    async fn check(&self, story: &[Step]) {
        let mut tx = self.motel.tx().await;
        let Some(folio) = queries::folio(&mut tx, self.booking.id).await.unwrap() else {
            assert!(!self.opened, "{story:?}");
            return;
        };
        let lines = queries::postings(&mut tx, &folio).await.unwrap();
        let sum: i64 = lines.iter().map(|line| line.amount.minor()).sum();
        assert_eq!(sum, self.expected.values().sum::<i64>(), "{story:?}");
        let balance = queries::balance(&mut tx, &folio).await.unwrap();
        assert_eq!(balance, usd(self.balance()), "{story:?}");
        assert_eq!(lines.len(), self.expected.len(), "{story:?}");
        if let Some((company, split_off)) = &self.company {
            let balance = queries::balance(&mut tx, company).await.unwrap();
            assert_eq!(balance, usd(*split_off), "{story:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_in_whatever_order_the_folio_agrees_with_the_model() {
    let motel = Motel::open().await;
    let wanted = std::env::var("MOTEL_LEDGER_STEPS").map_or(600, |steps| steps.parse().unwrap());
    let mut runner = TestRunner::deterministic();
    let mut taken = 0;
    for round in 0.. {
        if taken >= wanted {
            break;
        }
        let story = steps(2 + wanted / 30);
        let story = story.new_tree(&mut runner).unwrap().current();
        taken += story.len();
        let mut twin = Twin {
            motel: &motel,
            booking: motel.book_nights(1 + round % 80, 2, 1).await,
            expected: BTreeMap::new(),
            told: BTreeSet::new(),
            refunds: BTreeMap::new(),
            disputes: BTreeMap::new(),
            link: None,
            opened: false,
            company: None,
            by_hand: 0,
        };
        for step in &story {
            twin.take(step.clone()).await;
            twin.check(&story).await;
        }
    }
    assert_eq!(motel.wrong_in_the_books().await, []);
}

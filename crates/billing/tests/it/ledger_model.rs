//! Random sequences of everything that can happen to a folio, against a map from source to amount.

use std::collections::{BTreeMap, BTreeSet};

use motel_billing::{BillingError, PaymentLink, PostingKind, Sum, commands, queries};
use motel_bookings::Booking;
use motel_kernel::{Actor, PostingId};
use motel_payments::{EventKind, GatewayEvent};
use motel_rates::PriceLine;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::motel::{Motel, now, usd};

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
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
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
    let step = prop_oneof![
        2 => Just(Step::Keep),
        2 => Just(Step::AskForLink),
        6 => tell,
        2 => (0_usize..2).prop_map(Step::Charge),
        1 => Just(Step::Cancel),
        2 => (0_usize..12).prop_map(Step::Reverse),
        3 => (0_u8..2, refund).prop_map(|(nth, kind)| Step::TellRefund(nth, kind)),
        2 => (0_u8..2, dispute).prop_map(|(nth, kind)| Step::TellDispute(nth, kind)),
    ];
    proptest::collection::vec(step, 1..18)
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
        let event_name = format!("evt_{event}_{}", self.booking.code);
        self.motel
            .take(&GatewayEvent {
                event_id: event_name,
                kind,
                gateway_reference: format!("cs_{checkout}"),
                reference: link.id,
                refund: None,
                amount: usd(minor),
            })
            .await;
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
        let is_set_aside = line.kind == PostingKind::Dispute;
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
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_in_whatever_order_the_folio_agrees_with_the_model() {
    let motel = Motel::open().await;
    let mut runner = TestRunner::deterministic();
    for round in 0..60 {
        let story = steps().new_tree(&mut runner).unwrap().current();
        let mut twin = Twin {
            motel: &motel,
            booking: motel.book_nights(1 + round, 2, 1).await,
            expected: BTreeMap::new(),
            told: BTreeSet::new(),
            refunds: BTreeMap::new(),
            disputes: BTreeMap::new(),
            link: None,
            opened: false,
        };
        for step in &story {
            twin.take(step.clone()).await;
            twin.check(&story).await;
        }
    }
    assert_eq!(motel.wrong_in_the_books().await, []);
}

//! Random sequences of everything that can happen to a folio, against a map from source to amount.

use std::collections::{BTreeMap, BTreeSet};

use motel_billing::{BillingError, PaymentLink, commands, queries};
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
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let kind = prop_oneof![
        3 => Just(EventKind::Paid),
        1 => Just(EventKind::Declined),
        1 => Just(EventKind::Failed),
        1 => Just(EventKind::Expired),
    ];
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
    ];
    proptest::collection::vec(step, 1..14)
}

/// What the folio should hold, and the real one beside it.
struct Twin<'a> {
    motel: &'a Motel,
    booking: Booking,
    expected: BTreeMap<String, i64>,
    told: BTreeSet<u8>,
    link: Option<PaymentLink>,
    /// Whether there is a folio.
    opened: bool,
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
                amount: usd(minor),
            })
            .await;
        if self.told.insert(event) && kind == EventKind::Paid {
            let source = format!("payment:cs_{checkout}");
            self.expected.entry(source).or_insert(-minor);
        }
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
        if line.reverses.is_some() || taken_back.contains(&line.id) {
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
            link: None,
            opened: false,
        };
        for step in &story {
            twin.take(step.clone()).await;
            twin.check(&story).await;
        }
    }
}

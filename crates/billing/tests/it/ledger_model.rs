//! Random sequences of everything that can happen to a folio, against a map from source to amount.

use std::collections::{BTreeMap, BTreeSet};

use motel_billing::{BillingError, PaymentLink, commands, queries};
use motel_bookings::Booking;
use motel_kernel::PostingId;
use motel_payments::{EventKind, GatewayEvent};
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
}

impl Twin<'_> {
    fn balance(&self) -> i64 {
        self.expected.values().sum()
    }

    async fn take(&mut self, step: Step) {
        match step {
            Step::Keep => {
                self.motel.keep(&self.booking).await;
                self.kept();
            }
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

    fn kept(&mut self) {
        if self.expected.is_empty() {
            let price = &self.booking.first().price;
            for night in &price.nights {
                let source = format!("room:{}", night.date);
                self.expected.insert(source, night.price.minor());
            }
            self.expected
                .insert("pets".to_owned(), price.pet_fee.minor());
            self.expected.insert("tax".to_owned(), price.tax.minor());
        }
        if self.booking.cancellation().is_some() {
            let sold: Vec<(String, i64)> = self
                .expected
                .iter()
                .filter(|(source, _)| !source.contains(':') || source.starts_with("room:"))
                .map(|(source, minor)| (format!("back:{source}"), -minor))
                .collect();
            self.expected.extend(sold);
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
        self.kept();
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
        let line = &lines[nth % lines.len()];
        let outcome = commands::reverse(&mut tx, line.id, "a mistake").await;
        let taken_back: BTreeSet<PostingId> =
            lines.iter().filter_map(|line| line.reverses).collect();
        if line.reverses.is_some() || taken_back.contains(&line.id) {
            assert!(matches!(outcome, Err(BillingError::NotReversible)));
        } else {
            outcome.unwrap();
            self.expected
                .insert(format!("back:{}", line.source), -line.amount.minor());
        }
        tx.commit().await.unwrap();
    }

    async fn check(&self, story: &[Step]) {
        let mut tx = self.motel.tx().await;
        let Some(folio) = queries::folio(&mut tx, self.booking.id).await.unwrap() else {
            assert!(self.expected.is_empty(), "{story:?}");
            return;
        };
        let lines = queries::postings(&mut tx, &folio).await.unwrap();
        let sum: i64 = lines.iter().map(|line| line.amount.minor()).sum();
        assert_eq!(
            queries::balance(&mut tx, &folio).await.unwrap(),
            usd(sum),
            "{story:?}"
        );
        assert_eq!(sum, self.balance(), "{story:?}");
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
        };
        for step in &story {
            twin.take(step.clone()).await;
            twin.check(&story).await;
        }
    }
}

//! Whatever is wanted of money that is set aside, in whatever order, and wherever the server is killed in between: the gateway's
//! books and ours agree, and at most one amount was taken.

use chrono::TimeDelta;
use futures::future::join;
use motel_billing::IntentState;
use motel_billing::commands::Aside;
use motel_billing::sandbox::Choice;
use motel_kernel::{Clock, PaymentLinkId};
use motel_payments::GatewayName;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::http::Served;
use crate::motel::usd;

#[derive(Debug, Clone, Copy)]
enum Step {
    TakeSome,
    TakeAll,
    LetGo,
    TakeAndLetGo,
    Kill,
    Reconcile,
    Follow,
    SettleTwice,
    Wait,
}

const STEPS: [Step; 9] = [
    Step::TakeSome,
    Step::TakeAll,
    Step::LetGo,
    Step::TakeAndLetGo,
    Step::Kill,
    Step::Reconcile,
    Step::Follow,
    Step::SettleTwice,
    Step::Wait,
];

const CARDS: [Choice; 4] = [
    Choice::Pay,
    Choice::Silent,
    Choice::TakenSilent,
    Choice::Lapses,
];

/// Always the same walks.
const SEED: [u8; 32] = *b"money that is set aside, walked.";

impl Served {
    async fn step(&self, id: PaymentLinkId, step: Step) {
        match step {
            Step::TakeSome => drop(self.capture(id, Some(usd(4_321))).await),
            Step::TakeAll => drop(self.capture(id, None).await),
            Step::LetGo => drop(self.void(id).await),
            Step::TakeAndLetGo => {
                drop(join(self.capture(id, Some(usd(1_234))), self.void(id)).await);
            }
            Step::Kill => self.lose_all_jobs().await,
            Step::Reconcile => {
                self.reconcile().await;
            }
            Step::Follow => self.follow_all().await,
            Step::SettleTwice => {
                let (desk, tenant) = (self.desk(), self.motel.tenant);
                let settle = || desk.settle_authorisation(tenant, id, self.clock.now());
                drop(join(settle(), settle()).await);
            }
            Step::Wait => self.clock.advance(TimeDelta::seconds(20)),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateways_books_and_ours_agree_after_every_walk() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &SEED);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let walks = (0..CARDS.len(), prop::collection::vec(0..STEPS.len(), 3..14));
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let mut owed = booking.total().minor();
    let mut ends = Vec::new();
    for _ in 0..40 {
        let (card, steps) = walks.new_tree(&mut runner).unwrap().current();
        let steps: Vec<Step> = steps.into_iter().map(|at| STEPS[at]).collect();
        let walk = format!("{:?} {steps:?}", CARDS[card]);
        let page = Aside::Page(GatewayName::Sandbox);
        let id = served.ask_aside(&booking, usd(20_000), page).await.unwrap();
        served.agree(id, CARDS[card]).await;
        for step in steps {
            served.step(id, step).await;
        }
        // The server comes back, and stays.
        for _ in 0..3 {
            served.reconcile().await;
            served.follow_all().await;
        }
        let found = served.found(id).await.payment;
        let taken = "SELECT coalesce(sum(amount_minor), 0) FROM billing.sandbox_checkouts
            WHERE paid AND link_id =";
        let taken = served.motel.number(&format!("{taken} '{id}'")).await;
        assert_eq!(found.paid.minor(), taken, "{walk}");
        owed -= taken;
        assert_eq!(served.motel.balance(&booking).await, owed, "{walk}");
        assert_eq!(found.state == IntentState::Succeeded, taken > 0, "{walk}");
        let is_settled = !matches!(
            found.state,
            IntentState::Capturing | IntentState::Voiding | IntentState::RequiresAction
        );
        assert!(is_settled, "{} after {walk}", found.state);
        ends.push(found.state);
    }
    assert_eq!(served.motel.wrong_in_the_books().await, []);
    // The walks lead everywhere.
    for end in [
        IntentState::Authorised,
        IntentState::Succeeded,
        IntentState::Cancelled,
        IntentState::Lapsed,
    ] {
        assert!(ends.contains(&end), "no walk ended {end}: {ends:?}");
    }
}

//! Money that goes back: once, never more than came, whatever breaks off in between.

use futures::future::{join, join_all};
use motel_billing::commands::{self, HandKind, Taken};
use motel_billing::{
    BillingError, IntentState, PaymentLink, PostingKind, Refund, RefundState, queries,
};
use motel_bookings::{Booking, By};
use motel_kernel::{Clock, PaymentLinkId, RefundId};
use motel_payments::{EventKind, GatewayEvent};
use motel_tenancy::testing::other_tenant;
use reqwest::StatusCode;

use crate::events::permutations;
use crate::http::Served;
use crate::motel::{Motel, event, now, usd};

/// What a gateway tells of a refund of ours.
fn told(kind: EventKind, link: &PaymentLink, refund: &Refund) -> GatewayEvent {
    GatewayEvent {
        event_id: format!("evt_{}_{}", kind.as_str(), refund.id),
        kind,
        gateway_reference: format!("re_{}", refund.id),
        reference: link.id,
        refund: Some(refund.id),
        amount: refund.amount,
    }
}

impl Motel {
    async fn refund(&self, id: RefundId) -> Refund {
        let mut tx = self.tx().await;
        queries::refund(&mut tx, id).await.unwrap().unwrap()
    }

    async fn kinds(&self, booking: &Booking) -> Vec<(PostingKind, i64)> {
        let account = self.account(booking).await;
        let lines = account.postings.iter();
        lines.map(|line| (line.kind, line.amount.minor())).collect()
    }
}

impl Served {
    /// A booking paid at the sandbox by a card.
    async fn paid_by(&self, card: &str) -> (Booking, PaymentLinkId) {
        let booking = self.motel.book().await;
        let (page, link) = self.page(&booking).await;
        self.sandbox
            .choose(page, card.parse().unwrap())
            .await
            .unwrap();
        self.worker().run_until_idle().await.unwrap();
        assert_eq!(self.motel.balance(&booking).await, 0);
        (booking, link["link_id"].as_str().unwrap().parse().unwrap())
    }

    /// Everything that follows from what happened, with a desk that sends refunds.
    async fn follow(&self) {
        let desk = self.desk();
        let worker = motel_billing::jobs::register_desk(self.worker(), desk, self.clock.clone());
        worker.run_until_idle().await.unwrap();
    }

    async fn given_back(&self) -> i64 {
        let sum =
            "SELECT coalesce(sum(amount_minor), 0) FROM billing.sandbox_refunds WHERE NOT bounced";
        self.motel.number(sum).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_refund_at_once_never_give_back_more_than_was_paid() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.pay(&booking).await;
    let outcomes = join_all((0..20).map(|_| motel.request_refund(link.id, Some(10_000)))).await;
    let (done, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), refused.len()), (4, 16));
    for refusal in refused {
        assert!(
            matches!(refusal, Err(BillingError::AbovePaid)),
            "{refusal:?}"
        );
    }
    // All that is left, by ten at once: one gets it.
    let outcomes = join_all((0..10).map(|_| motel.request_refund(link.id, None))).await;
    let (done, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    let amounts: Vec<i64> = done
        .into_iter()
        .map(|it| it.unwrap().amount.minor())
        .collect();
    assert_eq!(amounts, [2_112]);
    for refusal in refused {
        assert!(
            matches!(refusal, Err(BillingError::NothingToRefund)),
            "{refusal:?}"
        );
    }
    let asked = "SELECT sum(amount_minor) FROM billing.refunds";
    assert_eq!(motel.number(asked).await, 42_112);
    // Nothing is posted before it is done.
    assert_eq!(motel.balance(&booking).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_refuses_what_the_code_should_have() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.pay(&booking).await;
    let refund = motel.request_refund(link.id, Some(42_000)).await.unwrap();
    let insert = format!(
        "INSERT INTO billing.refunds (tenant_id, id, link_id, amount_minor, currency, state, actor, requested_at)
         VALUES ('{}', '{}', '{}', 113, 'USD', 'requested', 'system', now())",
        motel.tenant, RefundId::new(), link.id,
    );
    let back = format!(
        "UPDATE billing.refunds SET state = 'failed' WHERE id = '{0}';
         UPDATE billing.refunds SET state = 'requested' WHERE id = '{0}'",
        refund.id,
    );
    let mut admin = motel.test.admin().await;
    for (statement, name) in [(insert, "more than is left"), (back, "does not go back")] {
        let done = diesel_async::SimpleAsyncConnection::batch_execute(&mut admin, &statement).await;
        assert!(done.unwrap_err().to_string().contains(name), "{statement}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_wishes_are_told_apart_and_ask_for_nothing() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let unpaid = motel.link(&booking).await;
    let nothing = motel.request_refund(unpaid.id, None).await;
    assert!(
        matches!(nothing, Err(BillingError::NothingToRefund)),
        "{nothing:?}"
    );
    let above = motel.request_refund(unpaid.id, Some(1)).await;
    assert!(matches!(above, Err(BillingError::AbovePaid)), "{above:?}");
    let nobody = motel.request_refund(PaymentLinkId::new(), None).await;
    assert!(
        matches!(nobody, Err(BillingError::NotFound(_))),
        "{nobody:?}"
    );

    motel.take(&event("evt_1", EventKind::Paid, &unpaid)).await;
    let mut tx = motel.tx().await;
    let yen = motel_kernel::Money::new(5, "JPY".parse().unwrap());
    let by = || By::system().because("a test");
    let wrong = commands::request_refund(&mut tx, unpaid.id, Some(yen), by(), now()).await;
    assert!(
        matches!(wrong, Err(BillingError::WrongCurrency)),
        "{wrong:?}"
    );
    drop(tx);
    let stranger = other_tenant(&motel.test).await.tenant;
    let mut tx = motel.test.db().tenant(stranger).await.unwrap();
    let theirs = commands::request_refund(&mut tx, unpaid.id, None, by(), now()).await;
    assert!(
        matches!(theirs, Err(BillingError::NotFound(_))),
        "{theirs:?}"
    );
    drop(tx);
    assert_eq!(
        motel.number("SELECT count(*) FROM billing.refunds").await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_back_by_card_does_not_go_back_in_cash_as_well() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.pay(&booking).await;
    let folio = motel.keep(&booking).await;
    motel.request_refund(link.id, Some(40_000)).await.unwrap();
    let cash = || HandKind::Refund("cash".to_owned());
    let refused = motel.by_hand(&folio, cash(), 2_113).await;
    assert!(
        matches!(refused, Err(BillingError::AbovePaid)),
        "{refused:?}"
    );
    motel.by_hand(&folio, cash(), 2_112).await.unwrap();
    let refused = motel.request_refund(link.id, Some(1)).await;
    assert!(
        matches!(refused, Err(BillingError::AbovePaid)),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_order_of_news_about_a_refund_ends_in_the_same_books() {
    let motel = Motel::open().await;
    let stories = [
        (
            &[
                EventKind::RefundProcessing,
                EventKind::Refunded,
                EventKind::Refunded,
            ][..],
            RefundState::Succeeded,
        ),
        (
            &[
                EventKind::RefundProcessing,
                EventKind::Refunded,
                EventKind::RefundFailed,
            ][..],
            RefundState::Failed,
        ),
    ];
    let mut round = 0;
    for (news, end) in stories {
        for order in permutations(news.len()) {
            round += 1;
            let booking = motel.book_nights(round, 1, 0).await;
            let link = motel.pay(&booking).await;
            let refund = motel.request_refund(link.id, Some(5_000)).await.unwrap();
            for place in &order {
                motel.take(&told(news[*place], &link, &refund)).await;
            }
            assert_eq!(motel.refund(refund.id).await.state, end, "{order:?}");
            let out = if end == RefundState::Succeeded {
                5_000
            } else {
                0
            };
            assert_eq!(motel.balance(&booking).await, out, "{order:?}");
            let payment = motel.payment(link.id).await;
            assert_eq!(payment.state, IntentState::Succeeded);
            let left = payment.paid.minor() - out;
            assert_eq!(payment.left().unwrap(), usd(left), "{order:?}");
        }
    }
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_told_a_hundred_times_at_once_is_posted_once() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.pay(&booking).await;
    let refund = motel.request_refund(link.id, None).await.unwrap();
    let news: Vec<GatewayEvent> = (0..100)
        .map(|nth| GatewayEvent {
            // Half of them are the same event, half another one about the same refund.
            event_id: format!("evt_{}", nth % 50),
            ..told(EventKind::Refunded, &link, &refund)
        })
        .collect();
    let outcomes = join_all(news.iter().map(|event| motel.take(event))).await;
    let posted = outcomes.iter().filter(|it| **it == Taken::Posted).count();
    assert_eq!(posted, 1);
    assert_eq!(motel.balance(&booking).await, 42_112);
    assert_eq!(motel.payment(link.id).await.state, IntentState::Refunded);
    let told = "SELECT count(*) FROM jobs.events WHERE kind = 'refund.changed'";
    assert_eq!(motel.number(told).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_made_at_the_gateway_itself_is_written_and_posted_once() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let by_hand = |id: &str, kind| GatewayEvent {
        gateway_reference: "re_dashboard".to_owned(),
        amount: usd(5_000),
        ..event(id, kind, &link)
    };
    // Before we hear of the payment, even.
    let taken = motel.take(&by_hand("evt_1", EventKind::Refunded)).await;
    assert_eq!(taken, Taken::Posted);
    assert!(motel.payment(link.id).await.state.is_in_doubt());
    motel.take(&event("evt_2", EventKind::Paid, &link)).await;
    motel.take(&by_hand("evt_3", EventKind::Refunded)).await;
    let other = GatewayEvent {
        amount: usd(4_999),
        ..by_hand("evt_4", EventKind::RefundFailed)
    };
    assert_eq!(motel.take(&other).await, Taken::Refused);
    assert_eq!(motel.balance(&booking).await, 5_000);
    let payment = motel.payment(link.id).await;
    assert_eq!(payment.refunds.len(), 1);
    assert_eq!(payment.state, IntentState::Succeeded);
    let refused = motel.request_refund(link.id, Some(37_113)).await;
    assert!(
        matches!(refused, Err(BillingError::AbovePaid)),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_goes_through_the_sandbox_and_its_webhook() {
    let served = Served::open().await;
    let (booking, link) = served.paid_by("pay").await;
    let part = served
        .motel
        .request_refund(link, Some(10_000))
        .await
        .unwrap();
    assert_eq!(part.state, RefundState::Requested);
    served.follow().await;
    assert_eq!(
        served.motel.refund(part.id).await.state,
        RefundState::Succeeded
    );
    let kinds = [
        (PostingKind::Payment, -42_112),
        (PostingKind::Refund, 10_000),
    ];
    assert_eq!(served.motel.kinds(&booking).await, kinds);
    assert_eq!(served.state().await, "succeeded");
    served.motel.request_refund(link, None).await.unwrap();
    served.follow().await;
    assert_eq!(served.state().await, "refunded");
    assert_eq!(served.given_back().await, 42_112);
    assert_eq!(served.motel.accounts().await, []);
    assert_eq!(served.reconcile().await, 0);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_fell_silent_after_it_refunded_is_asked_and_it_counts_once() {
    let served = Served::open().await;
    let (booking, link) = served.paid_by("refund_silent").await;
    let refund = served.motel.request_refund(link, None).await.unwrap();
    let desk = served.desk();
    let tenant = served.motel.tenant;
    let silence = desk
        .send_refund(tenant, refund.id, served.clock.now())
        .await;
    assert!(
        matches!(silence, Err(BillingError::Gateway(_))),
        "{silence:?}"
    );
    // It did it; we do not know.
    assert_eq!(served.given_back().await, 42_112);
    assert_eq!(
        served.motel.refund(refund.id).await.state,
        RefundState::Requested
    );
    assert_eq!(served.motel.balance(&booking).await, 0);
    // It is asked by many at once, and sent again by many at once.
    let asking = join_all((0..4).map(|_| served.reconcile()));
    let sending = join_all((0..4).map(|_| desk.send_refund(tenant, refund.id, served.clock.now())));
    let (_, sent) = join(asking, sending).await;
    assert!(sent.iter().all(Result::is_ok), "{sent:?}");
    assert_eq!(
        served.motel.refund(refund.id).await.state,
        RefundState::Succeeded
    );
    assert_eq!(served.given_back().await, 42_112);
    assert_eq!(served.motel.balance(&booking).await, 42_112);
    assert_eq!(served.motel.kinds(&booking).await.len(), 2);
    assert_eq!(served.reconcile().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_was_written_before_a_crash_is_sent_afterwards() {
    let served = Served::open().await;
    let (_, link) = served.paid_by("pay").await;
    let refund = served
        .motel
        .request_refund(link, Some(5_000))
        .await
        .unwrap();
    // Nobody sent it: the process died after the commit.
    assert_eq!(served.given_back().await, 0);
    served.reconcile().await;
    assert_eq!(served.given_back().await, 5_000);
    assert_eq!(
        served.motel.refund(refund.id).await.state,
        RefundState::Succeeded
    );
    // And the job that was left over finds it done.
    served.follow().await;
    assert_eq!(served.given_back().await, 5_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_bounces_is_ours_again_and_can_be_tried_anew() {
    let served = Served::open().await;
    let (booking, link) = served.paid_by("refund_fails").await;
    let refund = served
        .motel
        .request_refund(link, Some(5_000))
        .await
        .unwrap();
    served.follow().await;
    assert_eq!(
        served.motel.refund(refund.id).await.state,
        RefundState::Failed
    );
    assert_eq!(served.motel.balance(&booking).await, 0);
    let sum: i64 = served
        .motel
        .kinds(&booking)
        .await
        .iter()
        .map(|it| it.1)
        .sum();
    assert_eq!(sum, -42_112);
    let payment = served.motel.payment(link).await;
    assert_eq!(payment.left().unwrap(), usd(42_112));
    assert_eq!(payment.state, IntentState::Succeeded);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_refuses_for_good_has_failed_and_says_why() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let (page, link) = served.page(&booking).await;
    // We were told of more than the sandbox took.
    let more = GatewayEvent {
        event_id: "sbxevt_more".to_owned(),
        kind: EventKind::Paid,
        gateway_reference: format!("sbx_{}", page.simple()),
        reference: link["link_id"].as_str().unwrap().parse().unwrap(),
        refund: None,
        amount: usd(50_000),
    };
    assert_eq!(served.webhook(&more).await, StatusCode::OK);
    let before = served.motel.balance(&booking).await;
    let refund = served
        .motel
        .request_refund(more.reference, None)
        .await
        .unwrap();
    served.follow().await;
    let refund = served.motel.refund(refund.id).await;
    assert_eq!(refund.state, RefundState::Failed);
    assert!(refund.failure.unwrap().contains("amount_too_large"));
    assert_eq!(served.motel.balance(&booking).await, before);
    assert_eq!(
        served.motel.payment(more.reference).await.left().unwrap(),
        usd(50_000)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_after_a_cancellation_goes_back_by_the_way_it_came() {
    let served = Served::open().await;
    let (booking, _) = served.paid_by("pay").await;
    let ask = async || {
        let mut tx = served.motel.tx().await;
        let booking = motel_bookings::queries::find(&mut tx, booking.id)
            .await
            .unwrap();
        let by = By::system().because("cancelled");
        let asked = commands::request_refund_due(&mut tx, &booking, by, now()).await;
        tx.commit().await.unwrap();
        asked
    };
    let nothing = ask().await;
    assert!(
        matches!(nothing, Err(BillingError::NothingToRefund)),
        "{nothing:?}"
    );
    let late = booking.free_until().unwrap() + chrono::Duration::minutes(1);
    served.motel.cancel(&booking, late).await;
    let asked = ask().await.unwrap();
    // All but the fee: the first night and its tax.
    let amounts: Vec<i64> = asked.iter().map(|refund| refund.amount.minor()).collect();
    assert_eq!(amounts, [42_112 - 18_816]);
    // It is on its way.
    assert!(matches!(ask().await, Err(BillingError::NothingToRefund)));
    served.follow().await;
    assert_eq!(served.motel.balance(&booking).await, 0);
    assert_eq!(served.given_back().await, 42_112 - 18_816);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

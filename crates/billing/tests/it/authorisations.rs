//! Money that is set aside and taken later: once, no more than is aside, whatever breaks off in between.

use std::sync::Arc;

use chrono::TimeDelta;
use diesel_async::SimpleAsyncConnection;
use futures::future::{join, join_all};
use motel_billing::commands::{self, Aside};
use motel_billing::sandbox::Choice;
use motel_billing::{Authorisation, BillingError, IntentState, LinkStatus, PostingKind, queries};
use motel_bookings::{Booking, By};
use motel_kernel::{Clock, Money, PaymentLinkId};
use motel_payments::{EventKind, GatewayEvent, GatewayName};
use motel_tenancy::testing::other_tenant;

use crate::cards::rest_due;
use crate::fake_paypal::FakePayPal;
use crate::http::Served;
use crate::motel::{now, usd};

const PAYMENTS: &str = "SELECT count(*) FROM billing.postings WHERE kind = 'payment'";

const RELEASED: &str = "SELECT count(*) FROM billing.sandbox_checkouts WHERE released";

fn by() -> By {
    By::system().because("a test")
}

impl Served {
    pub(crate) async fn ask_aside(
        &self,
        booking: &Booking,
        amount: Money,
        aside: Aside,
    ) -> Result<PaymentLinkId, BillingError> {
        let mut tx = self.motel.tx().await;
        let asked =
            commands::request_authorisation(&mut tx, booking, amount, aside, by(), now()).await?;
        tx.commit().await.unwrap();
        Ok(asked.payment.link.id)
    }

    /// What guests do who were asked for $200.
    pub(crate) async fn agree(&self, id: PaymentLinkId, choice: Choice) {
        let desk = self.desk();
        let opened = desk.open_authorisation_page(id, self.clock.now()).await;
        let url = opened.unwrap();
        let page = url.rsplit_once('/').unwrap().1.parse().unwrap();
        self.sandbox.choose(page, choice).await.unwrap();
        self.whole_worker().run_until_idle().await.unwrap();
    }

    pub(crate) async fn set_aside(&self, choice: Choice) -> (Booking, PaymentLinkId) {
        let booking = self.motel.book().await;
        let page = Aside::Page(GatewayName::Sandbox);
        let id = self.ask_aside(&booking, usd(20_000), page).await.unwrap();
        self.agree(id, choice).await;
        (booking, id)
    }

    pub(crate) async fn found(&self, id: PaymentLinkId) -> Authorisation {
        let mut tx = self.motel.tx().await;
        queries::authorisation(&mut tx, id).await.unwrap().unwrap()
    }

    pub(crate) async fn state_of(&self, id: PaymentLinkId) -> IntentState {
        self.found(id).await.payment.state
    }

    pub(crate) async fn capture(
        &self,
        id: PaymentLinkId,
        amount: Option<Money>,
    ) -> Result<Authorisation, BillingError> {
        let mut tx = self.motel.tx().await;
        let found = commands::want_capture(&mut tx, id, amount, by(), now()).await?;
        tx.commit().await.unwrap();
        Ok(found)
    }

    pub(crate) async fn void(&self, id: PaymentLinkId) -> Result<Authorisation, BillingError> {
        let mut tx = self.motel.tx().await;
        let found = commands::want_void(&mut tx, id, by(), now()).await?;
        tx.commit().await.unwrap();
        Ok(found)
    }

    /// Everything that follows, as far as the sandbox says it.
    pub(crate) async fn follow_all(&self) {
        self.whole_worker().run_until_idle().await.unwrap();
    }

    /// The server was killed before it did anything of what it had to.
    pub(crate) async fn lose_all_jobs(&self) {
        let mut admin = self.motel.test.admin().await;
        let lost = "DELETE FROM jobs.deliveries; DELETE FROM jobs.events";
        admin.batch_execute(lost).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_aside_is_in_no_book_until_a_part_is_taken_once() {
    let served = Served::open().await;
    let (booking, id) = served.set_aside(Choice::Pay).await;
    let aside = served.found(id).await;
    assert_eq!(aside.payment.state, IntentState::Authorised);
    let told = aside.set_aside.unwrap();
    assert_eq!(
        (told.amount, told.until),
        (usd(20_000), now() + TimeDelta::days(7))
    );
    let owed = served.motel.balance(&booking).await;
    assert_eq!(owed, booking.total().minor());
    assert_eq!(served.motel.number(PAYMENTS).await, 0);
    let nothing = served.motel.request_refund(id, None).await;
    assert!(matches!(nothing, Err(BillingError::NothingToRefund)));

    let above = served.capture(id, Some(usd(20_001))).await;
    assert!(matches!(above, Err(BillingError::AboveAuthorised)));
    let euros = Money::new(100, "EUR".parse().unwrap());
    let foreign = served.capture(id, Some(euros)).await;
    assert!(matches!(foreign, Err(BillingError::WrongCurrency)));

    let wanted = served.capture(id, Some(usd(5_000))).await.unwrap();
    assert_eq!(wanted.payment.state, IntentState::Capturing);
    assert_eq!(wanted.wish.unwrap().take, Some(usd(5_000)));
    served.follow_all().await;
    let taken = served.found(id).await.payment;
    assert_eq!(
        (taken.state, taken.paid, taken.link.status),
        (IntentState::Succeeded, usd(5_000), LinkStatus::Paid)
    );
    assert_eq!(served.motel.balance(&booking).await, owed - 5_000);
    for amount in [Some(usd(1)), None] {
        let again = served.capture(id, amount).await;
        assert!(matches!(again, Err(BillingError::AuthorisationOver)));
    }
    assert!(matches!(
        served.void(id).await,
        Err(BillingError::AuthorisationOver)
    ));

    // What was taken is a payment like any other.
    let refund = served.motel.request_refund(id, None).await.unwrap();
    assert_eq!(refund.amount, usd(5_000));
    served.follow_all().await;
    assert_eq!(served.state_of(id).await, IntentState::Refunded);
    assert_eq!(served.motel.balance(&booking).await, owed);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_let_go_is_never_taken() {
    let served = Served::open().await;
    let (booking, id) = served.set_aside(Choice::Pay).await;
    for _ in 0..2 {
        let wanted = served.void(id).await.unwrap();
        assert_eq!(wanted.payment.state, IntentState::Voiding);
    }
    served.follow_all().await;
    assert_eq!(served.state_of(id).await, IntentState::Cancelled);
    assert_eq!(served.motel.number(RELEASED).await, 1);
    let late = served.capture(id, None).await;
    assert!(matches!(late, Err(BillingError::AuthorisationOver)));
    assert_eq!(
        served.motel.balance(&booking).await,
        booking.total().minor()
    );
    assert_eq!(served.motel.number(PAYMENTS).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_who_take_it_at_once_one_does() {
    let served = Served::open().await;
    let (booking, id) = served.set_aside(Choice::Pay).await;
    let asked = join_all((0..20).map(|at| served.capture(id, Some(usd(1_000 + at))))).await;
    let (won, lost): (Vec<_>, Vec<_>) = asked.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 19));
    for refusal in lost {
        assert!(matches!(refusal, Err(BillingError::AuthorisationOver)));
    }
    // Twenty do what is wanted, and the sandbox tells of it as well.
    let (desk, tenant) = (served.desk(), served.motel.tenant);
    let sent = join_all((0..20).map(|_| desk.settle_authorisation(tenant, id, now()))).await;
    assert!(sent.iter().all(Result::is_ok), "{sent:?}");
    served.follow_all().await;
    let wish = won.into_iter().next().unwrap().unwrap().wish.unwrap();
    let taken = wish.take.unwrap().minor();
    assert_eq!(
        served.motel.balance(&booking).await,
        booking.total().minor() - taken
    );
    assert_eq!(served.motel.number(PAYMENTS).await, 1);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_taking_and_letting_go_at_once_one_wins() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let mut owed = booking.total().minor();
    for _ in 0..8 {
        let page = Aside::Page(GatewayName::Sandbox);
        let id = served.ask_aside(&booking, usd(700), page).await.unwrap();
        served.agree(id, Choice::Pay).await;
        let (taken, let_go) = join(served.capture(id, None), served.void(id)).await;
        assert_ne!(taken.is_ok(), let_go.is_ok(), "{taken:?} {let_go:?}");
        served.follow_all().await;
        let state = match taken.is_ok() {
            true => {
                owed -= 700;
                IntentState::Succeeded
            }
            false => IntentState::Cancelled,
        };
        assert_eq!(served.state_of(id).await, state);
        assert_eq!(served.motel.balance(&booking).await, owed);
    }
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_wanted_before_the_server_was_killed_is_done_once() {
    let served = Served::open().await;
    let (booking, id) = served.set_aside(Choice::Pay).await;
    served.capture(id, Some(usd(7_000))).await.unwrap();
    served.lose_all_jobs().await;
    served.reconcile().await;
    // Killed once more, after the sandbox took it and told of it and before anybody heard.
    served.lose_all_jobs().await;
    served.reconcile().await;
    assert_eq!(served.state_of(id).await, IntentState::Succeeded);
    assert_eq!(
        served.motel.balance(&booking).await,
        booking.total().minor() - 7_000
    );

    let (_, other) = served.set_aside(Choice::Pay).await;
    served.void(other).await.unwrap();
    served.lose_all_jobs().await;
    served.reconcile().await;
    assert_eq!(served.state_of(other).await, IntentState::Cancelled);
    assert_eq!(served.motel.number(PAYMENTS).await, 1);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_falls_silent_after_it_took_the_money_is_asked() {
    let served = Served::open().await;
    let (booking, id) = served.set_aside(Choice::TakenSilent).await;
    served.capture(id, Some(usd(9_000))).await.unwrap();
    let silent = served
        .desk()
        .settle_authorisation(served.motel.tenant, id, now())
        .await;
    assert!(matches!(silent, Err(BillingError::Gateway(_))));
    // Nobody knows, so the guests get no page on which they would pay it again.
    assert_eq!(served.state_of(id).await, IntentState::Capturing);
    let mut tx = served.motel.tx().await;
    let page = commands::refuse_while_charging(&mut tx, booking.id).await;
    assert!(matches!(page, Err(BillingError::BeingCharged)));
    drop(tx);
    served.reconcile().await;
    served.follow_all().await;
    assert_eq!(served.state_of(id).await, IntentState::Succeeded);
    assert_eq!(
        served.motel.balance(&booking).await,
        booking.total().minor() - 9_000
    );
    assert_eq!(served.motel.number(PAYMENTS).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_guests_agreed_to_and_nobody_told_is_found() {
    let served = Served::open().await;
    let (_, id) = served.set_aside(Choice::Silent).await;
    assert_eq!(served.state_of(id).await, IntentState::RequiresAction);
    served.reconcile().await;
    assert_eq!(served.state_of(id).await, IntentState::Authorised);

    // Withdrawn before we heard that they had agreed: it is let go.
    let (_, other) = served.set_aside(Choice::Silent).await;
    let withdrawn = served.void(other).await.unwrap();
    assert_eq!(withdrawn.payment.link.status, LinkStatus::Cancelled);
    served.reconcile().await;
    served.follow_all().await;
    assert_eq!(served.state_of(other).await, IntentState::Cancelled);
    assert_eq!(served.motel.number(RELEASED).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_taken_in_time_lapses() {
    let served = Served::open().await;
    let (_, id) = served.set_aside(Choice::Lapses).await;
    let (booking, wanted) = served.set_aside(Choice::Lapses).await;
    assert_eq!(served.state_of(id).await, IntentState::Authorised);
    served.clock.advance(TimeDelta::minutes(1));
    // Wanted too late: the gateway has the last word.
    served.capture(wanted, None).await.unwrap();
    served.follow_all().await;
    served.reconcile().await;
    for over in [id, wanted] {
        let found = served.found(over).await.payment;
        assert_eq!(
            (found.state, found.link.status),
            (IntentState::Lapsed, LinkStatus::Expired)
        );
        let late = served.capture(over, None).await;
        assert!(matches!(late, Err(BillingError::AuthorisationOver)));
    }
    assert_eq!(
        served.motel.balance(&booking).await,
        booking.total().minor()
    );
    assert_eq!(served.motel.number(PAYMENTS).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_card_leaves_the_page_open_and_a_withdrawn_one_is_closed() {
    let served = Served::open().await;
    let (booking, id) = served.set_aside(Choice::Decline).await;
    assert_eq!(served.state_of(id).await, IntentState::RequiresAction);
    // Beside it what is due can be paid, and neither knows of the other.
    let (page, _) = served.page(&booking).await;
    served.sandbox.choose(page, Choice::Pay).await.unwrap();
    served.follow_all().await;
    assert_eq!(served.motel.balance(&booking).await, 0);
    served.agree(id, Choice::Pay).await;
    assert_eq!(served.state_of(id).await, IntentState::Authorised);
    let again = served.desk().open_authorisation_page(id, now()).await;
    assert!(matches!(again, Err(BillingError::LinkClosed)));

    let page = Aside::Page(GatewayName::Sandbox);
    let other = served.ask_aside(&booking, usd(500), page).await.unwrap();
    served.void(other).await.unwrap();
    let closed = served.desk().open_authorisation_page(other, now()).await;
    assert!(matches!(closed, Err(BillingError::LinkClosed)));
    served.reconcile().await;
    assert_eq!(served.state_of(other).await, IntentState::Cancelled);

    // A page that nobody goes to is over in a week.
    let old = served.ask_aside(&booking, usd(500), page).await.unwrap();
    served.clock.advance(TimeDelta::days(7));
    served.reconcile().await;
    assert_eq!(served.state_of(old).await, IntentState::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_is_set_aside_on_a_kept_card() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let owed = served.motel.balance(&booking).await;
    let id = served.ask_aside(&booking, usd(3_000), Aside::KeptCard);
    let id = id.await.unwrap();
    served.lose_all_jobs().await;
    served.reconcile().await;
    assert_eq!(served.state_of(id).await, IntentState::Authorised);
    served.capture(id, None).await.unwrap();
    served.follow_all().await;
    assert_eq!(served.motel.balance(&booking).await, owed - 3_000);

    for (choice, why) in [
        (Choice::KeptDeclines, "card_declined"),
        (Choice::KeptAsks, "authentication_required"),
    ] {
        let served = Served::open().await;
        let booking = served.left_a_card(choice).await;
        let id = served.ask_aside(&booking, usd(3_000), Aside::KeptCard);
        let id = id.await.unwrap();
        served.follow_all().await;
        let found = served.found(id).await.payment;
        assert_eq!(
            (found.state, found.failure.as_deref()),
            (IntentState::Failed, Some(why))
        );
    }

    // It was set aside, and the sandbox fell silent.
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::KeptSilent).await;
    let id = served.ask_aside(&booking, usd(3_000), Aside::KeptCard);
    let id = id.await.unwrap();
    served.follow_all().await;
    assert_eq!(served.state_of(id).await, IntentState::Created);
    served.reconcile().await;
    assert_eq!(served.state_of(id).await, IntentState::Authorised);
    let aside = "SELECT count(*) FROM billing.sandbox_checkouts WHERE authorised_minor > 0";
    assert_eq!(served.motel.number(aside).await, 1);

    let without = served.motel.book_nights(23, 1, 0).await;
    let none = served
        .ask_aside(&without, usd(3_000), Aside::KeptCard)
        .await;
    assert!(matches!(none, Err(BillingError::NoCardKept)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_set_aside_on_a_kept_card_and_withdrawn_before_we_heard_is_let_go_once() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::KeptSilent).await;
    let owed = served.motel.balance(&booking).await;
    let id = served.ask_aside(&booking, usd(3_000), Aside::KeptCard);
    let id = id.await.unwrap();
    let (desk, tenant) = (served.desk(), served.motel.tenant);
    let silent = desk.settle_authorisation(tenant, id, now()).await;
    assert!(matches!(silent, Err(BillingError::Gateway(_))));
    served.lose_all_jobs().await;
    let withdrawn = served.void(id).await.unwrap();
    assert_eq!(withdrawn.payment.link.status, LinkStatus::Cancelled);
    served.reconcile().await;
    served.follow_all().await;
    served.reconcile().await;
    assert_eq!(served.state_of(id).await, IntentState::Cancelled);
    assert_eq!(served.motel.number(RELEASED).await, 1);
    assert_eq!(served.motel.balance(&booking).await, owed);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_kept_card_was_never_asked_for_is_withdrawn_without_asking() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let id = served.ask_aside(&booking, usd(3_000), Aside::KeptCard);
    let id = id.await.unwrap();
    served.void(id).await.unwrap();
    served.follow_all().await;
    assert_eq!(served.state_of(id).await, IntentState::Cancelled);
    let asked = "SELECT count(*) FROM billing.sandbox_checkouts WHERE authorises";
    assert_eq!(served.motel.number(asked).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_to_be_taken_at_a_gateway_that_is_gone_does_not_stand_in_the_way_for_ever() {
    let served = Served::open().await;
    let (booking, id) = served.set_aside(Choice::TakenSilent).await;
    served.capture(id, Some(usd(9_000))).await.unwrap();
    let tenant = served.motel.tenant;
    let silent = served.desk().settle_authorisation(tenant, id, now()).await;
    assert!(matches!(silent, Err(BillingError::Gateway(_))));

    let paypal = FakePayPal::open();
    let other = served.desk_of(Arc::new(paypal.client()));
    let day = |days| now() + TimeDelta::days(days);
    let settle = async |at| other.settle_authorisation(tenant, id, at).await.unwrap();
    settle(day(2)).await;
    assert_eq!(served.state_of(id).await, IntentState::Capturing);
    settle(day(3)).await;
    let given_up = served.found(id).await;
    assert_eq!(given_up.payment.state, IntentState::Authorised);
    assert_eq!(given_up.payment.failure.as_deref(), Some("gateway_silent"));
    assert_eq!(given_up.wish, None);
    let mut tx = served.motel.tx().await;
    let page = commands::refuse_while_charging(&mut tx, booking.id).await;
    assert!(page.is_ok());
    drop(tx);
    settle(day(7)).await;
    assert_eq!(served.state_of(id).await, IntentState::Lapsed);

    // It had been taken after all, and its gateway is back and tells: the money counts.
    let told = GatewayEvent {
        event_id: "sbxevt_after_days".to_owned(),
        kind: EventKind::Paid,
        gateway_reference: given_up.set_aside.unwrap().gateway_reference,
        reference: id,
        refund: None,
        amount: usd(9_000),
    };
    assert!(served.webhook(&told).await.is_success());
    assert_eq!(served.state_of(id).await, IntentState::Succeeded);
    let owed = booking.total().minor() - 9_000;
    assert_eq!(served.motel.balance(&booking).await, owed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_is_just_being_taken_puts_the_rest_off_and_does_not_swallow_it() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let owed = served.motel.balance(&booking).await;
    let page = Aside::Page(GatewayName::Sandbox);
    let id = served.ask_aside(&booking, usd(3_000), page).await.unwrap();
    served.agree(id, Choice::Pay).await;
    served.capture(id, Some(usd(1_000))).await.unwrap();
    served.lose_all_jobs().await;
    let folder = tempfile::tempdir().unwrap();
    served.day(folder.path(), rest_due()).await;
    assert_eq!(served.state_of(id).await, IntentState::Capturing);
    assert_eq!(served.motel.balance(&booking).await, owed);

    served.reconcile().await;
    served.follow_all().await;
    assert_eq!(served.motel.balance(&booking).await, owed - 1_000);
    let soon = rest_due() + TimeDelta::minutes(1);
    served.day(folder.path(), soon).await;
    assert_eq!(served.motel.balance(&booking).await, 0);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_aside_is_not_taken_beside_another_way_to_pay() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let page = Aside::Page(GatewayName::Sandbox);
    let id = served.ask_aside(&booking, usd(3_000), page).await.unwrap();
    served.agree(id, Choice::Pay).await;
    let charge = served.request_charge(&booking, Some(500)).await.unwrap();
    let taken = served.capture(id, None).await;
    assert!(matches!(taken, Err(BillingError::BeingCharged)));
    assert_eq!(served.state_of(id).await, IntentState::Authorised);
    served.follow_all().await;
    let charged = served.motel.payment(charge.id).await;
    assert_eq!(charged.state, IntentState::Succeeded);

    let (page, _) = served.page(&booking).await;
    served.capture(id, None).await.unwrap();
    let open =
        "SELECT count(*) FROM billing.payment_links WHERE status = 'open' AND purpose = 'take'";
    assert_eq!(served.motel.number(open).await, 0);
    served.follow_all().await;
    assert_eq!(served.state_of(id).await, IntentState::Succeeded);
    let gone = served.sandbox.page(page).await;
    assert!(matches!(gone, Err(BillingError::LinkClosed)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_gateways_tell_late_doubled_and_out_of_order_changes_nothing() {
    let served = Served::open().await;
    let (booking, id) = served.set_aside(Choice::Pay).await;
    served.capture(id, Some(usd(5_000))).await.unwrap();
    let reference = served.found(id).await.set_aside.unwrap().gateway_reference;
    let tell = async |kind: EventKind, name: &str| {
        let event = GatewayEvent {
            event_id: name.to_owned(),
            kind,
            gateway_reference: reference.clone(),
            reference: id,
            refund: None,
            amount: usd(5_000),
        };
        assert!(served.webhook(&event).await.is_success());
    };
    // An end of a page that comes late undoes nothing of what is set aside.
    tell(EventKind::Expired, "late").await;
    assert_eq!(served.found(id).await.payment.link.status, LinkStatus::Open);
    served.follow_all().await;
    for name in ["one", "one", "other"] {
        tell(EventKind::Paid, name).await;
        tell(EventKind::Released, &format!("{name}-released")).await;
        tell(EventKind::Authorised, &format!("{name}-authorised")).await;
    }
    assert_eq!(served.state_of(id).await, IntentState::Succeeded);
    assert_eq!(served.motel.number(PAYMENTS).await, 1);
    let account = served.motel.account(&booking).await;
    let paid = account.postings.iter();
    let paid = paid.filter(|line| line.kind == PostingKind::Payment);
    assert_eq!(paid.map(|line| line.amount.minor()).sum::<i64>(), -5_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_money_of_others_is_not_there() {
    let served = Served::open().await;
    let (_, id) = served.set_aside(Choice::Pay).await;
    let other = other_tenant(&served.motel.test).await.tenant;
    let mut tx = served.motel.test.db().tenant(other).await.unwrap();
    let taken = commands::want_capture(&mut tx, id, None, by(), now()).await;
    assert!(matches!(taken, Err(BillingError::NotFound(_))));
    let let_go = commands::want_void(&mut tx, id, by(), now()).await;
    assert!(matches!(let_go, Err(BillingError::NotFound(_))));
    assert_eq!(queries::authorisation(&mut tx, id).await.unwrap(), None);
    let settled = served.desk().settle_authorisation(other, id, now()).await;
    assert!(matches!(settled, Err(BillingError::NotFound(_))));
    assert_eq!(served.state_of(id).await, IntentState::Authorised);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_house_is_told_once_a_day_before_it_lapses() {
    let served = Served::open().await;
    let (_, id) = served.set_aside(Choice::Pay).await;
    let (_, gone) = served.set_aside(Choice::Pay).await;
    served.void(gone).await.unwrap();
    served.follow_all().await;
    let folder = tempfile::tempdir().unwrap();
    let lapsing = async |at| {
        let mails = served.day(folder.path(), at).await;
        let mails = mails
            .into_iter()
            .filter(|it| it.subject.contains("lapses soon"));
        mails.collect::<Vec<_>>()
    };
    let until = now() + TimeDelta::days(7);
    let early = until - TimeDelta::days(1) - TimeDelta::seconds(1);
    assert_eq!(lapsing(early).await.len(), 0);
    for _ in 0..2 {
        let mails = lapsing(until - TimeDelta::days(1)).await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains("$200.00"), "{}", mails[0].text);
        assert!(mails[0].text.contains("/console/bookings/RM-"));
        assert_eq!(mails[0].to, served.motel.property.email.to_string());
    }
    assert_eq!(served.state_of(id).await, IntentState::Authorised);
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_read_what_it_means_before_they_go_on() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let page = Aside::Page(GatewayName::Sandbox);
    let id = served.ask_aside(&booking, usd(20_000), page).await.unwrap();
    let path = format!("/payments/authorisations/{id}");
    let shown = served.get(&path).await;
    assert_eq!(shown.status(), 200);
    let text = shown.text().await.unwrap();
    for words in ["$200.00", "Nothing is taken now", "aria-describedby"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // Looking at it makes no page.
    let made = "SELECT count(*) FROM billing.sandbox_checkouts";
    assert_eq!(served.motel.number(made).await, 0);
    let go_on = async || {
        let url = format!("{}{path}", served.base);
        served.client.post(url).send().await.unwrap()
    };
    let (one, other) = join(go_on(), go_on()).await;
    let places = [one, other].map(|it| it.headers()["location"].clone());
    assert_eq!(places[0], places[1]);
    assert_eq!(served.motel.number(made).await, 1);
    let page = served.client.get(places[0].to_str().unwrap()).send().await;
    let page = page.unwrap().text().await.unwrap();
    assert!(page.contains("To be set aside, not taken"), "{page}");
    served.agree(id, Choice::Pay).await;
    assert_eq!(served.get(&path).await.status(), 410);
    for unknown in ["nonsense".to_owned(), PaymentLinkId::new().to_string()] {
        let path = format!("/payments/authorisations/{unknown}");
        assert_eq!(served.get(&path).await.status(), 404);
    }
}

//! Charges of which nobody knows the end: when another way to pay may open, and when not yet.

use std::sync::Arc;

use chrono::TimeDelta;
use motel_billing::sandbox::Choice;
use motel_billing::{BillingError, IntentState, LinkStatus, PaymentDesk, Sum, commands};
use motel_bookings::Booking;
use motel_kernel::{Actor, PaymentLinkId};
use motel_payments::{EventKind, Gateway, GatewayEvent, Gateways};

use crate::fake_paypal::FakePayPal;
use crate::http::Served;
use crate::motel::now;
use crate::slow_sandbox::{Door, SlowSandbox};

const CHARGED: &str =
    "SELECT count(*) FROM billing.sandbox_checkouts WHERE charged_card IS NOT NULL";

impl Served {
    pub(crate) fn desk_of(&self, gateway: Arc<dyn Gateway>) -> PaymentDesk {
        let gateways = Gateways::new(gateway);
        PaymentDesk::new(self.motel.test.db().clone(), gateways, &self.base)
    }

    async fn withdraw(&self, id: PaymentLinkId) {
        let mut tx = self.motel.tx().await;
        commands::revoke_link(&mut tx, id, Actor::System, "cash", now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Whether guests and staff are kept from another way to pay.
    async fn is_blocked(&self, booking: &Booking) -> bool {
        let charge = self.request_charge(booking, None).await;
        let page = self.link(booking.code.as_str()).await.status().as_u16();
        match charge {
            Err(BillingError::BeingCharged) => {
                assert_eq!(page, 409);
                true
            }
            other => {
                assert!(other.is_ok(), "{other:?}");
                false
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_charge_whose_call_is_under_way_gives_way_to_no_other() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let link = served.request_charge(&booking, None).await.unwrap();
    let slow = SlowSandbox::new(&served.sandbox, Door::Shut);
    let (desk, tenant, id) = (served.desk_of(slow.clone()), served.motel.tenant, link.id);
    let first = tokio::spawn(async move { desk.send_charge(tenant, id, now()).await });
    slow.somebody_waits().await;
    served.withdraw(link.id).await;

    // The gateway knows nothing of it yet, however often it is asked meanwhile.
    for seconds in [1, 10, 110] {
        let at = now() + TimeDelta::seconds(seconds);
        let desk = served.desk();
        desk.send_charge(tenant, link.id, at).await.unwrap();
        assert!(served.is_blocked(&booking).await, "after {seconds} s");
    }
    slow.let_in();
    first.await.unwrap().unwrap();
    assert_eq!(served.motel.balance(&booking).await, 0);
    let none = served.request_charge(&booking, None).await;
    assert!(matches!(none, Err(BillingError::NothingDue)), "{none:?}");
    assert_eq!(served.motel.number(CHARGED).await, 1);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_charge_that_was_never_made_ends_and_the_next_is_made_once() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let link = served.request_charge(&booking, None).await.unwrap();
    let lost = served.desk_of(SlowSandbox::new(&served.sandbox, Door::Lost));
    let tenant = served.motel.tenant;
    let unheard = lost.send_charge(tenant, link.id, now()).await;
    assert!(matches!(unheard, Err(BillingError::Gateway(_))));
    served.withdraw(link.id).await;
    // It is asked about at once.
    let soon =
        "SELECT count(*) FROM billing.payment_intents WHERE state = 'created' AND ask_at <= now()";
    assert_eq!(served.motel.number(soon).await, 1);
    let at = now() + TimeDelta::seconds(119);
    lost.send_charge(tenant, link.id, at).await.unwrap();
    assert!(served.is_blocked(&booking).await);
    let at = now() + TimeDelta::minutes(2);
    lost.send_charge(tenant, link.id, at).await.unwrap();
    let ended = served.motel.payment(link.id).await;
    assert_eq!(
        (ended.state, ended.link.status),
        (IntentState::Cancelled, LinkStatus::Cancelled)
    );
    served.request_charge(&booking, None).await.unwrap();
    served.whole_worker().run_until_idle().await.unwrap();
    assert_eq!(served.motel.balance(&booking).await, 0);
    assert_eq!(served.motel.number(CHARGED).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_card_whose_charge_is_under_way_gives_way_to_no_other_either() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let card = served.kept(&booking).await.unwrap();
    let link = served.request_charge(&booking, None).await.unwrap();
    let lost = served.desk_of(SlowSandbox::new(&served.sandbox, Door::Lost));
    let tenant = served.motel.tenant;
    lost.send_charge(tenant, link.id, now()).await.unwrap_err();
    let mut tx = served.motel.tx().await;
    commands::remove_card(&mut tx, card.id, now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let at = now() + TimeDelta::minutes(1);
    lost.send_charge(tenant, link.id, at).await.unwrap();
    assert!(served.motel.payment(link.id).await.is_charging());
    let at = now() + TimeDelta::minutes(2);
    lost.send_charge(tenant, link.id, at).await.unwrap();
    let ended = served.motel.payment(link.id).await;
    assert_eq!(ended.state, IntentState::Failed);
    assert_eq!(ended.failure.as_deref(), Some("the card was removed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_whose_gateway_is_gone_does_not_stand_in_the_way_for_ever() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::KeptSilent).await;
    let owed = served.motel.balance(&booking).await;
    let link = served.request_charge(&booking, None).await.unwrap();
    let tenant = served.motel.tenant;
    let silent = served.desk().send_charge(tenant, link.id, now()).await;
    assert!(matches!(silent, Err(BillingError::Gateway(_))));

    let paypal = FakePayPal::open();
    let other = served.desk_of(Arc::new(paypal.client()));
    let day = |days| now() + TimeDelta::days(days);
    other.send_charge(tenant, link.id, day(2)).await.unwrap();
    let kept = other.link(tenant, booking.id, Sum::Whole, day(2)).await;
    assert!(matches!(kept, Err(BillingError::BeingCharged)), "{kept:?}");
    other.send_charge(tenant, link.id, day(3)).await.unwrap();
    let ended = served.motel.payment(link.id).await;
    assert_eq!(ended.state, IntentState::Failed);
    assert_eq!(ended.failure.as_deref(), Some("gateway_silent"));
    let page = other.link(tenant, booking.id, Sum::Whole, day(3)).await;
    assert_eq!(page.unwrap().link.amount.minor(), owed);

    // It had been taken after all, and its gateway is back and tells: the money counts, and the page is withdrawn.
    let told = GatewayEvent {
        event_id: "sbxevt_after_days".to_owned(),
        kind: EventKind::Paid,
        gateway_reference: "sbx_after_days".to_owned(),
        reference: link.id,
        refund: None,
        amount: link.amount,
    };
    assert_eq!(served.webhook(&told).await.as_u16(), 200);
    assert_eq!(served.motel.balance(&booking).await, 0);
    let open = "SELECT count(*) FROM billing.payment_links WHERE status = 'open'";
    assert_eq!(served.motel.number(open).await, 0);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_charge_about_which_nobody_answers_ends_three_days_after_the_last_word() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let link = served.request_charge(&booking, None).await.unwrap();
    let deaf = served.desk_of(SlowSandbox::new(&served.sandbox, Door::Deaf));
    let lost = served.desk_of(SlowSandbox::new(&served.sandbox, Door::Lost));
    let tenant = served.motel.tenant;
    let day = |days| now() + TimeDelta::days(days);
    deaf.send_charge(tenant, link.id, now()).await.unwrap_err();
    // A word of it, in between: it knows nothing, and the charge is sent again and lost.
    lost.send_charge(tenant, link.id, day(1)).await.unwrap_err();
    served.withdraw(link.id).await;
    for days in [2, 3] {
        let unheard = deaf.send_charge(tenant, link.id, day(days)).await;
        assert!(matches!(unheard, Err(BillingError::Gateway(_))), "{days}");
        assert!(served.is_blocked(&booking).await);
    }
    deaf.send_charge(tenant, link.id, day(4)).await.unwrap();
    let ended = served.motel.payment(link.id).await;
    assert_eq!(ended.state, IntentState::Cancelled);
    assert!(!served.is_blocked(&booking).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_withdrawn_while_it_is_made_is_closed_and_given_to_nobody() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let slow = SlowSandbox::new(&served.sandbox, Door::Shut);
    let (desk, tenant, id) = (
        served.desk_of(slow.clone()),
        served.motel.tenant,
        booking.id,
    );
    let made = tokio::spawn(async move { desk.link(tenant, id, Sum::Due, now()).await });
    slow.somebody_waits().await;
    let payment = served.payments_of(&booking).await.remove(0);
    served.withdraw(payment.link.id).await;
    slow.let_in();
    let made = made.await.unwrap();
    assert!(matches!(made, Err(BillingError::LinkClosed)), "{made:?}");
    let withdrawn = served.motel.payment(payment.link.id).await;
    assert_eq!(withdrawn.link.status, LinkStatus::Cancelled);
    let page = withdrawn.link.checkout.expect("what was made is known");
    assert_eq!(*slow.closed.lock().unwrap(), [page.gateway_reference]);
    // Another can be made, and it is another one.
    let desk = served.desk();
    let next = desk.link(tenant, booking.id, Sum::Due, now()).await;
    assert_ne!(next.unwrap().link.id, payment.link.id);
}

//! Money that is to be set aside, or taken, at a gateway whose answer takes long or never comes.

use chrono::TimeDelta;
use motel_billing::commands::Aside;
use motel_billing::sandbox::Choice;
use motel_billing::{BillingError, IntentState, LinkStatus};
use motel_payments::GatewayName;

use crate::http::Served;
use crate::motel::{now, usd};
use crate::slow_sandbox::{Door, SlowSandbox};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_while_a_kept_card_is_asked_is_let_go_once_it_is_aside() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let id = served.ask_aside(&booking, usd(3_000), Aside::KeptCard);
    let id = id.await.unwrap();
    served.lose_all_jobs().await;
    let slow = SlowSandbox::new(&served.sandbox, Door::Shut);
    let (desk, tenant) = (served.desk_of(slow.clone()), served.motel.tenant);
    let asking = tokio::spawn(async move { desk.settle_authorisation(tenant, id, now()).await });
    slow.somebody_waits().await;
    served.void(id).await.unwrap();

    // The gateway knows nothing of it yet, however often it is asked meanwhile.
    for seconds in [1, 10, 110] {
        let at = now() + TimeDelta::seconds(seconds);
        let asked = served.desk().settle_authorisation(tenant, id, at).await;
        asked.unwrap();
        assert!(served.state_of(id).await.is_in_doubt(), "{seconds} s");
    }
    slow.let_in();
    asking.await.unwrap().unwrap();
    served.follow_all().await;
    assert_eq!(served.state_of(id).await, IntentState::Cancelled);
    let released = "SELECT count(*) FROM billing.sandbox_checkouts WHERE released";
    assert_eq!(served.motel.number(released).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_and_never_reached_the_gateway_ends() {
    let served = Served::open().await;
    let booking = served.left_a_card(Choice::Pay).await;
    let id = served.ask_aside(&booking, usd(3_000), Aside::KeptCard);
    let id = id.await.unwrap();
    served.lose_all_jobs().await;
    let lost = served.desk_of(SlowSandbox::new(&served.sandbox, Door::Lost));
    let tenant = served.motel.tenant;
    let unheard = lost.settle_authorisation(tenant, id, now()).await;
    assert!(matches!(unheard, Err(BillingError::Gateway(_))));
    served.void(id).await.unwrap();
    for (seconds, expected) in [(119, IntentState::Created), (120, IntentState::Cancelled)] {
        let at = now() + TimeDelta::seconds(seconds);
        lost.settle_authorisation(tenant, id, at).await.unwrap();
        assert_eq!(served.state_of(id).await, expected, "{seconds} s");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_what_nobody_answers_about_is_given_up_after_three_days_and_may_be_wanted_again() {
    let served = Served::open().await;
    let (booking, id) = served.set_aside(Choice::Pay).await;
    served.capture(id, Some(usd(9_000))).await.unwrap();
    let deaf = served.desk_of(SlowSandbox::new(&served.sandbox, Door::Deaf));
    let tenant = served.motel.tenant;
    let day = |days| now() + TimeDelta::days(days);
    for days in [0, 2] {
        let unheard = deaf.settle_authorisation(tenant, id, day(days)).await;
        assert!(matches!(unheard, Err(BillingError::Gateway(_))), "{days}");
        assert_eq!(served.state_of(id).await, IntentState::Capturing);
    }
    deaf.settle_authorisation(tenant, id, day(3)).await.unwrap();
    let given_up = served.found(id).await;
    assert_eq!(given_up.payment.state, IntentState::Authorised);
    assert_eq!(given_up.payment.failure.as_deref(), Some("gateway_silent"));
    assert_eq!(given_up.wish, None);

    served.capture(id, Some(usd(8_000))).await.unwrap();
    served.follow_all().await;
    assert_eq!(served.state_of(id).await, IntentState::Succeeded);
    let owed = booking.total().minor() - 8_000;
    assert_eq!(served.motel.balance(&booking).await, owed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_over_before_it_is_made_is_closed_and_given_to_nobody() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let page = Aside::Page(GatewayName::Sandbox);
    let id = served.ask_aside(&booking, usd(500), page).await.unwrap();
    let slow = SlowSandbox::new(&served.sandbox, Door::Shut);
    let (desk, tenant) = (served.desk_of(slow.clone()), served.motel.tenant);
    let opened = tokio::spawn(async move { desk.open_authorisation_page(id, now()).await });
    slow.somebody_waits().await;
    let week = now() + TimeDelta::days(7);
    let asked = served.desk().settle_authorisation(tenant, id, week).await;
    asked.unwrap();
    slow.let_in();
    let opened = opened.await.unwrap();
    assert!(
        matches!(opened, Err(BillingError::LinkClosed)),
        "{opened:?}"
    );
    let link = served.found(id).await.payment.link;
    assert_eq!(link.status, LinkStatus::Expired);
    let made = link.checkout.expect("what was made is known");
    assert_eq!(*slow.closed.lock().unwrap(), [made.gateway_reference]);
}

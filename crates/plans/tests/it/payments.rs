use std::sync::atomic::Ordering;

use chrono::Duration;
use futures::future::join_all;
use motel_kernel::{Currency, Money, PaymentLinkId};
use motel_payments::{CheckoutState, EventKind, GatewayError, GatewayEvent};
use motel_plans::PlansError;

use crate::operator::Operator;

#[tokio::test(flavor = "multi_thread")]
async fn twenty_who_ask_at_once_get_one_page() {
    let operator = Operator::in_december().await;
    let statement = operator.statements().await.remove(0);
    let pages = join_all((0..20).map(|_| operator.page(statement.id))).await;
    assert!(pages.iter().all(|page| page.url == pages[0].url));
    assert_eq!(
        operator.number("SELECT count(*) FROM plans.payments").await,
        1
    );
    let asked = operator.gateway.asked.lock().unwrap();
    assert!(asked.iter().all(|request| *request == asked[0]));
    assert_eq!(asked[0].amount, statement.total);
    assert_eq!(asked[0].description, "RemoteMotel RM-2026-000001");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_and_questions_that_race_pay_once() {
    let operator = Operator::in_december().await;
    let statement = operator.statements().await.remove(0);
    let page = operator.page(statement.id).await;
    let reference = format!("cs_statement-{}", page.payment.id);
    let paid = CheckoutState::Paid(page.payment.amount);
    operator
        .gateway
        .states
        .lock()
        .unwrap()
        .insert(reference, paid);
    operator.clock.advance(Duration::minutes(2));
    let told = join_all((0..10).map(|_| operator.tell("evt_1", EventKind::Paid, &page)));
    let other = operator.tell("evt_2", EventKind::Paid, &page);
    let asked = join_all((0..3).map(|_| operator.desk.reconcile(operator.now())));
    let (told, _, asked) = futures::join!(told, other, asked);
    assert!(told.into_iter().all(|taken| taken));
    assert!(asked.into_iter().all(|asked| asked.is_ok()));
    assert!(operator.statements().await[0].paid_at.is_some());
    assert_eq!(
        operator
            .number("SELECT count(*) FROM plans.adjustments")
            .await,
        0
    );
    let again = operator
        .desk
        .pay_page(operator.tenant, statement.id, operator.now())
        .await;
    assert!(matches!(again, Err(PlansError::StatementPaid)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_nobody_told_of_is_found_by_asking() {
    let operator = Operator::in_december().await;
    let statement = operator.statements().await.remove(0);
    let page = operator.page(statement.id).await;
    assert_eq!(operator.desk.reconcile(operator.now()).await.unwrap(), 0);
    operator.pass(Duration::minutes(2)).await;
    assert!(operator.statements().await[0].paid_at.is_none());
    let reference = format!("cs_statement-{}", page.payment.id);
    let paid = CheckoutState::Paid(page.payment.amount);
    operator
        .gateway
        .states
        .lock()
        .unwrap()
        .insert(reference, paid);
    operator.pass(Duration::minutes(2)).await;
    assert_eq!(operator.statements().await[0].paid_at, Some(operator.now()));
    assert_eq!(operator.desk.reconcile(operator.now()).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_asked_for_is_credit() {
    let operator = Operator::in_december().await;
    let statement = operator.statements().await.remove(0);
    let first = operator.page(statement.id).await;
    // The first page is over for us, and paid all the same after the second.
    operator.clock.advance(Duration::days(3_700));
    let second = operator.page(statement.id).await;
    assert_ne!(first.payment.id, second.payment.id);
    operator.clock.advance(Duration::days(-3_700));
    operator.tell("evt_1", EventKind::Paid, &second).await;
    operator.tell("evt_2", EventKind::Paid, &first).await;
    operator.tell("evt_3", EventKind::Paid, &first).await;
    operator.pass(Duration::days(31)).await;
    let next = operator.statements().await.remove(0);
    assert_eq!(operator.amounts(&next).await, [2_999, -2_999]);
    assert!(next.paid_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_amount_pays_nothing_and_is_not_lost() {
    let operator = Operator::in_december().await;
    let statement = operator.statements().await.remove(0);
    let page = operator.page(statement.id).await;
    let event = GatewayEvent {
        event_id: "evt_1".to_owned(),
        kind: EventKind::Paid,
        gateway_reference: "cs_1".to_owned(),
        reference: page.payment.id,
        refund: None,
        amount: Money::new(1_000, Currency::USD),
    };
    assert!(operator.take(&event).await);
    assert!(operator.statements().await[0].paid_at.is_none());
    let credit = "SELECT sum(amount_minor) FROM plans.adjustments";
    assert_eq!(operator.number(credit).await, -1_000);
    let strange = GatewayEvent {
        reference: PaymentLinkId::new(),
        ..event
    };
    assert!(
        !operator.take(&strange).await,
        "it is about nothing of ours"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_out_is_asked_again_with_the_same_key_and_a_refusal_with_another() {
    let operator = Operator::in_december().await;
    let statement = operator.statements().await.remove(0).id;
    let refused = GatewayError::Refused {
        status: 400,
        code: "no".to_owned(),
        message: "no".to_owned(),
    };
    let failures = vec![refused, GatewayError::Busy { status: 503 }];
    *operator.gateway.failures.lock().unwrap() = failures;
    for _ in 0..2 {
        let failed = operator
            .desk
            .pay_page(operator.tenant, statement, operator.now())
            .await;
        assert!(matches!(failed, Err(PlansError::Gateway(_))));
    }
    operator.page(statement).await;
    let asked = operator.gateway.asked.lock().unwrap();
    assert_eq!(asked[0].idempotency_key, asked[1].idempotency_key);
    assert_ne!(asked[1].idempotency_key, asked[2].idempotency_key);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_takes_its_time_with_the_money_does_not_keep_its_own_webhook() {
    let operator = Operator::in_december().await;
    let statement = operator.statements().await.remove(0);
    let page = operator.page(statement.id).await;
    let reference = format!("cs_statement-{}", page.payment.id);
    let states = &operator.gateway.states;
    let agreed = CheckoutState::Approved;
    states.lock().unwrap().insert(reference.clone(), agreed);
    operator.gateway.is_stuck.store(true, Ordering::SeqCst);
    let told = operator.tell("evt_1", EventKind::Approved, &page);
    let told = tokio::time::timeout(std::time::Duration::from_secs(30), told).await;
    assert!(told.expect("the webhook is answered"));
    assert!(operator.statements().await[0].paid_at.is_none());

    // The chore takes it.
    operator.gateway.is_stuck.store(false, Ordering::SeqCst);
    let paid = CheckoutState::Paid(page.payment.amount);
    states.lock().unwrap().insert(reference, paid);
    operator.pass(Duration::minutes(5)).await;
    assert!(operator.statements().await[0].paid_at.is_some());
}

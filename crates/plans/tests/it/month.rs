//! A month of a business: metered, billed, paid; the next one not paid, dunned, suspended, and paid at last.

use chrono::Duration;
use futures::future::join_all;
use motel_plans::{LineKind, Meter, PlansError, Stage, SubscriptionStatus};

use crate::operator::Operator;

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_metered_billed_and_paid_and_the_next_is_dunned() {
    let operator = Operator::open().await;
    assert_eq!(
        operator.subscription().await.status,
        SubscriptionStatus::Trialing
    );
    // What is used during the trial is never billed.
    operator
        .record(&operator.usage(Meter::Minutes, 200, "call:0"))
        .await;

    // December 1: the trial is over, the month is billed in advance.
    operator.pass(Duration::days(14)).await;
    let subscription = operator.subscription().await;
    assert_eq!(subscription.status, SubscriptionStatus::Active);
    let first = operator.statements().await.remove(0);
    assert_eq!(first.number, "RM-2026-000001");
    assert_eq!(operator.amounts(&first).await, [2_999]);
    assert_eq!(
        operator.letters(),
        ["Your statement RM-2026-000001: $29.99"]
    );
    operator.pay(first.id).await;

    // A month of use, 100 minutes beyond what is included.
    for call in 1..=20 {
        let call = operator.usage(Meter::Minutes, 20, &format!("call:{call}"));
        operator.record(&call).await;
    }
    assert_eq!(
        operator.number("SELECT count(*) FROM plans.usage").await,
        21
    );

    // January 1: the job is run by five at once, and once more.
    operator.clock.advance(Duration::days(31));
    join_all((0..5).map(|_| operator.close())).await;
    operator.close().await;
    let statements = operator.statements().await;
    assert_eq!(statements.len(), 2);
    let second = &statements[0];
    assert_eq!(second.number, "RM-2027-000001");
    let lines = operator.lines(second).await;
    let kinds: Vec<_> = lines
        .iter()
        .map(|line| (line.kind, line.quantity))
        .collect();
    assert_eq!(
        kinds,
        [
            (LineKind::Subscription, None),
            (LineKind::Overage, Some(100))
        ]
    );
    assert_eq!(operator.amounts(second).await, [2_999, 600]);
    assert_eq!(second.total.minor(), 3_599);

    // It is not paid: sent on the 1st, due on the 8th, reminded on the 11th.
    operator.pass(Duration::zero()).await;
    operator.pass(Duration::days(9)).await;
    assert_eq!(operator.statements().await[0].stage, Stage::Issued);
    operator.pass(Duration::days(1)).await;
    assert_eq!(operator.statements().await[0].stage, Stage::Reminded);
    assert_eq!(
        operator.subscription().await.status,
        SubscriptionStatus::Active
    );
    // Past due on the 15th, which takes nothing away yet.
    operator.pass(Duration::days(4)).await;
    assert_eq!(
        operator.subscription().await.status,
        SubscriptionStatus::PastDue
    );
    assert_eq!(operator.refusal(Meter::Messages).await, None);
    // Suspended on the 22nd.
    operator.pass(Duration::days(7)).await;
    assert_eq!(
        operator.subscription().await.status,
        SubscriptionStatus::Suspended
    );
    assert_eq!(
        operator.refusal(Meter::Messages).await,
        Some("subscription_suspended")
    );
    assert_eq!(
        operator.letters()[1..],
        [
            "Your statement RM-2027-000001: $35.99",
            "A reminder of statement RM-2027-000001: $35.99",
            "Statement RM-2027-000001 is past due: $35.99",
            "Your subscription is suspended: $35.99 of statement RM-2027-000001 is unpaid",
        ]
    );

    // While it is suspended nothing is billed; paid on February 10, a month begins that day.
    operator.pass(Duration::days(19)).await;
    assert_eq!(operator.statements().await.len(), 2);
    operator.pay(second.id).await;
    assert_eq!(
        operator.subscription().await.status,
        SubscriptionStatus::Active
    );
    assert_eq!(operator.refusal(Meter::Messages).await, None);
    operator.pass(Duration::minutes(1)).await;
    let third = operator.statements().await.remove(0);
    let begins = third.period.start.format("%F").to_string();
    let ends = third.period.end.format("%F").to_string();
    assert_eq!(
        (begins.as_str(), ends.as_str()),
        ("2027-02-10", "2027-03-10")
    );
    assert_eq!(operator.amounts(&third).await, [2_999]);
    assert_eq!(operator.letters().len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_who_dun_at_once_write_one_letter() {
    let operator = Operator::open().await;
    operator.clock.advance(Duration::days(14));
    operator.close().await;
    join_all((0..5).map(|_| operator.dun())).await;
    operator.worker().run_until_idle().await.unwrap();
    operator.worker().run_until_idle().await.unwrap();
    assert_eq!(operator.letters().len(), 1);
    let told = "SELECT count(*) FROM jobs.events WHERE kind = 'statement.due'";
    assert_eq!(operator.number(told).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_down_for_a_quarter_catches_up_month_by_month() {
    let operator = Operator::open().await;
    operator.clock.advance(Duration::days(14));
    operator.close().await;
    operator.clock.advance(Duration::days(31 + 31 + 28));
    operator.close().await;
    let begun: Vec<String> = operator
        .statements()
        .await
        .iter()
        .map(|statement| statement.period.start.format("%F").to_string())
        .collect();
    assert_eq!(
        begun,
        ["2027-03-01", "2027-02-01", "2027-01-01", "2026-12-01"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_subscription_ends_with_its_period_and_can_begin_anew() {
    let operator = Operator::in_december().await;
    operator.pay(operator.statements().await[0].id).await;
    let version = operator.subscription().await.version;
    let mut tx = operator.tx().await;
    motel_plans::commands::cancel(&mut tx, version)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    operator
        .record(&operator.usage(Meter::Minutes, 310, "call:1"))
        .await;
    assert_eq!(operator.refusal(Meter::Messages).await, None);

    operator.pass(Duration::days(31)).await;
    let ended = operator.subscription().await;
    assert_eq!(ended.status, SubscriptionStatus::Cancelled);
    assert_eq!(
        operator.refusal(Meter::Messages).await,
        Some("subscription_ended")
    );
    // The last statement asks for what was used beyond the plan, and for no other month.
    let last = operator.statements().await.remove(0);
    assert_eq!(operator.amounts(&last).await, [60]);
    operator.pass(Duration::days(100)).await;
    assert_eq!(operator.statements().await.len(), 2);
    operator.pay(last.id).await;

    let mut tx = operator.tx().await;
    let version = operator.subscription().await.version;
    let now = operator.now();
    let again = motel_plans::commands::resume(&mut tx, version, now).await;
    assert_eq!(again.unwrap().status, SubscriptionStatus::Active);
    tx.commit().await.unwrap();
    operator.close().await;
    let first = operator.statements().await.remove(0);
    assert_eq!(first.period.start, now);
    assert_eq!(operator.amounts(&first).await, [2_999]);
}

/// While nobody billed the trial went on: what is over by then is not asked for afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_begins_to_bill_late_asks_for_the_month_it_is() {
    let operator = Operator::open().await;
    operator.clock.advance(Duration::days(200));
    operator.close().await;
    operator.close().await;
    let statements = operator.statements().await;
    assert_eq!(statements.len(), 1, "{statements:?}");
    assert_eq!(operator.amounts(&statements[0]).await, [2_999]);
    let period = operator.subscription().await.period;
    assert!(period.start <= operator.now() && operator.now() < period.end);
}

#[tokio::test(flavor = "multi_thread")]
async fn paid_within_the_month_it_is_for_that_month_goes_on() {
    let operator = Operator::in_december().await;
    // Suspended on December 22, and paid three days later.
    operator.pass(Duration::days(10)).await;
    operator.pass(Duration::days(4)).await;
    operator.pass(Duration::days(7)).await;
    let suspended = operator.subscription().await;
    assert_eq!(suspended.status, SubscriptionStatus::Suspended);
    operator.pass(Duration::days(3)).await;
    operator.pay(operator.statements().await[0].id).await;
    let active = operator.subscription().await;
    assert_eq!(active.status, SubscriptionStatus::Active);
    assert_eq!(
        (active.period, active.anchor_day),
        (suspended.period, suspended.anchor_day)
    );
    operator.pass(Duration::days(6)).await;
    assert_eq!(operator.statements().await.len(), 1);
    operator.pass(Duration::days(1)).await;
    let next = operator.statements().await.remove(0);
    assert_eq!(next.period.start.format("%F").to_string(), "2027-01-01");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_ended_it_with_a_bill_unpaid_pays_before_it_begins_anew() {
    let operator = Operator::in_december().await;
    let version = operator.subscription().await.version;
    let mut tx = operator.tx().await;
    motel_plans::commands::cancel(&mut tx, version)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    operator.clock.advance(Duration::days(31));
    operator.close().await;
    let ended = operator.subscription().await;
    assert_eq!(ended.status, SubscriptionStatus::Cancelled);

    let mut tx = operator.tx().await;
    let now = operator.now();
    let refused = motel_plans::commands::resume(&mut tx, ended.version, now).await;
    assert!(
        matches!(refused, Err(PlansError::StatementOverdue)),
        "{refused:?}"
    );
    drop(tx);
    operator.pay(operator.statements().await[0].id).await;
    let mut tx = operator.tx().await;
    let resumed = motel_plans::commands::resume(&mut tx, ended.version, now).await;
    assert_eq!(resumed.unwrap().status, SubscriptionStatus::Active);
}

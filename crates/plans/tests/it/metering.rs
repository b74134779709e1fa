use chrono::Duration;
use futures::future::join_all;
use motel_plans::Meter;
use motel_plans::commands::Recorded;

use crate::operator::Operator;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_twenty_times_at_once_counts_once() {
    let operator = Operator::in_december().await;
    let call = operator.usage(Meter::Minutes, 7, "call:1");
    let told = join_all((0..20).map(|_| operator.record(&call))).await;
    let counted = told.iter().filter(|it| **it == Recorded::Counted).count();
    assert_eq!(counted, 1);
    assert_eq!(
        operator
            .number("SELECT sum(quantity) FROM plans.totals")
            .await,
        7
    );
    assert_eq!(
        operator
            .number("SELECT sum(cost_micros) FROM plans.totals")
            .await,
        59_500
    );
    // The same call is another thing to another meter.
    let call = operator.usage(Meter::Calls, 1, "call:1");
    assert_eq!(operator.record(&call).await, Recorded::Counted);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_late_counts_in_the_period_that_is_open() {
    let operator = Operator::in_december().await;
    let late = operator.usage(Meter::Minutes, 310, "call:1");
    operator.pass(Duration::days(31)).await;
    operator.record(&late).await;
    operator.pass(Duration::days(31)).await;
    let statements = operator.statements().await;
    assert_eq!(operator.amounts(&statements[1]).await, [2_999]);
    assert_eq!(operator.amounts(&statements[0]).await, [2_999, 60]);
}

/// Usage is recorded while the period is closed: whichever comes first, all of it is billed, and once.
#[tokio::test(flavor = "multi_thread")]
async fn usage_that_races_with_the_end_of_the_month_is_billed_once() {
    let operator = Operator::in_december().await;
    operator
        .record(&operator.usage(Meter::Minutes, 300, "call:0"))
        .await;
    operator.clock.advance(Duration::days(31));
    let calls: Vec<_> = (1..=30)
        .map(|call| operator.usage(Meter::Minutes, 10, &format!("call:{call}")))
        .collect();
    let recording = join_all(calls.iter().map(|call| operator.record(call)));
    let closing = join_all((0..3).map(|_| operator.close()));
    futures::join!(recording, closing);
    operator.close().await;
    let billed = "SELECT coalesce(sum(quantity), 0) FROM plans.lines WHERE kind = 'overage'";
    let billed = operator.number(billed).await;
    let open = "SELECT coalesce(sum(quantity), 0) FROM plans.totals JOIN plans.subscriptions USING (tenant_id, period_start)";
    let open = operator.number(open).await;
    assert_eq!(billed + open, 300, "{billed} billed, {open} to come");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_ends_at_what_it_includes() {
    let operator = Operator::open().await;
    operator
        .record(&operator.usage(Meter::Messages, 1_999, "turn:1"))
        .await;
    assert_eq!(operator.refusal(Meter::Messages).await, None);
    operator
        .record(&operator.usage(Meter::Messages, 1, "turn:2"))
        .await;
    assert_eq!(
        operator.refusal(Meter::Messages).await,
        Some("trial_used_up")
    );
    assert_eq!(operator.refusal(Meter::Minutes).await, None);
    operator.pass(Duration::days(14)).await;
    assert_eq!(operator.refusal(Meter::Messages).await, None);
}

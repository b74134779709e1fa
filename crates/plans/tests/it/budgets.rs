use chrono::Duration;
use motel_kernel::{Currency, Money};
use motel_plans::{Meter, PlansError, commands};

use crate::operator::Operator;

impl Operator {
    async fn put_budget(
        &self,
        minor: i64,
        hard_stop: bool,
        expected: Option<i32>,
    ) -> Result<i32, PlansError> {
        let mut tx = self.tx().await;
        let amount = Money::new(minor, Currency::USD);
        let budget = commands::put_budget(&mut tx, expected, amount, hard_stop).await?;
        tx.commit().await.unwrap();
        Ok(budget.version)
    }

    /// Minutes beyond what is included, six cents each.
    async fn talk(&self, minutes: i64, call: i64) {
        let call = self.usage(Meter::Minutes, minutes, &format!("call:{call}"));
        self.record(&call).await;
        self.worker().run_until_idle().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_owner_is_told_at_each_share_once_and_it_stops_at_the_end() {
    let operator = Operator::in_december().await;
    operator.put_budget(1_200, true, None).await.unwrap();
    operator.talk(300, 0).await;
    let before = operator.letters().len();
    let subjects = |operator: &Operator| operator.letters()[before..].to_vec();
    operator.talk(99, 1).await;
    assert!(subjects(&operator).is_empty());
    operator.talk(1, 2).await;
    assert_eq!(
        subjects(&operator),
        ["50 % of your budget of $12.00 is spent"]
    );
    operator.talk(1, 3).await;
    assert_eq!(subjects(&operator).len(), 1);
    assert_eq!(operator.refusal(Meter::Messages).await, None);
    // From half to all at once: both are told.
    operator.talk(99, 4).await;
    assert_eq!(subjects(&operator).len(), 3);
    assert_eq!(
        operator.refusal(Meter::Messages).await,
        Some("budget_used_up")
    );

    // Raised, it goes on; and the next period begins at nothing.
    operator.put_budget(100_000, true, None).await.unwrap();
    assert_eq!(operator.refusal(Meter::Messages).await, None);
    operator.put_budget(1_200, true, None).await.unwrap();
    assert_eq!(
        operator.refusal(Meter::Messages).await,
        Some("budget_used_up")
    );
    operator.pass(Duration::days(31)).await;
    assert_eq!(operator.refusal(Meter::Messages).await, None);
    let told = "SELECT count(*) FROM plans.alerts";
    assert_eq!(operator.number(told).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_hard_stop_it_only_tells() {
    let operator = Operator::in_december().await;
    operator.put_budget(100, false, None).await.unwrap();
    operator.talk(1_000, 1).await;
    assert_eq!(operator.refusal(Meter::Messages).await, None);
    assert_eq!(
        operator.number("SELECT count(*) FROM plans.alerts").await,
        3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_that_changed_meanwhile_is_not_overwritten() {
    let operator = Operator::in_december().await;
    let first = operator.put_budget(100, false, None).await.unwrap();
    let second = operator.put_budget(200, false, Some(first)).await.unwrap();
    let stale = operator.put_budget(300, false, Some(first)).await;
    assert!(matches!(stale, Err(PlansError::Stale)));
    assert_eq!(second, first + 1);
    let mut tx = operator.tx().await;
    commands::remove_budget(&mut tx).await.unwrap();
    let gone = commands::remove_budget(&mut tx).await;
    assert!(matches!(gone, Err(PlansError::NotFound(_))));
}

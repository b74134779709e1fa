use chrono::Duration;
use motel_plans::commands::{self, Changed};
use motel_plans::{LineKind, Meter, Plan, PlansError, queries};
use motel_tenancy::{NewStaff, Role};

use crate::operator::Operator;

impl Operator {
    async fn plan(&self, code: &str) -> Plan {
        let mut tx = self.test.db().platform("a test").await.unwrap();
        queries::offered_plan(&mut tx, code).await.unwrap().unwrap()
    }

    async fn change(&self, code: &str) -> Result<Changed, PlansError> {
        let plan = self.plan(code).await;
        let version = self.subscription().await.version;
        let mut tx = self.tx().await;
        let changed = commands::change_plan(&mut tx, version, &plan, self.now()).await?;
        tx.commit().await.unwrap();
        Ok(changed)
    }

    /// What the period cost so far beyond the plan's price.
    async fn spent(&self) -> i64 {
        let subscription = self.subscription().await;
        let mut tx = self.tx().await;
        queries::spent(&mut tx, &subscription)
            .await
            .unwrap()
            .minor()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_is_paid_for_the_rest_of_the_month_and_there_and_back_is_nothing() {
    let operator = Operator::in_december().await;
    operator.pass(Duration::days(10)).await;
    let up = operator.change("plus").await.unwrap().proration.minor();
    let down = operator.change("standard").await.unwrap().proration.minor();
    assert_eq!((up, down), (3_387, -3_387));
    operator.change("plus").await.unwrap();
    operator.pass(Duration::days(21)).await;
    let next = operator.statements().await.remove(0);
    assert_eq!(operator.amounts(&next).await, [7_999, 3_387, -3_387, 3_387]);
    operator.pass(Duration::days(31)).await;
    let next = operator.statements().await.remove(0);
    assert_eq!(
        operator.amounts(&next).await,
        [7_999],
        "an amount is billed once"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_keeps_what_was_run_up_beyond_the_plan_before() {
    let operator = Operator::in_december().await;
    let talk = async |minutes, call| {
        let call = operator.usage(Meter::Minutes, minutes, call);
        operator.record(&call).await;
    };
    talk(400, "call:1").await;
    assert_eq!(operator.spent().await, 600);
    operator.change("plus").await.unwrap();
    assert_eq!(operator.spent().await, 600);
    // 1,500 are included now, of which 400 are gone.
    talk(1_100, "call:2").await;
    assert_eq!(operator.spent().await, 600);
    talk(10, "call:3").await;
    assert_eq!(operator.spent().await, 650);
    operator.pass(Duration::days(31)).await;
    let next = operator.statements().await.remove(0);
    let overage: Vec<(i64, String)> = operator
        .lines(&next)
        .await
        .into_iter()
        .filter(|line| line.kind == LineKind::Overage)
        .map(|line| (line.amount.minor(), line.description))
        .collect();
    assert_eq!(
        overage,
        [
            (
                50,
                "10 call minutes beyond what the plan includes".to_owned()
            ),
            (
                600,
                "400 call minutes on plan standard until 2026-12-01".to_owned()
            ),
        ]
    );
    assert_eq!(
        operator.spent().await,
        0,
        "the next period begins at nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_downgrade_asks_for_nothing_that_was_included_before() {
    let operator = Operator::in_december().await;
    operator.change("plus").await.unwrap();
    let talk = async |minutes, call| {
        let call = operator.usage(Meter::Minutes, minutes, call);
        operator.record(&call).await;
    };
    talk(1_000, "call:1").await;
    operator.change("standard").await.unwrap();
    assert_eq!(operator.spent().await, 0);
    // There and back at once changes nothing.
    operator.change("plus").await.unwrap();
    operator.change("standard").await.unwrap();
    assert_eq!(operator.spent().await, 0);
    // The 300 that the small plan includes are used up long since: each minute is six cents.
    talk(50, "call:2").await;
    assert_eq!(operator.spent().await, 300);
    operator.pass(Duration::days(31)).await;
    let next = operator.statements().await.remove(0);
    let lines = operator.lines(&next).await;
    let overage = lines.iter().filter(|line| line.kind == LineKind::Overage);
    assert_eq!(overage.map(|line| line.amount.minor()).sum::<i64>(), 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_back_beyond_a_statement_is_kept_for_the_next() {
    let operator = Operator::open().await;
    operator.change("plus").await.unwrap();
    operator.pass(Duration::days(14)).await;
    let first = operator.statements().await.remove(0);
    assert_eq!(
        first.total.minor(),
        7_999,
        "a change during the trial costs nothing by itself"
    );
    operator.change("standard").await.unwrap();
    operator.pass(Duration::days(31)).await;
    let second = operator.statements().await.remove(0);
    assert_eq!(operator.amounts(&second).await, [2_999, -5_000, 2_001]);
    assert!(second.total.is_zero() && second.paid_at.is_some());
    operator.pass(Duration::days(31)).await;
    let third = operator.statements().await.remove(0);
    assert_eq!(operator.amounts(&third).await, [2_999, -2_001]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_changed_is_refused_and_changes_nothing() {
    let operator = Operator::in_december().await;
    let same = operator.change("standard").await;
    assert!(matches!(same, Err(PlansError::SamePlan)));
    let plus = operator.plan("plus").await;
    let mut tx = operator.tx().await;
    let stale = commands::change_plan(&mut tx, 99, &plus, operator.now()).await;
    assert!(matches!(stale, Err(PlansError::Stale)));
    drop(tx);

    operator.change("plus").await.unwrap();
    let mut tx = operator.tx().await;
    for member in 0..6 {
        let new = NewStaff {
            email: format!("member{member}@motel.example").parse().unwrap(),
            password: "a long enough password".to_owned().into(),
            display_name: "Member".to_owned(),
            role: Role::FrontDesk,
        };
        motel_tenancy::commands::create_staff(&mut tx, &new)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let crowded = operator.change("standard").await;
    assert!(matches!(crowded, Err(PlansError::AboveLimit("seats"))));
    assert_eq!(operator.subscription().await.plan, "plus");
    assert_eq!(
        operator
            .number("SELECT count(*) FROM plans.adjustments")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_thinks_again_goes_on() {
    let operator = Operator::in_december().await;
    let version = operator.subscription().await.version;
    let mut tx = operator.tx().await;
    let early = commands::resume(&mut tx, version, operator.now()).await;
    assert!(matches!(early, Err(PlansError::WrongStatus)));
    let ending = commands::cancel(&mut tx, version).await.unwrap();
    let twice = commands::cancel(&mut tx, ending.version).await;
    assert!(matches!(twice, Err(PlansError::WrongStatus)));
    let on = commands::resume(&mut tx, ending.version, operator.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(!on.cancel_at_end);
    operator.pass(Duration::days(31)).await;
    assert_eq!(operator.statements().await.len(), 2);
}

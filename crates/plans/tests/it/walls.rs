//! What PostgreSQL holds whatever the code thinks, and that tenants see their own only.

use diesel_async::SimpleAsyncConnection;
use motel_plans::{Meter, PlansError, queries};
use motel_tenancy::testing::other_tenant;

use crate::operator::Operator;

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_sees_and_pays_nothing_of_it() {
    let operator = Operator::in_december().await;
    operator
        .record(&operator.usage(Meter::Minutes, 7, "call:1"))
        .await;
    let statement = operator.statements().await.remove(0);
    let stranger = other_tenant(&operator.test).await.tenant;
    let page = operator
        .desk
        .pay_page(stranger, statement.id, operator.now())
        .await;
    assert!(matches!(page, Err(PlansError::NotFound(_))));
    operator
        .desk
        .keep_subscription(stranger, operator.now())
        .await
        .unwrap();
    let page = operator
        .desk
        .pay_page(stranger, statement.id, operator.now())
        .await;
    assert!(matches!(page, Err(PlansError::NotFound("statement"))));
    let mut tx = operator.test.db().tenant(stranger).await.unwrap();
    assert!(
        queries::statements(&mut tx, None, 10)
            .await
            .unwrap()
            .is_empty()
    );
    let period = operator.subscription().await.period.start;
    assert!(queries::used(&mut tx, period).await.unwrap().is_empty());
    assert!(queries::open_adjustments(&mut tx).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_used_or_issued_stays_as_it_is() {
    let operator = Operator::in_december().await;
    operator
        .record(&operator.usage(Meter::Minutes, 7, "call:1"))
        .await;
    let mut admin = operator.test.admin().await;
    for change in [
        "UPDATE plans.statements SET total_minor = 1",
        "DELETE FROM plans.statements",
        "UPDATE plans.lines SET amount_minor = 1",
        "UPDATE plans.usage SET quantity = 1",
        "DELETE FROM plans.usage",
        "DELETE FROM plans.series",
        "UPDATE plans.series SET last = last + 1",
        "UPDATE plans.series SET last = last - 1",
        "INSERT INTO plans.statements SELECT tenant_id, gen_random_uuid(), year, sequence + 1, period_end, period_end, issued_at, due_at, 5, currency FROM plans.statements",
    ] {
        let refused = admin.batch_execute(change).await;
        assert!(refused.is_err(), "{change}");
    }
}

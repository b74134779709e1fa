use chrono::Duration;
use futures::future::join_all;
use motel_tenancy::{TenantKind, commands::create_tenant};

use crate::operator::Operator;

/// More businesses than are closed in one go, by three workers at once: each gets one statement, and no number is left out.
#[tokio::test(flavor = "multi_thread")]
async fn many_businesses_are_billed_once_each_with_numbers_without_gaps() {
    let operator = Operator::open().await;
    let mut tx = operator.test.db().platform("a test").await.unwrap();
    for number in 0..600 {
        let slug = format!("motel-{number}").parse().unwrap();
        create_tenant(&mut tx, &slug, "Motel", TenantKind::Motel)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    // Every one of them begins its trial by itself.
    operator.worker().run_chores().await.unwrap();
    assert_eq!(
        operator
            .number("SELECT count(*) FROM plans.subscriptions")
            .await,
        601
    );
    operator.clock.advance(Duration::days(14));
    join_all((0..3).map(|_| operator.close())).await;
    operator.close().await;
    assert_eq!(
        operator
            .number("SELECT count(*) FROM plans.statements")
            .await,
        601
    );
    assert_eq!(
        operator
            .number("SELECT count(DISTINCT tenant_id) FROM plans.statements")
            .await,
        601
    );
    let numbers = "SELECT count(DISTINCT sequence) * 1000 + max(sequence) FROM plans.statements";
    assert_eq!(operator.number(numbers).await, 601_601);
}

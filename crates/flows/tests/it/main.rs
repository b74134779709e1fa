//! Flows are kept in versions, and one of each kind is in force.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, Utc};
use diesel_async::SimpleAsyncConnection;
use motel_flows::commands::{keep_version, put_in_force, put_out_of_force};
use motel_flows::{FlowError, FlowKind, default_flow, queries};
use motel_kernel::Actor;
use motel_tenancy::testing::{demo_tenant, other_tenant};
use motel_testkit::TestDb;

fn now() -> DateTime<Utc> {
    "2026-12-01T15:00:00Z".parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_stay_and_one_is_in_force_whichever_it_is() {
    let test = TestDb::new(&["tenancy", "flows"]).await;
    let demo = demo_tenant(&test).await;
    let mut tx = test.db().tenant(demo.tenant).await.unwrap();
    let kind = FlowKind::AfterHours;
    assert_eq!(queries::in_force(&mut tx).await.unwrap(), []);
    let first = keep_version(&mut tx, kind, default_flow(kind), Actor::System, now());
    let first = first.await.unwrap();
    let second = keep_version(
        &mut tx,
        kind,
        default_flow(FlowKind::Faq),
        Actor::System,
        now(),
    );
    let second = second.await.unwrap();
    assert_eq!((first.version, second.version), (1, 2));
    assert_eq!(queries::version(&mut tx, kind, 1).await.unwrap(), first);
    let written = queries::written(&mut tx, kind, None, 10).await.unwrap();
    let numbers: Vec<i32> = written.iter().map(|it| it.version).collect();
    assert_eq!(numbers, [2, 1]);
    let earlier = queries::written(&mut tx, kind, Some(2), 10).await.unwrap();
    assert_eq!(earlier.len(), 1);
    // Forward, and back.
    for number in [2, 1] {
        let by = Actor::System;
        put_in_force(&mut tx, kind, number, by, now())
            .await
            .unwrap();
        assert_eq!(queries::in_force(&mut tx).await.unwrap(), [(kind, number)]);
    }
    let gone = put_in_force(&mut tx, kind, 3, Actor::System, now()).await;
    assert!(matches!(gone, Err(FlowError::NotFound)));
    let other_kind = put_in_force(&mut tx, FlowKind::Faq, 1, Actor::System, now()).await;
    assert!(matches!(other_kind, Err(FlowError::NotFound)));
    put_out_of_force(&mut tx, kind).await.unwrap();
    put_out_of_force(&mut tx, kind).await.unwrap();
    assert_eq!(queries::in_force(&mut tx).await.unwrap(), []);
    tx.commit().await.unwrap();

    let mut tx = test.db().tenant(demo.tenant).await.unwrap();
    let rewritten = tx
        .conn()
        .batch_execute("UPDATE flows.versions SET made_by = 'nobody'");
    assert!(
        rewritten
            .await
            .unwrap_err()
            .to_string()
            .contains("permission denied")
    );
    drop(tx);

    let theirs = other_tenant(&test).await;
    let mut tx = test.db().tenant(theirs.tenant).await.unwrap();
    assert_eq!(queries::written(&mut tx, kind, None, 10).await.unwrap(), []);
    let taken = put_in_force(&mut tx, kind, 1, Actor::System, now()).await;
    assert!(matches!(taken, Err(FlowError::NotFound)));
}

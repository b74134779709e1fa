//! When conversations are handed over, and what is kept of it.

use chrono::{DateTime, Days, Utc};
use motel_conversations::{ConversationError, HandOverReason, HandOverRules, Status};
use motel_conversations::{commands, queries};
use motel_kernel::Actor;
use motel_tenancy::testing::{demo_tenant, other_tenant};

use crate::{database, started};

fn noon() -> DateTime<Utc> {
    "2026-12-01T12:00:00Z".parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_kept_once_counted_and_emptied_with_the_guest() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let id = started(&test, tenant).await;
    let mut tx = test.db().tenant(tenant).await.unwrap();
    for summary in ["Ada Ross wants the fee waived\u{0}", "asked once more"] {
        let reason = HandOverReason::PolicyException;
        commands::hand_over_because(&mut tx, id, reason, summary, noon())
            .await
            .unwrap();
    }
    let later = noon() + Days::new(1);
    let long = "x".repeat(9_000);
    commands::hand_over_because(&mut tx, id, HandOverReason::Anger, &long, later)
        .await
        .unwrap();
    let kept = queries::hand_overs(&mut tx, id).await.unwrap();
    let told: Vec<_> = kept
        .iter()
        .map(|it| (it.reason, it.summary.len()))
        .collect();
    assert_eq!(
        told,
        [
            (HandOverReason::PolicyException, 29),
            (HandOverReason::Anger, 4_000)
        ]
    );
    let found = queries::find(&mut tx, id).await.unwrap();
    assert_eq!(found.status, Status::HandedOver);
    let counted = queries::hand_overs_since(&mut tx, later).await.unwrap();
    assert_eq!(counted, [(HandOverReason::Anger, 1)]);

    commands::forget(&mut tx, &[id]).await.unwrap();
    let kept = queries::hand_overs(&mut tx, id).await.unwrap();
    assert!(kept.len() == 2 && kept.iter().all(|it| it.summary.is_empty()));
    tx.commit().await.unwrap();

    let other = other_tenant(&test).await.tenant;
    let mut tx = test.db().tenant(other).await.unwrap();
    assert_eq!(queries::hand_overs(&mut tx, id).await.unwrap(), []);
    let unknown = HandOverReason::Anger;
    let refused = commands::hand_over_because(&mut tx, id, unknown, "", noon()).await;
    assert!(matches!(refused, Err(ConversationError::NotFound(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_the_defaults_until_somebody_sets_them() {
    let test = database().await;
    let tenant = demo_tenant(&test).await.tenant;
    let mut tx = test.db().tenant(tenant).await.unwrap();
    assert_eq!(queries::hand_over_settings(&mut tx).await.unwrap(), None);
    let defaults = queries::rules_of_hand_over(&mut tx).await.unwrap();
    assert_eq!(defaults, HandOverRules::default());

    let calm = HandOverRules {
        anger: false,
        high_value_amount_minor: None,
        ..defaults
    };
    for (expected, stale) in [
        (Some(3), true),
        (Some(0), false),
        (None, false),
        (Some(1), true),
    ] {
        let set = commands::put_hand_over_rules(&mut tx, expected, &calm, Actor::System, noon());
        let set = set.await;
        assert_eq!(
            matches!(set, Err(ConversationError::Stale)),
            stale,
            "{expected:?}"
        );
    }
    let kept = queries::hand_over_settings(&mut tx).await.unwrap().unwrap();
    assert_eq!((kept.rules, kept.version), (calm, 2));
    tx.commit().await.unwrap();

    let other = other_tenant(&test).await.tenant;
    let mut tx = test.db().tenant(other).await.unwrap();
    let theirs = queries::rules_of_hand_over(&mut tx).await.unwrap();
    assert_eq!(theirs, HandOverRules::default());
}

//! Counting on a real PostgreSQL, with the table of this crate only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

use diesel_async::RunQueryDsl;
use futures::future::join_all;
use motel_limits::{Limit, Subject, admit};
use motel_testkit::TestDb;

fn subject(limit: Limit, who: &str) -> Subject {
    Subject::named(limit, "sunrise", who)
}

async fn asked(database: &TestDb, limit: Limit, who: &str) -> bool {
    let admission = admit(database.db(), limit, &subject(limit, who)).await;
    admission.unwrap().admitted
}

#[tokio::test]
async fn of_many_at_once_no_more_get_in_than_may() {
    let database = TestDb::new(&["limits"]).await;
    let limit = Limit {
        period: std::time::Duration::from_secs(3_600),
        ..Limit::per_minute("chat", 10).unwrap()
    };
    let all = (0..60).map(|_| asked(&database, limit, "one"));
    let admitted = join_all(all).await.into_iter().filter(|it| *it).count();
    assert_eq!(admitted, 10);
    assert!(asked(&database, limit, "another").await);
}

#[tokio::test]
async fn after_a_while_one_more_may_and_later_all() {
    let database = TestDb::new(&["limits"]).await;
    let limit = Limit::per_minute("sign-in", 3).unwrap();
    let one = subject(limit, "one");
    let mut left = Vec::new();
    for _ in 0..3 {
        left.push(admit(database.db(), limit, &one).await.unwrap().remaining);
    }
    assert_eq!(left, [2, 1, 0]);
    let refused = admit(database.db(), limit, &one).await.unwrap();
    assert!(
        !refused.admitted && (1..=21).contains(&refused.seconds),
        "{refused:?}"
    );

    pass(&database, 21).await;
    assert!(asked(&database, limit, "one").await);
    assert!(!asked(&database, limit, "one").await);
    pass(&database, 3_600).await;
    for _ in 0..3 {
        assert!(asked(&database, limit, "one").await);
    }
    assert!(!asked(&database, limit, "one").await);
}

/// So many seconds go by.
async fn pass(database: &TestDb, seconds: u32) {
    let moved =
        format!("UPDATE limits.buckets SET empty_at = empty_at - interval '{seconds} seconds'");
    diesel::sql_query(moved)
        .execute(&mut database.admin().await)
        .await
        .unwrap();
}

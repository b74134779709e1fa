//! The test kit itself, on a real server.
#![allow(clippy::expect_used)]

use diesel::dsl::sql;
use diesel::sql_types::{Bool, Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motel_kernel::TenantId;
use motel_testkit::TestDb;

#[tokio::test(flavor = "multi_thread")]
async fn two_tests_share_nothing() {
    let (first, second) = tokio::join!(TestDb::new(&[]), TestDb::new(&[]));
    first
        .admin()
        .await
        .batch_execute("CREATE TABLE mine (id int)")
        .await
        .expect("a table");
    let seen = sql::<Bool>("to_regclass('mine') IS NOT NULL");
    let seen: bool = diesel::select(seen)
        .get_result(&mut second.admin().await)
        .await
        .expect("an answer");
    assert!(!seen);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pool_works_as_the_role_that_owns_nothing() {
    let database = TestDb::new(&[]).await;
    let mut tx = database
        .db()
        .tenant(TenantId::new())
        .await
        .expect("a transaction");
    let role: String = diesel::select(sql::<Text>("current_user"))
        .get_result(tx.conn())
        .await
        .expect("a role");
    assert_eq!(role, "motel_app");
}

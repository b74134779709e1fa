use diesel_async::SimpleAsyncConnection;
use futures::future::join_all;
use motel_db::Db;
use motel_kernel::TenantId;

use crate::shelf::{count, shelf, stock};

// Waits until each is gone: a backend that has yet to hear of its end would still begin a transaction.
const HANG_UP: &str = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_died_while_idle_are_replaced() {
    let db = shelf().await;
    let pool = Db::connect(db.url(), 3).await.unwrap();
    let tenant = TenantId::new();
    stock(&db, tenant, 1).await;
    for transaction in join_all((0..3).map(|_| pool.tenant(tenant))).await {
        transaction.unwrap().commit().await.unwrap();
    }
    db.admin().await.batch_execute(HANG_UP).await.unwrap();
    for _ in 0..6 {
        let mut tx = pool.tenant(tenant).await.unwrap();
        assert_eq!(count(tx.conn(), "shelf.books").await.unwrap(), 1);
        tx.commit().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_dies_in_a_transaction_is_an_error_and_then_replaced() {
    let db = shelf().await;
    let pool = Db::connect(db.url(), 1).await.unwrap();
    let tenant = TenantId::new();
    let tx = pool.tenant(tenant).await.unwrap();
    db.admin().await.batch_execute(HANG_UP).await.unwrap();
    assert!(tx.commit().await.is_err());
    pool.tenant(tenant).await.unwrap().commit().await.unwrap();
}

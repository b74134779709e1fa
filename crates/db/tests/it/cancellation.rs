//! actix drops a handler when its client hangs up. Whenever that happens, the connection must go back to the pool
//! without an open transaction.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use diesel_async::SimpleAsyncConnection;
use futures::future::join_all;
use motel_db::{Db, DbError};
use motel_kernel::TenantId;
use motel_testkit::TestDb;

use crate::shelf::{count, put, shelf};

/// More than the work below ever needs, so that the last rounds run to the end.
const MOST_POLLS: u32 = 40;

/// When a future is dropped after its last poll.
#[derive(Debug, Clone, Copy)]
enum Hangup {
    /// At once, while the server still works on the statement.
    BeforeTheAnswer,
    /// When the answer is there and nobody has read it.
    AfterTheAnswer,
}

/// Polls a future at most so many times, then drops it. `None` when it had not finished.
async fn at_most<T>(polls: u32, hangup: Hangup, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = polls;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match work.as_mut().poll(cx) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if left == 0 && matches!(hangup, Hangup::BeforeTheAnswer) => {
                Poll::Ready(None)
            }
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Two books, both or neither.
async fn put_two(db: &Db, tenant: TenantId) -> Result<(), DbError> {
    let mut tx = db.tenant(tenant).await?;
    tx.conn().batch_execute(&put(tenant, 1)).await?;
    tx.conn().batch_execute(&put(tenant, 2)).await?;
    tx.commit().await
}

/// Counts the books, then clears the shelf. In a transaction that was left open it would see one book.
async fn take_stock(db: &Db, tenant: TenantId) -> i64 {
    let mut tx = db.tenant(tenant).await.unwrap();
    let books = count(tx.conn(), "shelf.books").await.unwrap();
    tx.conn()
        .batch_execute("DELETE FROM shelf.books")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    books
}

async fn open_transactions(db: &TestDb) -> i64 {
    let open =
        "pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    count(&mut db.admin().await, open).await.unwrap()
}

/// Every connection of the pool at the same time, so that none is still being rolled back.
async fn use_all_connections(db: &Db, size: u32) {
    let transactions = join_all((0..size).map(|_| db.tenant(TenantId::new()))).await;
    for tx in transactions {
        tx.unwrap().commit().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_future_leaves_nothing_behind() {
    let db = shelf().await;
    for size in [1, 2] {
        let pool = Db::connect(db.url(), size).await.unwrap();
        let (mut cut_short, mut finished) = (0, 0);
        for hangup in [Hangup::BeforeTheAnswer, Hangup::AfterTheAnswer] {
            for polls in (0..MOST_POLLS).cycle().take(4 * MOST_POLLS as usize) {
                let tenant = TenantId::new();
                let outcome = at_most(polls, hangup, put_two(&pool, tenant)).await;
                let books = take_stock(&pool, tenant).await;
                match outcome {
                    Some(done) => {
                        done.unwrap();
                        finished += 1;
                        assert_eq!(books, 2, "{polls} polls, {hangup:?}");
                    }
                    // The commit may have reached the server; one book alone never may.
                    None => {
                        cut_short += 1;
                        assert!(
                            books == 0 || books == 2,
                            "{books} books after {polls} polls, {hangup:?}"
                        );
                    }
                }
            }
        }
        assert!(
            cut_short > 20 && finished > 20,
            "{cut_short} cut short, {finished} finished"
        );
        use_all_connections(&pool, size).await;
        assert_eq!(open_transactions(&db).await, 0, "pool of {size}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_that_hangs_up_leaves_nothing_behind() {
    let db = shelf().await;
    let size = 2;
    let pool = Db::connect(db.url(), size).await.unwrap();
    let crowd = (0..MOST_POLLS).map(|polls| {
        let pool = pool.clone();
        tokio::spawn(async move {
            for hangup in [Hangup::BeforeTheAnswer, Hangup::AfterTheAnswer] {
                let tenant = TenantId::new();
                at_most(polls, hangup, put_two(&pool, tenant)).await;
                let books = take_stock(&pool, tenant).await;
                assert!(
                    books == 0 || books == 2,
                    "{books} books after {polls} polls, {hangup:?}"
                );
            }
        })
    });
    for visitor in join_all(crowd).await {
        visitor.unwrap();
    }
    use_all_connections(&pool, size).await;
    assert_eq!(open_transactions(&db).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aborted_task_leaves_nothing_behind() {
    let db = shelf().await;
    let pool = Db::connect(db.url(), 1).await.unwrap();
    for _ in 0..30 {
        let (tenant, own) = (TenantId::new(), pool.clone());
        let (begun, has_begun) = futures::channel::oneshot::channel();
        let task = tokio::spawn(async move {
            let mut tx = own.tenant(tenant).await.unwrap();
            tx.conn().batch_execute(&put(tenant, 1)).await.unwrap();
            begun.send(()).unwrap();
            std::future::pending::<()>().await;
            tx.commit().await.unwrap();
        });
        has_begun.await.unwrap();
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(take_stock(&pool, tenant).await, 0);
    }
}

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError, MOST_ATTEMPTS, Worker, publish};
use motel_kernel::TenantId;
use motel_testkit::TestDb;

use crate::stage::{Clumsy, Diary, Happened, OfAnotherVersion, happen, meddle, notes};

/// As if the pause after a failure were over.
const PAUSE_IS_OVER: &str = "UPDATE jobs.deliveries SET run_at = now()";

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_tried_again_later_until_it_works() {
    let db = TestDb::new(&["jobs"]).await;
    let clumsy = Clumsy::failing(2);
    let worker = Worker::new(db.db().clone()).on("test.clumsy", clumsy.clone());
    happen(&db, TenantId::new(), "a").await;
    worker.run_until_idle().await.unwrap();
    let note = notes(&db).await.remove(0);
    assert_eq!((note.status.as_str(), note.attempts), ("pending", 1));
    assert_eq!(note.last_error.as_deref(), Some("slipped 1"));

    // After the seventh failure the pause is the longest: 64 s.
    meddle(
        &db,
        "UPDATE jobs.deliveries SET attempts = 6, run_at = now()",
    )
    .await;
    assert_eq!(worker.run_until_idle().await.unwrap(), 1);
    let note = notes(&db).await.remove(0);
    assert_eq!((note.status.as_str(), note.attempts), ("pending", 7));
    assert!((30..=64).contains(&note.due_in), "due in {} s", note.due_in);
    assert_eq!(
        worker.run_until_idle().await.unwrap(),
        0,
        "not before its time"
    );

    meddle(&db, PAUSE_IS_OVER).await;
    worker.run_until_idle().await.unwrap();
    let note = notes(&db).await.remove(0);
    assert_eq!(
        (note.status.as_str(), note.attempts, note.last_error),
        ("done", 8, None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_always_fails_is_dead_in_the_end_and_holds_up_nobody() {
    let db = TestDb::new(&["jobs"]).await;
    let (clumsy, diary) = (Clumsy::failing(u32::MAX), Diary::default());
    let worker = Worker::new(db.db().clone())
        .on("test.clumsy", clumsy.clone())
        .on("test.diary", diary.clone());
    happen(&db, TenantId::new(), "a").await;
    for _ in 0..MOST_ATTEMPTS + 3 {
        worker.run_until_idle().await.unwrap();
        meddle(&db, PAUSE_IS_OVER).await;
    }
    assert_eq!(clumsy.attempts(), MOST_ATTEMPTS);
    assert_eq!(diary.texts(), ["a"]);
    let note = notes(&db).await.remove(0);
    assert_eq!(
        (note.status.as_str(), note.last_error.as_deref()),
        ("dead", Some("slipped 8"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_workers_delivery_is_taken_over_when_its_lease_ends() {
    let db = TestDb::new(&["jobs"]).await;
    let killed = Worker::new(db.db().clone()).on("test.diary", Stuck);
    happen(&db, TenantId::new(), "a").await;
    let run = tokio::spawn(async move { killed.run_until_idle().await });
    while notes(&db)
        .await
        .first()
        .is_none_or(|note| note.status != "running")
    {
        tokio::task::yield_now().await;
    }
    run.abort();

    let diary = Diary::default();
    let heir = Worker::new(db.db().clone()).on("test.diary", diary.clone());
    assert_eq!(
        heir.run_until_idle().await.unwrap(),
        0,
        "not while the lease lasts"
    );
    meddle(&db, "UPDATE jobs.deliveries SET locked_until = now()").await;
    assert_eq!(heir.run_until_idle().await.unwrap(), 1);
    let [(_, text, attempt)] = &diary.entries()[..] else {
        panic!("one entry")
    };
    assert_eq!((text.as_str(), *attempt), ("a", 2));
    assert_eq!(notes(&db).await.remove(0).status, "done");
}

struct Stuck;

#[async_trait]
impl Handler<Happened> for Stuck {
    async fn handle(&self, _: &Db, _: &Delivery<Happened>) -> Result<(), HandlerError> {
        std::future::pending().await
    }
}

struct Panicking;

#[async_trait]
impl Handler<Happened> for Panicking {
    async fn handle(&self, _: &Db, _: &Delivery<Happened>) -> Result<(), HandlerError> {
        panic!("on purpose")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_a_failure_like_any_other() {
    let db = TestDb::new(&["jobs"]).await;
    happen(&db, TenantId::new(), "a").await;
    Worker::new(db.db().clone())
        .on("test.panics", Panicking)
        .run_until_idle()
        .await
        .unwrap();
    let note = notes(&db).await.remove(0);
    assert_eq!(
        (note.status.as_str(), note.last_error.as_deref()),
        ("pending", Some("the handler panicked"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payload_that_does_not_read_is_kept_with_its_reason() {
    let db = TestDb::new(&["jobs"]).await;
    let mut tx = db.db().tenant(TenantId::new()).await.unwrap();
    publish(&mut tx, &OfAnotherVersion { who: 1 })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Worker::new(db.db().clone())
        .on("test.diary", Diary::default())
        .run_until_idle()
        .await
        .unwrap();
    let reason = notes(&db).await.remove(0).last_error.unwrap();
    assert!(
        reason.contains("test.happened") && reason.contains("missing field `what`"),
        "{reason}"
    );
}

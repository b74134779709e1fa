use motel_db::DbError;
use motel_jobs::{Worker, publish};
use motel_kernel::TenantId;
use motel_testkit::TestDb;

use crate::stage::{Diary, Happened, Unheard, happen, meddle, notes};

#[tokio::test(flavor = "multi_thread")]
async fn every_subscriber_gets_every_event_once() {
    let db = TestDb::new(&["jobs"]).await;
    let (one, other) = (Diary::default(), Diary::default());
    let worker = Worker::new(db.db().clone())
        .on("test.one", one.clone())
        .on("test.other", other.clone());
    let tenant = TenantId::new();
    for round in 0..30 {
        happen(&db, tenant, &format!("{round:02}")).await;
    }
    assert_eq!(worker.run_until_idle().await.unwrap(), 60);
    assert_eq!(worker.run_until_idle().await.unwrap(), 0);
    let all: Vec<_> = (0..30).map(|round| format!("{round:02}")).collect();
    assert_eq!((one.texts(), other.texts()), (all.clone(), all));
    assert!(
        notes(&db)
            .await
            .iter()
            .all(|note| note.status == "done" && note.attempts == 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_rolled_back_did_not_happen() {
    let db = TestDb::new(&["jobs"]).await;
    let diary = Diary::default();
    let mut tx = db.db().tenant(TenantId::new()).await.unwrap();
    publish(
        &mut tx,
        &Happened {
            what: "nothing".to_owned(),
        },
    )
    .await
    .unwrap();
    drop(tx);
    let worker = Worker::new(db.db().clone()).on("test.diary", diary.clone());
    assert_eq!(worker.run_until_idle().await.unwrap(), 0);
    assert!(diary.entries().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_delivery_names_its_tenant() {
    let db = TestDb::new(&["jobs"]).await;
    let diary = Diary::default();
    let (one, other) = (TenantId::new(), TenantId::new());
    happen(&db, one, "a").await;
    happen(&db, other, "b").await;
    Worker::new(db.db().clone())
        .on("test.diary", diary.clone())
        .run_until_idle()
        .await
        .unwrap();
    let mut entries = diary.entries();
    entries.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!(
        entries,
        [(one, "a".to_owned(), 1), (other, "b".to_owned(), 1)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_without_subscribers_is_not_looked_at_for_ever() {
    let db = TestDb::new(&["jobs"]).await;
    let mut tx = db.db().tenant(TenantId::new()).await.unwrap();
    publish(&mut tx, &Unheard).await.unwrap();
    tx.commit().await.unwrap();
    let diary = Diary::default();
    let worker = Worker::new(db.db().clone()).on("test.diary", diary.clone());
    assert_eq!(worker.run_until_idle().await.unwrap(), 0);
    // Marked for good: had it stayed open, taking it back would now deliver it.
    meddle(
        &db,
        "DO $$ BEGIN ASSERT (SELECT bool_and(fanned_out) FROM jobs.events); END $$",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_workers_share_the_work_and_do_nothing_twice() {
    let db = TestDb::new(&["jobs"]).await;
    let tenant = TenantId::new();
    for round in 0..40 {
        happen(&db, tenant, &format!("{round:02}")).await;
    }
    let diary = Diary::default();
    let work = (0..4).map(|_| {
        let worker = Worker::new(db.db().clone()).on("test.diary", diary.clone());
        tokio::spawn(async move { worker.run_until_idle().await.unwrap() })
    });
    let attempts: usize = futures::future::join_all(work)
        .await
        .into_iter()
        .map(Result::unwrap)
        .sum();
    assert_eq!(attempts, 40);
    assert_eq!(
        diary.texts(),
        (0..40)
            .map(|round| format!("{round:02}"))
            .collect::<Vec<_>>()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_writes_events_but_cannot_touch_those_of_others_or_rewrite_its_own() {
    use diesel_async::SimpleAsyncConnection;
    let db = TestDb::new(&["jobs"]).await;
    let (one, other) = (TenantId::new(), TenantId::new());
    happen(&db, one, "a").await;

    let mut tx = db.db().tenant(other).await.unwrap();
    let unseen = "DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM jobs.events); END $$";
    tx.conn().batch_execute(unseen).await.unwrap();
    let forged = format!(
        "INSERT INTO jobs.events (tenant_id, id, kind, payload) VALUES ('{one}', gen_random_uuid(), 'test.happened', '{{}}')"
    );
    assert!(tx.conn().batch_execute(&forged).await.is_err());
    drop(tx);

    let mut tx = db.db().tenant(one).await.unwrap();
    let rewritten = tx
        .conn()
        .batch_execute("UPDATE jobs.events SET payload = '{}'")
        .await
        .map_err(DbError::from);
    assert!(
        rewritten
            .unwrap_err()
            .to_string()
            .contains("statement failed")
    );
}

#[tokio::test]
async fn an_address_gives_way_only_to_an_erased_one_and_only_in_its_own_house() {
    let db = TestDb::new(&["jobs"]).await;
    let (one, other) = (TenantId::new(), TenantId::new());
    happen(&db, one, "ana@example.com").await;
    happen(&db, other, "ana@example.com").await;
    let nowhere = "erased-00ff@erased.invalid";

    let mut tx = db.db().tenant(one).await.unwrap();
    let other_address = motel_jobs::reword(&mut tx, "ana@example.com", "eve@example.com").await;
    assert!(other_address.is_err());
    drop(tx);
    let mut tx = db.db().tenant(one).await.unwrap();
    let reworded = motel_jobs::reword(&mut tx, "ana@example.com", nowhere).await;
    assert_eq!(reworded.unwrap(), 1);
    let again = motel_jobs::reword(&mut tx, "ana@example.com", nowhere).await;
    assert_eq!(again.unwrap(), 0);
    tx.commit().await.unwrap();
    let mut tx = db.db().tenant(other).await.unwrap();
    let theirs = motel_jobs::reword(&mut tx, "ana@example.com", nowhere).await;
    assert_eq!(theirs.unwrap(), 1, "nobody else's was touched");
}

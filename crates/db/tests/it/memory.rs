use std::sync::Arc;

use diesel_async::SimpleAsyncConnection;
use motel_db::{Changes, Memory, Topic};
use motel_kernel::TenantId;
use motel_testkit::TestDb;

use crate::shelf::{count, put, shelf, stock};

const ENOUGH: u64 = 1 << 20;

async fn talking_shelf() -> TestDb {
    let db = shelf().await;
    let talk = "SELECT motel_tell_changes('shelf.books', 'nights')";
    db.admin().await.batch_execute(talk).await.unwrap();
    db
}

/// Waits for the line to be proven open after everything that was committed until now. Bounded by the test runner.
async fn until_heard(changes: &Changes) {
    let now = chrono::Utc::now();
    while changes.as_of().is_none_or(|heard| heard <= now) {
        tokio::task::yield_now().await;
    }
}

async fn read(db: &TestDb, memory: &Memory<i64>, tenant: TenantId) -> i64 {
    if let Some(remembered) = memory.get(tenant) {
        return *remembered.value;
    }
    let reading = memory.about_to_read(tenant);
    let mut tx = db.db().tenant(tenant).await.unwrap();
    let books = count(tx.conn(), "shelf.books").await.unwrap();
    tx.commit().await.unwrap();
    memory.keep(reading, Arc::new(books), 8);
    books
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_remembered_is_what_was_committed_before_it_says() {
    let db = talking_shelf().await;
    let changes = Changes::listen(db.db()).await.unwrap();
    let memory = Memory::new(changes.clone(), Topic::Nights, ENOUGH);
    let (mine, theirs) = (TenantId::new(), TenantId::new());
    until_heard(&changes).await;
    assert_eq!(read(&db, &memory, mine).await, 0);
    assert_eq!(read(&db, &memory, theirs).await, 0);
    for id in 1..=5 {
        stock(&db, mine, id).await;
        until_heard(&changes).await;
        assert!(memory.get(mine).is_none());
        assert_eq!(read(&db, &memory, mine).await, i64::from(id));
        assert!(memory.get(mine).is_some());
    }
    assert!(
        memory.get(theirs).is_some(),
        "another tenant's change is none of theirs"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_rolled_back_is_none_and_one_without_a_tenant_is_everybodys() {
    let db = talking_shelf().await;
    let changes = Changes::listen(db.db()).await.unwrap();
    let memory = Memory::new(changes.clone(), Topic::Nights, ENOUGH);
    let tenant = TenantId::new();
    until_heard(&changes).await;
    read(&db, &memory, tenant).await;

    let mut tx = db.db().tenant(tenant).await.unwrap();
    tx.conn().batch_execute(&put(tenant, 1)).await.unwrap();
    drop(tx);
    until_heard(&changes).await;
    assert!(memory.get(tenant).is_some());

    db.admin()
        .await
        .batch_execute(&put(tenant, 1))
        .await
        .unwrap();
    until_heard(&changes).await;
    assert_eq!(read(&db, &memory, tenant).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_while_it_is_read_is_not_kept() {
    let db = talking_shelf().await;
    let changes = Changes::listen(db.db()).await.unwrap();
    let memory = Memory::new(changes.clone(), Topic::Nights, ENOUGH);
    let tenant = TenantId::new();
    until_heard(&changes).await;
    let reading = memory.about_to_read(tenant);
    stock(&db, tenant, 1).await;
    until_heard(&changes).await;
    memory.keep(reading, Arc::new(0), 8);
    assert!(memory.get(tenant).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_believed_while_the_line_is_lost_nor_what_was_read_before() {
    let db = talking_shelf().await;
    let changes = Changes::listen(db.db()).await.unwrap();
    let memory = Memory::new(changes.clone(), Topic::Nights, ENOUGH);
    let tenant = TenantId::new();
    until_heard(&changes).await;
    read(&db, &memory, tenant).await;
    let cut = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
               WHERE datname = current_database() AND query LIKE '%LISTEN motel_changes'";
    db.admin().await.batch_execute(cut).await.unwrap();
    while changes.as_of().is_some() {
        tokio::task::yield_now().await;
    }
    stock(&db, tenant, 1).await;
    assert!(memory.get(tenant).is_none());
    until_heard(&changes).await;
    assert!(memory.get(tenant).is_none());
    assert_eq!(read(&db, &memory, tenant).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_holds_no_more_than_it_may_and_a_deaf_one_nothing() {
    let db = talking_shelf().await;
    let changes = Changes::listen(db.db()).await.unwrap();
    until_heard(&changes).await;
    let memory = Memory::new(changes, Topic::Nights, 100_000);
    let deaf = Memory::new(Changes::deaf(), Topic::Nights, ENOUGH);
    let tenants: Vec<TenantId> = (0..100).map(|_| TenantId::new()).collect();
    for tenant in &tenants {
        for memory in [&memory, &deaf] {
            memory.keep(memory.about_to_read(*tenant), Arc::new(0), 10_000);
        }
    }
    let remembered = tenants
        .iter()
        .filter(|tenant| memory.get(**tenant).is_some());
    assert!((1..=9).contains(&remembered.count()));
    assert!(tenants.iter().all(|tenant| deaf.get(*tenant).is_none()));
}

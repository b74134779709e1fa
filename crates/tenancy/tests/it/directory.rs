use std::sync::Arc;

use diesel_async::SimpleAsyncConnection;
use motel_db::Changes;
use motel_tenancy::{Directory, Slug, testing};
use motel_testkit::TestDb;

#[tokio::test(flavor = "multi_thread")]
async fn a_slug_means_one_tenant() {
    let db = TestDb::new(&["tenancy"]).await;
    let (demo, other) = (
        testing::demo_tenant(&db).await,
        testing::other_tenant(&db).await,
    );
    let directory = Directory::new(db.db().clone(), demo.slug.clone());
    assert_eq!(directory.default_slug(), &demo.slug);
    for place in [&demo, &other] {
        let found = directory.find(&place.slug).await.unwrap().unwrap();
        assert_eq!((found.0.id, &found.1), (place.tenant, &place.property));
    }
    let unknown = Slug::parse("nobody").unwrap();
    assert!(directory.find(&unknown).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_founded_after_it_was_asked_for_is_found() {
    let db = TestDb::new(&["tenancy"]).await;
    let slug = Slug::parse("demo-motel").unwrap();
    let directory = Directory::new(db.db().clone(), slug.clone());
    assert!(directory.find(&slug).await.unwrap().is_none());
    let demo = testing::demo_tenant(&db).await;
    assert_eq!(
        directory.find(&slug).await.unwrap().unwrap().0.id,
        demo.tenant
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_remembered_is_read_anew_once_its_change_is_heard() {
    let db = TestDb::new(&["tenancy"]).await;
    let (demo, other) = (
        testing::demo_tenant(&db).await,
        testing::other_tenant(&db).await,
    );
    let changes = Changes::listen(db.db()).await.unwrap();
    let directory = Directory::new(db.db().clone(), demo.slug.clone()).hearing(&changes);
    until_heard(&changes).await;
    let first = directory.find(&demo.slug).await.unwrap().unwrap();
    let again = directory.find(&demo.slug).await.unwrap().unwrap();
    assert!(Arc::ptr_eq(&first, &again), "it was read twice");
    let neighbour = directory.find(&other.slug).await.unwrap().unwrap();

    let tenant = demo.tenant.as_uuid();
    let change = format!(
        "SET app.tenant_id = '{tenant}';
         UPDATE tenancy.properties SET name = 'Another name' WHERE tenant_id = '{tenant}'"
    );
    db.admin().await.batch_execute(&change).await.unwrap();
    until_heard(&changes).await;
    let renamed = directory.find(&demo.slug).await.unwrap().unwrap();
    assert_eq!(renamed.1.name, "Another name");
    let still = directory.find(&other.slug).await.unwrap().unwrap();
    assert!(
        Arc::ptr_eq(&neighbour, &still),
        "another tenant's change is none of theirs"
    );
    directory.forget(demo.tenant);
    let forgotten = directory.find(&demo.slug).await.unwrap().unwrap();
    assert!(!Arc::ptr_eq(&renamed, &forgotten), "it was not read anew");
}

/// Waits for the line to be proven open after everything that was committed until now. Bounded by the test runner.
async fn until_heard(changes: &Changes) {
    let now = chrono::Utc::now();
    while changes.as_of().is_none_or(|heard| heard <= now) {
        tokio::task::yield_now().await;
    }
}

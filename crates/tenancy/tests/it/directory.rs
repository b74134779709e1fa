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

use motel_kernel::{Email, PropertyId, TenantId};
use motel_tenancy::commands::create_staff;
use motel_tenancy::{NewStaff, Role, TenancyError, queries, testing};
use motel_testkit::TestDb;

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_sees_itself_only() {
    let db = TestDb::new(&["tenancy"]).await;
    let (demo, other) = (
        testing::demo_tenant(&db).await,
        testing::other_tenant(&db).await,
    );
    let mut tx = db.db().tenant(demo.tenant).await.unwrap();
    assert_eq!(
        queries::property(&mut tx, other.property.id).await.unwrap(),
        None
    );
    assert_eq!(
        queries::property(&mut tx, PropertyId::new()).await.unwrap(),
        None
    );
    assert_eq!(
        queries::default_property(&mut tx).await.unwrap(),
        demo.property
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_that_does_not_exist_has_nothing_and_gets_nothing() {
    let db = TestDb::new(&["tenancy"]).await;
    testing::demo_tenant(&db).await;
    let mut tx = db.db().tenant(TenantId::new()).await.unwrap();
    assert_eq!(queries::tenant(&mut tx).await.unwrap(), None);
    let none = queries::default_property(&mut tx).await.unwrap_err();
    assert!(matches!(none, TenancyError::NoProperty), "{none:?}");
    let new = NewStaff {
        email: Email::parse("ghost@motel.example").unwrap(),
        password: "a long password".into(),
        display_name: "Ghost".to_owned(),
        role: Role::Owner,
    };
    assert!(create_staff(&mut tx, &new).await.is_err());
}

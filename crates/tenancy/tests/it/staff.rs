use diesel_async::SimpleAsyncConnection;
use motel_kernel::{Email, TenantId};
use motel_tenancy::commands::{Admission, Visitor, admit, create_staff, ensure_staff};
use motel_tenancy::{NewStaff, Outcome, Role, Staff, TenancyError, testing};
use motel_testkit::TestDb;
use secrecy::SecretString;

fn dana() -> NewStaff {
    NewStaff {
        email: Email::parse("dana@motel.example").unwrap(),
        password: "correct horse battery".into(),
        display_name: "Dana".to_owned(),
        role: Role::FrontDesk,
    }
}

async fn take_in(db: &TestDb, tenant: TenantId, new: &NewStaff) -> Result<Outcome, TenancyError> {
    let mut tx = db.db().tenant(tenant).await.unwrap();
    let outcome = ensure_staff(&mut tx, new).await?.1;
    tx.commit().await.unwrap();
    Ok(outcome)
}

async fn sign_in(db: &TestDb, email: &str, password: &SecretString) -> Option<Staff> {
    let visitor = Visitor {
        email,
        password,
        address: "192.0.2.7".parse().unwrap(),
    };
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    match admit(db.db(), visitor, now).await.unwrap() {
        Admission::Admitted(member) => Some(*member),
        Admission::Refused => None,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_credentials_open_a_session_and_no_others() {
    let db = TestDb::new(&["tenancy"]).await;
    let demo = testing::demo_tenant(&db).await;
    take_in(&db, demo.tenant, &dana()).await.unwrap();

    let member = sign_in(&db, " Dana@Motel.example ", &dana().password)
        .await
        .unwrap();
    assert_eq!(
        (member.tenant_id, member.display_name.as_str(), member.role),
        (demo.tenant, "Dana", Role::FrontDesk.into())
    );

    let long = "x".repeat(2_000);
    for (email, password) in [
        ("dana@motel.example", "wrong horse battery"),
        ("dana@motel.example", ""),
        ("dana@motel.example", long.as_str()),
        ("nobody@motel.example", "correct horse battery"),
        ("' OR 1=1 --", "correct horse battery"),
    ] {
        assert_eq!(sign_in(&db, email, &password.into()).await, None, "{email}");
    }

    let mut admin = db.admin().await;
    admin
        .batch_execute("UPDATE tenancy.staff SET active = false")
        .await
        .unwrap();
    assert_eq!(
        sign_in(&db, "dana@motel.example", &dana().password).await,
        None
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_belongs_to_one_member_of_the_installation() {
    let db = TestDb::new(&["tenancy"]).await;
    let (demo, other) = (
        testing::demo_tenant(&db).await,
        testing::other_tenant(&db).await,
    );
    assert_eq!(
        take_in(&db, demo.tenant, &dana()).await.unwrap(),
        Outcome::Created
    );
    assert_eq!(
        take_in(&db, demo.tenant, &dana()).await.unwrap(),
        Outcome::Unchanged
    );
    let taken = take_in(&db, other.tenant, &dana()).await.unwrap_err();
    assert!(matches!(taken, TenancyError::EmailTaken), "{taken:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_password_is_refused() {
    let db = TestDb::new(&["tenancy"]).await;
    let demo = testing::demo_tenant(&db).await;
    let mut tx = db.db().tenant(demo.tenant).await.unwrap();
    let short = NewStaff {
        password: "ninechars".into(),
        ..dana()
    };
    let refused = create_staff(&mut tx, &short).await.unwrap_err();
    assert!(
        matches!(refused, TenancyError::UnfitPassword),
        "{refused:?}"
    );
}

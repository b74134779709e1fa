//! A business that is suspended, deleted, restored, and gone for good.

use chrono::Duration;
use diesel_async::SimpleAsyncConnection;
use motel_db::Changes;
use motel_kernel::PersonName;
use motel_tenancy::commands::{
    Admission, create_tenant, delete_tenant, purge_tenants, restore_tenant, suspend_tenant,
};
use motel_tenancy::passwords::{ask_for_password, may_reset};
use motel_tenancy::queries::{business, businesses};
use motel_tenancy::team::{NewMember, accept_invitation};
use motel_tenancy::{Directory, Reason, Role, Slug, TenancyError, Tenant, TenantKind, TenantState};

use crate::crew::{Crew, PASSWORD, token_in};

const OWNER: &str = "dana@motel.example";

fn reason() -> Reason {
    Reason::parse("unpaid since May").unwrap()
}

async fn suspend(crew: &Crew) -> Result<Tenant, TenancyError> {
    let mut tx = crew.db.db().platform("suspend").await.unwrap();
    let tenant = suspend_tenant(&mut tx, &crew.demo.slug, &reason(), crew.now()).await?;
    tx.commit().await.unwrap();
    Ok(tenant)
}

async fn delete(crew: &Crew) -> Tenant {
    let mut tx = crew.db.db().platform("delete").await.unwrap();
    let tenant = delete_tenant(&mut tx, &crew.demo.slug, &reason(), crew.now()).await;
    tx.commit().await.unwrap();
    tenant.unwrap()
}

async fn restore(crew: &Crew) -> Result<Tenant, TenancyError> {
    let mut tx = crew.db.db().platform("restore").await.unwrap();
    let tenant = restore_tenant(&mut tx, &crew.demo.slug, crew.now()).await?;
    tx.commit().await.unwrap();
    Ok(tenant)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_business_is_suspended_for_a_reason_and_restored() {
    let crew = Crew::open().await;
    let suspended = suspend(&crew).await.unwrap();
    assert_eq!(suspended.standing.state, TenantState::Suspended);
    assert_eq!(suspended.standing.since, crew.now());
    assert_eq!(suspended.standing.reason, Some(reason()));
    // Its people still get in.
    assert!(matches!(
        crew.try_in(OWNER, PASSWORD).await,
        Admission::Admitted(_)
    ));
    assert_eq!(crew.count("SELECT count(*) FROM mail.silences").await, 1);

    let restored = restore(&crew).await.unwrap();
    assert_eq!(restored.standing.state, TenantState::Active);
    assert_eq!(restored.standing.reason, None);
    assert_eq!(crew.count("SELECT count(*) FROM mail.silences").await, 0);
    crew.later(Duration::days(1));
    assert_eq!(restore(&crew).await.unwrap(), restored, "it was so already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_business_is_not_there_for_anybody_on_any_node() {
    let crew = Crew::open().await;
    let changes = Changes::listen(crew.db.db()).await.unwrap();
    let slug = crew.demo.slug.clone();
    let elsewhere = Directory::new(crew.db.db().clone(), slug.clone()).hearing(&changes);
    until_heard(&changes).await;
    assert!(elsewhere.find(&slug).await.unwrap().is_some());
    crew.session(&crew.owner).await;
    let email = OWNER.parse().unwrap();
    let from = "192.0.2.9".parse().unwrap();
    ask_for_password(crew.db.db(), &email, from, crew.now())
        .await
        .unwrap();
    let link = token_in(&crew.post().await[0]);
    assert!(may_reset(crew.db.db(), &link, crew.now()).await.unwrap());

    let deleted = delete(&crew).await;
    assert_eq!(deleted.standing.state, TenantState::Deleted);
    until_heard(&changes).await;
    assert!(elsewhere.find(&slug).await.unwrap().is_none());
    assert!(
        elsewhere
            .find_by_id(crew.demo.tenant)
            .await
            .unwrap()
            .is_none()
    );
    assert!(elsewhere.find(&crew.other.slug).await.unwrap().is_some());
    assert_eq!(crew.try_in(OWNER, PASSWORD).await, Admission::Refused);
    assert_eq!(crew.sessions(&crew.owner).await, 0);
    assert!(!may_reset(crew.db.db(), &link, crew.now()).await.unwrap());
    // Nobody is told by a mail that there was an account.
    ask_for_password(crew.db.db(), &email, from, crew.now())
        .await
        .unwrap();
    assert_eq!(
        crew.count("SELECT count(*) FROM tenancy.one_use_links")
            .await,
        1
    );

    let refused = suspend(&crew).await.unwrap_err();
    assert!(matches!(refused, TenancyError::TenantDeleted), "{refused}");
    crew.later(Duration::days(3));
    assert_eq!(delete(&crew).await, deleted, "it is deleted since then");

    restore(&crew).await.unwrap();
    until_heard(&changes).await;
    assert!(elsewhere.find(&slug).await.unwrap().is_some());
    assert!(matches!(
        crew.try_in(OWNER, PASSWORD).await,
        Admission::Admitted(_)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_days_later_nothing_is_left_but_the_name() {
    let crew = Crew::open().await;
    let slug = crew.demo.slug.clone();
    delete(&crew).await;
    crew.later(Duration::days(30) - Duration::seconds(1));
    assert!(
        purge_tenants(crew.db.db(), crew.now())
            .await
            .unwrap()
            .is_empty()
    );
    crew.later(Duration::seconds(1));
    crew.sweep().await;
    let left = format!(
        "SELECT (SELECT count(*) FROM tenancy.tenants WHERE tenant_id = '{0}') + (SELECT count(*) FROM tenancy.properties WHERE tenant_id = '{0}')
             + (SELECT count(*) FROM tenancy.staff WHERE tenant_id = '{0}') + (SELECT count(*) FROM mail.silences) AS count",
        crew.demo.tenant
    );
    assert_eq!(crew.count(&left).await, 0);
    assert_eq!(crew.count("SELECT count(*) FROM tenancy.tenants").await, 1);
    assert!(matches!(
        restore(&crew).await,
        Err(TenancyError::NotFound(_))
    ));

    let mut tx = crew.db.db().platform("found it again").await.unwrap();
    let founded = create_tenant(&mut tx, &slug, "Somebody else", TenantKind::Motel).await;
    assert_eq!(founded.unwrap(), None);
    drop(tx);
    let by_hand = format!(
        "INSERT INTO tenancy.tenants (tenant_id, slug, name, kind) VALUES (gen_random_uuid(), '{slug}', 'Sly', 'motel')"
    );
    let refused = crew.db.admin().await.batch_execute(&by_hand).await;
    assert!(refused.unwrap_err().to_string().contains("had this name"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_business_that_was_not_deleted_is_not_purged_by_anybody() {
    let crew = Crew::open().await;
    suspend(&crew).await.unwrap();
    crew.later(Duration::days(365));
    assert!(
        purge_tenants(crew.db.db(), crew.now())
            .await
            .unwrap()
            .is_empty()
    );
    let tx = crew
        .db
        .db()
        .platform("purge it all the same")
        .await
        .unwrap();
    let refused = tx.purge(crew.demo.tenant).await.unwrap_err();
    assert!(
        format!("{refused:?}").contains("deleted first"),
        "{refused:?}"
    );
    assert_eq!(crew.count("SELECT count(*) FROM tenancy.staff").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_finds_businesses_by_their_names() {
    let crew = Crew::open().await;
    let mut tx = crew.db.db().platform("look").await.unwrap();
    let slugs = |found: Vec<Tenant>| -> Vec<String> {
        found.iter().map(|tenant| tenant.slug.to_string()).collect()
    };
    let all = businesses(&mut tx, None, None, 10).await.unwrap();
    assert_eq!(slugs(all), ["demo-motel", "other-motel"]);
    let first = Slug::parse("demo-motel").unwrap();
    let rest = businesses(&mut tx, None, Some(&first), 10).await.unwrap();
    assert_eq!(slugs(rest), ["other-motel"]);
    let named = businesses(&mut tx, Some("OM001"), None, 10).await.unwrap();
    assert_eq!(slugs(named), ["other-motel"]);
    let none = businesses(&mut tx, Some("%"), None, 10).await.unwrap();
    assert!(none.is_empty(), "a per cent sign means itself");
    let shown = business(&mut tx, &first).await.unwrap().unwrap();
    assert_eq!((shown.members, shown.owners[0].as_str()), (1, OWNER));
}

/// Waits for the line to be proven open after everything that was committed until now. Bounded by the test runner.
async fn until_heard(changes: &Changes) {
    let now = chrono::Utc::now();
    while changes.as_of().is_none_or(|heard| heard <= now) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_business_takes_in_nobody_until_it_is_restored() {
    let crew = Crew::open().await;
    crew.invite(crew.owner.id, "rosa@motel.example", Role::FrontDesk)
        .await
        .unwrap();
    let link = token_in(&crew.post().await[0]);
    let joins = async || {
        let new = NewMember {
            name: PersonName::parse("Rosa Lind").unwrap(),
            password: PASSWORD.into(),
        };
        accept_invitation(crew.db.db(), &link, &new, crew.now()).await
    };
    suspend(&crew).await.unwrap();
    assert_eq!(joins().await.unwrap_err().code(), "link_gone");
    restore(&crew).await.unwrap();
    assert_eq!(joins().await.unwrap().role, Role::FrontDesk);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_purged_does_not_keep_the_others() {
    let crew = Crew::open().await;
    delete(&crew).await;
    crew.later(Duration::days(1));
    let mut tx = crew.db.db().platform("delete").await.unwrap();
    delete_tenant(&mut tx, &crew.other.slug, &reason(), crew.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    // Something that nobody thought of points at the first.
    let stray = format!(
        "CREATE TABLE tenancy.strays (whose uuid REFERENCES tenancy.tenants (tenant_id));
         INSERT INTO tenancy.strays VALUES ('{}')",
        crew.demo.tenant
    );
    crew.db.admin().await.batch_execute(&stray).await.unwrap();
    crew.later(Duration::days(31));
    assert!(purge_tenants(crew.db.db(), crew.now()).await.is_err());
    let left = "SELECT count(*) FROM tenancy.tenants";
    assert_eq!(crew.count(left).await, 1);
    assert_eq!(crew.count("SELECT count(*) FROM tenancy.staff").await, 1);

    let mended = "DROP TABLE tenancy.strays";
    crew.db.admin().await.batch_execute(mended).await.unwrap();
    let gone = purge_tenants(crew.db.db(), crew.now()).await.unwrap();
    assert_eq!(gone, std::slice::from_ref(&crew.demo.slug));
}

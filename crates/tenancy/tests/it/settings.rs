use std::path::Path;

use chrono::NaiveTime;
use motel_db::DbError;
use motel_tenancy::commands::upsert_tenant_from_settings;
use motel_tenancy::{
    LateFee, Outcome, PolicyTopic, TenancyError, TenantKind, TenantSettings, Upserted, queries,
};
use motel_testkit::TestDb;

fn fixture(tenant: &str) -> TenantSettings {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(tenant)
        .join("tenant.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

async fn upsert(db: &TestDb, settings: &TenantSettings) -> Upserted {
    let mut tx = db.db().platform("seed").await.unwrap();
    let upserted = upsert_tenant_from_settings(&mut tx, settings)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    upserted
}

#[test]
fn the_demo_motel_reads_as_it_is_meant() {
    let settings = fixture("remotemotel");
    assert_eq!(settings.kind, TenantKind::Motel);
    assert_eq!(settings.property.code, "RM001");
    assert_eq!(settings.property.timezone, chrono_tz::America::New_York);
    assert_eq!(
        settings.property.check_in,
        NaiveTime::from_hms_opt(15, 0, 0).unwrap()
    );
    assert_eq!(settings.tax.rate.value(), 1_200);
    let cancellation = settings.policies.cancellation.as_ref().unwrap();
    assert_eq!(
        (cancellation.free_until_hours, cancellation.late_fee),
        (24, LateFee::FirstNight)
    );
    let pets = settings.policies.answer(PolicyTopic::Pets).unwrap();
    assert!(pets.text.contains("$20 a night"), "{}", pets.text);
    assert_eq!(settings.policies.answer(PolicyTopic::Travel), None);
}

#[test]
fn the_caterer_reads_as_it_is_meant() {
    let settings = fixture("harvest-table");
    assert_eq!(settings.kind, TenantKind::PrivateDining);
    assert_eq!(settings.chefs.len(), 3);
    assert_eq!(
        settings
            .policies
            .guests
            .as_ref()
            .map(|guests| guests.maximum),
        Some(120)
    );
    assert!(settings.policies.answer(PolicyTopic::Wifi).is_none());
}

#[test]
fn a_misspelt_policy_is_refused() {
    let misspelt = toml::from_str::<motel_tenancy::Policies>(
        "[pets]\nallowed = true\nsummary = 'Yes.'\nfee = 3",
    );
    assert!(misspelt.unwrap_err().to_string().contains("fee"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_settings_twice_change_nothing() {
    let db = TestDb::new(&["tenancy"]).await;
    let mut settings = fixture("remotemotel");
    let first = upsert(&db, &settings).await;
    assert_eq!(first.outcome, Outcome::Created);
    let second = upsert(&db, &settings).await;
    assert_eq!(
        second,
        Upserted {
            outcome: Outcome::Unchanged,
            ..first.clone()
        }
    );

    settings.property.tagline = "Now with a pool".to_owned();
    let third = upsert(&db, &settings).await;
    assert_eq!(third.outcome, Outcome::Updated);
    assert_eq!(third.property.id, first.property.id);

    let mut tx = db.db().tenant(first.tenant.id).await.unwrap();
    assert_eq!(
        queries::default_property(&mut tx).await.unwrap(),
        third.property
    );
    assert_eq!(
        queries::property(&mut tx, first.property.id).await.unwrap(),
        Some(third.property)
    );
    assert_eq!(queries::tenant(&mut tx).await.unwrap(), Some(third.tenant));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_seeds_at_once_found_one_tenant() {
    let db = TestDb::new(&["tenancy"]).await;
    let settings = fixture("remotemotel");
    let (one, other) = tokio::join!(upsert(&db, &settings), upsert(&db, &settings));
    assert_eq!(one.property, other.property);
    let mut outcomes = [one.outcome, other.outcome];
    outcomes.sort();
    assert_eq!(outcomes, [Outcome::Unchanged, Outcome::Created]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_refused_whole() {
    let db = TestDb::new(&["tenancy"]).await;
    let mut settings = fixture("remotemotel");
    settings.property.name = "x".repeat(121);
    let mut tx = db.db().platform("seed").await.unwrap();
    let refused = upsert_tenant_from_settings(&mut tx, &settings)
        .await
        .unwrap_err();
    assert!(
        matches!(refused, TenancyError::Db(DbError::Sql(_))),
        "{refused:?}"
    );
    drop(tx);
    settings.property.name = "RemoteMotel".to_owned();
    assert_eq!(upsert(&db, &settings).await.outcome, Outcome::Created);
}

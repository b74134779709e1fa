use motel_credentials::{CredentialsError, Provider, commands, queries};
use motel_kernel::{Actor, TenantId};
use motel_seal::{Keyring, MasterKey, SealError};

use crate::house::{House, TOKEN, now, twilio};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_can_be_used_and_nobody_sees_more_than_its_end() {
    let house = House::new().await;
    let tenant = house.demo.tenant;
    assert_eq!(house.open(tenant, &house.keyring).await.unwrap(), None);
    house.put(tenant, TOKEN).await;
    let opened = house.open(tenant, &house.keyring).await.unwrap();
    assert_eq!(opened.as_deref(), Some(TOKEN));

    let mut tx = house.tx(tenant).await;
    let kept = queries::kept_credential(&mut tx, Provider::Twilio).await;
    let kept = kept.unwrap().unwrap();
    assert_eq!(
        (kept.last_four.as_str(), kept.set_by),
        ("cdef", Actor::System)
    );
    assert_eq!(kept.set_at, now());
    // Nothing in the table holds it, neither as text nor as bytes.
    let row = house
        .lines("SELECT c::text || encode(c.sealed, 'escape') FROM credentials.credentials c")
        .await
        .pop();
    assert!(!row.unwrap().contains("0123456789"));
    assert!(!format!("{kept:?}").contains("0123456789"));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_one_takes_its_place_and_it_can_be_removed() {
    let house = House::new().await;
    let tenant = house.demo.tenant;
    house.put(tenant, TOKEN).await;
    house.put(tenant, "fedcba9876543210").await;
    let opened = house.open(tenant, &house.keyring).await.unwrap();
    assert_eq!(opened.as_deref(), Some("fedcba9876543210"));
    let mut tx = house.tx(tenant).await;
    assert_eq!(queries::kept_credentials(&mut tx).await.unwrap().len(), 1);
    commands::remove_credential(&mut tx, Provider::Twilio)
        .await
        .unwrap();
    let gone = commands::remove_credential(&mut tx, Provider::Twilio).await;
    assert!(matches!(gone, Err(CredentialsError::NotSet)));
    tx.commit().await.unwrap();
    assert_eq!(house.open(tenant, &house.keyring).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_another_business_is_neither_seen_nor_of_any_use() {
    let house = House::new().await;
    let (ours, theirs) = (house.demo.tenant, house.other.tenant);
    house.put(ours, TOKEN).await;
    assert_eq!(house.open(theirs, &house.keyring).await.unwrap(), None);
    let mut tx = house.tx(theirs).await;
    assert_eq!(queries::kept_credentials(&mut tx).await.unwrap(), []);
    drop(tx);
    // Somebody with the database moves it over.
    let moved = format!("UPDATE credentials.credentials SET tenant_id = '{theirs}'");
    house.execute(&moved).await;
    let refused = house.open(theirs, &house.keyring).await.unwrap_err();
    assert!(
        matches!(refused, CredentialsError::Seal(SealError::Refused)),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_under_a_lost_key_says_which_and_one_that_was_changed_is_refused() {
    let house = House::new().await;
    let tenant = house.demo.tenant;
    house.put(tenant, TOKEN).await;
    let lost = house.keyring.sealing_key();
    let others = Keyring::new(MasterKey::generate());
    let refused = house.open(tenant, &others).await.unwrap_err();
    assert!(refused.to_string().contains(&lost.to_string()), "{refused}");
    assert!(!format!("{refused:?}").contains("0123456789"));
    house
        .execute("UPDATE credentials.credentials SET sealed = set_byte(sealed, 120, get_byte(sealed, 120) # 1)")
        .await;
    let refused = house.open(tenant, &house.keyring).await.unwrap_err();
    assert!(
        matches!(refused, CredentialsError::Seal(SealError::Refused)),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_business_that_does_not_exist_keeps_nothing() {
    let house = House::new().await;
    let mut tx = house.tx(TenantId::new()).await;
    let own = twilio(TOKEN);
    let kept = commands::put_credential(&mut tx, &house.keyring, &own, Actor::System, now()).await;
    assert!(matches!(kept, Err(CredentialsError::Db(_))));
}

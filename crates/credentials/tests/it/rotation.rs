use std::time::Duration;

use motel_credentials::{CredentialsError, Provider, commands, queries};
use motel_kernel::TenantId;
use motel_seal::{KeyId, Keyring, MasterKey, SealError};

use crate::house::{House, TOKEN, ring};

/// How long somebody may take to come to a row that is held.
const PATIENCE: Duration = Duration::from_secs(30);

impl House {
    async fn in_use(&self) -> Vec<(KeyId, i64)> {
        let mut platform = self.test.db().platform("look").await.unwrap();
        queries::master_keys_in_use(&mut platform).await.unwrap()
    }

    async fn left(&self, keyring: &Keyring) -> Vec<(TenantId, Provider)> {
        let mut platform = self.test.db().platform("look").await.unwrap();
        let sealing = keyring.sealing_key();
        queries::under_other_keys(&mut platform, sealing, None, 10)
            .await
            .unwrap()
    }

    async fn rewrap(&self, tenant: TenantId, keyring: &Keyring) -> Result<bool, CredentialsError> {
        let mut tx = self.tx(tenant).await;
        let done = commands::rewrap_credential(&mut tx, keyring, Provider::Twilio).await?;
        tx.commit().await.unwrap();
        Ok(done)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_master_key_takes_over_row_by_row() {
    let (old, new) = (MasterKey::generate(), MasterKey::generate());
    let mut house = House::new().await;
    house.keyring = ring(&[&old]);
    let (ours, theirs) = (house.demo.tenant, house.other.tenant);
    house.put(ours, TOKEN).await;
    house.put(theirs, "fedcba9876543210").await;
    let both = ring(&[&old, &new]);
    assert_eq!(house.in_use().await, [(old.id(), 2)]);
    assert_eq!(house.left(&both).await.len(), 2);

    // Interrupted after the first, it goes on with the second.
    assert!(house.rewrap(ours, &both).await.unwrap());
    assert!(!house.rewrap(ours, &both).await.unwrap());
    assert_eq!(house.left(&both).await, [(theirs, Provider::Twilio)]);
    assert_eq!(house.in_use().await.len(), 2);
    assert!(house.rewrap(theirs, &both).await.unwrap());
    assert_eq!(house.in_use().await, [(new.id(), 2)]);
    assert_eq!(house.left(&both).await, []);

    // The old key is not needed any more.
    let after = ring(&[&new]);
    let opened = house.open(ours, &after).await.unwrap();
    assert_eq!(opened.as_deref(), Some(TOKEN));
    let refused = house.open(ours, &ring(&[&old])).await.unwrap_err();
    assert!(matches!(
        refused,
        CredentialsError::Seal(SealError::UnknownKey(_))
    ));
    let set = "SELECT set_by || set_at FROM credentials.credentials WHERE set_by <> 'system'";
    assert_eq!(house.lines(set).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_what_is_left_follow_each_other() {
    let mut house = House::new().await;
    house.keyring = Keyring::new(MasterKey::generate());
    house.put(house.demo.tenant, TOKEN).await;
    house.put(house.other.tenant, TOKEN).await;
    let new = Keyring::new(MasterKey::generate());
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let mut platform = house.test.db().platform("look").await.unwrap();
        let page = queries::under_other_keys(&mut platform, new.sealing_key(), after, 1);
        let page = page.await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(*last);
        seen.extend(page);
    }
    let mut expected = [house.demo.tenant, house.other.tenant].map(|it| (it, Provider::Twilio));
    expected.sort_by_key(|(tenant, _)| *tenant);
    assert_eq!(seen, expected);
}

/// Whoever sets a new one while the row is taken over is not overwritten with the old one.
#[tokio::test(flavor = "multi_thread")]
async fn who_sets_a_credential_meanwhile_is_not_overwritten() {
    let (old, new) = (MasterKey::generate(), MasterKey::generate());
    let mut house = House::new().await;
    house.keyring = ring(&[&old]);
    let tenant = house.demo.tenant;
    house.put(tenant, TOKEN).await;
    let both = ring(&[&old, &new]);
    let mut tx = house.tx(tenant).await;
    commands::rewrap_credential(&mut tx, &both, Provider::Twilio)
        .await
        .unwrap();
    // They wait for the row, and go on when it is let go of.
    let (_, committed) = tokio::join!(house.put(tenant, "fedcba9876543210"), async {
        let waits = tokio::time::timeout(PATIENCE, house.until_somebody_waits()).await;
        assert!(waits.is_ok(), "nobody waits for the row");
        tx.commit().await
    });
    committed.unwrap();
    let opened = house.open(tenant, &both).await.unwrap();
    assert_eq!(opened.as_deref(), Some("fedcba9876543210"));
    // Theirs was sealed by a node that did not know the new key yet, so it is left for the next round.
    assert_eq!(house.left(&both).await.len(), 1);
}

impl House {
    async fn until_somebody_waits(&self) {
        let waiting = "SELECT 'waits' FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while self.lines(waiting).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

use diesel_async::SimpleAsyncConnection;
use motel_audit::{Filter, queries};

use crate::house::House;

/// What somebody would do who wants a change not to have been, or another to have been somebody else's.
const ATTACKS: &[&str] = &[
    "UPDATE audit.entries SET actor = 'guest'",
    "UPDATE audit.entries SET becomes = '{}'",
    "UPDATE audit.entries SET seq = NULL, hash = NULL",
    "DELETE FROM audit.entries",
    "TRUNCATE audit.entries",
    "DELETE FROM audit.heads",
    "ALTER TABLE audit.entries DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_row ON tenancy.staff",
    "SET LOCAL session_replication_role = replica",
    "INSERT INTO audit.entries (tenant_id, actor, thing, row_key, action, becomes)
     VALUES (motel_current_tenant(), 'staff:x', 'rates.rates', 'x', 'insert', '{}')",
    "INSERT INTO audit.entries (tenant_id, actor, thing, row_key, action, becomes, seq, hash)
     VALUES (motel_current_tenant(), 'staff:x', 'rates.rates', 'x', 'insert', '{}', 1000, decode(repeat('00', 32), 'hex'))",
];

/// What the part of the program that works across tenants may do less of than it has the privileges for.
const ATTACKS_ACROSS: &[&str] = &[
    "UPDATE audit.heads SET seq = 0",
    "UPDATE audit.heads SET cut_seq = seq, cut_hash = hash",
    "UPDATE audit.heads SET cut_seq = 1, cut_hash = decode(repeat('11', 32), 'hex')",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_application_itself_can_not_rewrite_what_it_did() {
    let house = House::with_changes(3).await;
    let before = house
        .lines("SELECT e::text FROM audit.entries e ORDER BY id")
        .await;
    for attack in ATTACKS {
        let mut tx = house.tx(house.demo.tenant).await;
        let refused = tx.conn().batch_execute(attack).await;
        assert!(refused.is_err(), "{attack}");
    }
    for attack in ATTACKS_ACROSS.iter().chain(ATTACKS) {
        let mut platform = house.test.db().platform("a test of the log").await.unwrap();
        let refused = platform.conn().batch_execute(attack).await;
        assert!(refused.is_err(), "{attack}");
    }
    let after = house
        .lines("SELECT e::text FROM audit.entries e ORDER BY id")
        .await;
    assert_eq!(after, before);
    assert!(house.verify().await.holds());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_business_sees_nothing_of_it() {
    let house = House::with_changes(3).await;
    let ours = house.entries(&Filter::default()).await;
    let mut tx = house.tx(house.other.tenant).await;
    let theirs = queries::entries(&mut tx, &Filter::default(), None, 1_000)
        .await
        .unwrap();
    assert!(!ours.is_empty() && !theirs.is_empty());
    assert!(theirs.iter().all(|it| it.tenant_id == house.other.tenant));
    assert!(ours.iter().all(|it| it.tenant_id == house.demo.tenant));
    // Each has a chain of its own.
    let verdict = queries::verify(&mut tx).await.unwrap();
    assert_eq!(verdict.sound_until, theirs.len() as i64);
    assert!(verdict.holds());
}

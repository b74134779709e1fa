use motel_audit::commands::chain_entries;
use motel_audit::{Filter, Flaw, queries};

use crate::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn entries_get_their_places_afterwards_once() {
    let house = House::new().await;
    house.change(100).await;
    let number = house.entries(&Filter::default()).await.len() as i64;
    let waiting = house.verify().await;
    assert_eq!((waiting.waiting, waiting.sound_until), (number, 0));
    assert!(waiting.holds());

    assert!(house.chain().await > 0);
    let chained = house.verify().await;
    assert_eq!((chained.waiting, chained.sound_until), (0, number));
    assert!(chained.holds());
    assert_eq!(house.chain().await, 0);

    house.change(101).await;
    house.chain().await;
    let longer = house.verify().await;
    assert_eq!(longer.sound_until, number + 1);
    assert!(longer.holds() && longer.hash != chained.hash);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_are_chained_in_one_go_are_all_chained() {
    let house = House::new().await;
    let changes = "INSERT INTO audit.retention SELECT tenant_id, 90, now() FROM tenancy.tenants;
        DO $$ BEGIN FOR n IN 91..1200 LOOP UPDATE audit.retention SET days = n; END LOOP; END $$";
    house.execute(changes).await;
    house.chain().await;
    let verdict = house.verify().await;
    assert!(verdict.holds() && verdict.sound_until > 1_100);
    assert_eq!(verdict.waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_chain_was_touched_keeps_nobody_else_from_theirs() {
    let house = House::with_changes(2).await;
    let sound = house.verify().await;
    house
        .tamper("UPDATE audit.heads SET seq = seq - 1 WHERE :ours")
        .await;
    house.change(200).await;
    let other = house.other.tenant;
    let theirs =
        format!("UPDATE tenancy.tenants SET name = name || '!' WHERE tenant_id = '{other}'");
    house.execute(&theirs).await;
    assert!(chain_entries(house.test.db()).await.is_err());
    let left = "SELECT tenant_id::text FROM audit.entries WHERE seq IS NULL";
    assert_eq!(house.lines(left).await, [house.demo.tenant.to_string()]);
    let verdict = house.verify().await;
    let seq = sound.sound_until;
    assert_eq!(verdict.flaw, Some(Flaw::Changed { seq: seq - 1 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_not_chained_any_more_does_not_hold() {
    let house = House::with_changes(2).await;
    house.change(200).await;
    assert!(house.verify().await.holds(), "it is a moment ago");
    house
        .execute("UPDATE audit.entries SET at = at - interval '11 minutes' WHERE seq IS NULL")
        .await;
    let verdict = house.verify().await;
    assert!(
        matches!(verdict.flaw, Some(Flaw::Stalled { .. })),
        "{verdict:?}"
    );
    house.chain().await;
    assert!(house.verify().await.holds());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_walks_a_chain_at_a_time() {
    let house = House::with_changes(2).await;
    let mut first = house.tx(house.demo.tenant).await;
    queries::verify(&mut first).await.unwrap();
    let mut second = house.tx(house.demo.tenant).await;
    let refused = queries::verify(&mut second).await.unwrap_err();
    assert_eq!(refused.code(), "verification_under_way");
    let mut theirs = house.tx(house.other.tenant).await;
    assert!(queries::verify(&mut theirs).await.unwrap().holds());
    first.commit().await.unwrap();
    assert!(house.verify().await.holds());
}

/// What whoever owns the database does to a chain of twenty, and what is said of it.
const TAMPERED: &[(&str, Flaw)] = &[
    (
        "DELETE FROM audit.entries WHERE :ours AND seq = 7",
        Flaw::Missing { seq: 7 },
    ),
    (
        "DELETE FROM audit.entries WHERE :ours AND seq < 4",
        Flaw::Missing { seq: 1 },
    ),
    (
        "UPDATE audit.entries SET actor = 'guest' WHERE :ours AND seq = 9",
        Flaw::Changed { seq: 9 },
    ),
    (
        "UPDATE audit.entries SET becomes = '{\"days\": 91}' WHERE :ours AND seq = 9",
        Flaw::Changed { seq: 9 },
    ),
    (
        "UPDATE audit.entries SET at = at - interval '1 second' WHERE :ours AND seq = 9",
        Flaw::Changed { seq: 9 },
    ),
    (
        "UPDATE audit.entries SET hash = decode(repeat('22', 32), 'hex') WHERE :ours AND seq = 9",
        Flaw::Changed { seq: 9 },
    ),
    // Out of the chain, to be chained anew in another place.
    (
        "UPDATE audit.entries SET seq = NULL, hash = NULL WHERE :ours AND seq = 9",
        Flaw::Missing { seq: 9 },
    ),
    (
        "DELETE FROM audit.entries WHERE :ours AND seq > 15",
        Flaw::Shortened {
            found: 15,
            expected: 20,
        },
    ),
    (
        "DELETE FROM audit.entries WHERE :ours AND seq > 15; UPDATE audit.heads SET seq = 15 WHERE :ours",
        Flaw::Changed { seq: 15 },
    ),
    (
        "UPDATE audit.heads SET seq = 15, hash = (SELECT hash FROM audit.entries WHERE audit.entries.:ours AND seq = 15) WHERE :ours",
        Flaw::Added { seq: 16 },
    ),
    (
        "UPDATE audit.heads SET cut_seq = 5, cut_hash = (SELECT hash FROM audit.entries WHERE audit.entries.:ours AND seq = 5) WHERE :ours;
         DELETE FROM audit.entries WHERE :ours AND seq <= 5",
        Flaw::CutByNobody { seq: 5 },
    ),
    ("DELETE FROM audit.heads WHERE :ours", Flaw::NoHead),
];

#[tokio::test(flavor = "multi_thread")]
async fn whoever_owns_the_database_and_touches_it_is_found_out_at_the_first_place() {
    for (tampering, flaw) in TAMPERED {
        let house = House::new().await;
        let founded = house.entries(&Filter::default()).await.len() as i64;
        for n in founded..20 {
            house.change(90 + n).await;
        }
        house.chain().await;
        assert_eq!(house.verify().await.sound_until, 20);
        house.tamper(tampering).await;
        let verdict = house.verify().await;
        assert_eq!(verdict.flaw, Some(*flaw), "{tampering}");
        // It stays found when more is chained; without a head a new chain would begin.
        house.change(300).await;
        if *flaw != Flaw::NoHead {
            assert!(!house.verify().await.holds(), "{tampering}");
        }
    }
}

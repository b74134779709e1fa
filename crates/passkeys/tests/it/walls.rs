//! Between businesses, past the code above: what the application's own roles can reach.

use diesel_async::SimpleAsyncConnection;
use motel_passkeys::queries;

use crate::desk::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn one_business_sees_nothing_of_anothers() {
    let desk = Desk::open().await;
    desk.equip(&desk.dana).await;
    let mut tx = desk.db.db().tenant(desk.other.tenant).await.unwrap();
    let seen = queries::passkeys_of(&mut tx, desk.dana.id).await.unwrap();
    assert!(seen.is_empty());
    let steal = "UPDATE passkeys.credentials SET name = 'Mine'; DELETE FROM passkeys.credentials";
    tx.conn().batch_execute(steal).await.unwrap();
    tx.commit().await.unwrap();
    let kept = "SELECT count(*) FROM passkeys.credentials WHERE name = 'My telephone'";
    assert_eq!(desk.number(kept).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_a_passkey_to_somebody_else_or_reads_all_keys() {
    let desk = Desk::open().await;
    desk.equip(&desk.dana).await;
    for forbidden in [
        "UPDATE passkeys.credentials SET staff_id = gen_random_uuid()",
        "UPDATE passkeys.credentials SET credential_id = 'aaaaaaaaaaaaaaaa'",
        "SELECT state FROM passkeys.arrivals",
    ] {
        let mut tx = desk.db.db().tenant(desk.demo.tenant).await.unwrap();
        let refused = tx.conn().batch_execute(forbidden).await.unwrap_err();
        assert!(
            refused.to_string().contains("permission denied"),
            "{refused}"
        );
    }
    let mut platform = desk.db.db().platform("try the wall").await.unwrap();
    let refused = platform
        .conn()
        .batch_execute("SELECT key FROM passkeys.credentials");
    let refused = refused.await.unwrap_err();
    assert!(
        refused.to_string().contains("permission denied"),
        "{refused}"
    );
}

use motel_guests::{commands, queries};
use motel_tenancy::testing::{demo_tenant, other_tenant};

use crate::{database, details};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_of_one_tenant_is_unknown_to_another() {
    let database = database().await;
    let ours = demo_tenant(&database).await;
    let theirs = other_tenant(&database).await;
    let ada = details("Ada Lovelace", "ada@example.com", Some("+14155550123"));

    let mut tx = database.db().tenant(ours.tenant).await.unwrap();
    let our_ada = commands::upsert(&mut tx, &ada).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = database.db().tenant(theirs.tenant).await.unwrap();
    assert_eq!(queries::find(&mut tx, our_ada.id).await.unwrap(), None);
    let by_ids = queries::find_many(&mut tx, &[our_ada.id]).await.unwrap();
    assert_eq!(by_ids, []);
    let by_email = queries::find_by_email(&mut tx, &ada.email).await.unwrap();
    assert_eq!(by_email, None);

    let renamed = details("Someone Else", "ada@example.com", None);
    let their_ada = commands::upsert(&mut tx, &renamed).await.unwrap();
    tx.commit().await.unwrap();
    assert_ne!(their_ada.id, our_ada.id);

    let mut tx = database.db().tenant(ours.tenant).await.unwrap();
    let unchanged = queries::find(&mut tx, our_ada.id).await.unwrap();
    assert_eq!(unchanged, Some(our_ada));
}

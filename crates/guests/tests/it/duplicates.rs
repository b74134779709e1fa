use motel_guests::{Keepers, commands, queries};
use motel_tenancy::testing::{demo_tenant, other_tenant};

use crate::{at, database, guest};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_number_or_the_same_words_make_a_pair() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let elsewhere = other_tenant(&database).await;
    let mut tx = database.db().tenant(elsewhere.tenant).await.unwrap();
    guest(&mut tx, "Zoë Núñez", "zn@example.com", Some("+14155550123")).await;
    tx.commit().await.unwrap();

    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let phone = Some("+14155550123");
    let zoe = guest(&mut tx, "Zoë Núñez", "zn@example.com", phone).await;
    let again = guest(&mut tx, "NUNEZ, Zoe", "zoe@example.com", phone).await;
    let other = guest(&mut tx, "Zoe Nunez", "zoe@work.example.com", None).await;
    let spouse = guest(&mut tx, "Max Núñez", "max@example.com", phone).await;
    guest(&mut tx, "Zoe Nunes", "nunes@example.com", None).await;

    let pairs = queries::duplicates(&mut tx, None, 20).await.unwrap();
    let seen: Vec<_> = pairs
        .iter()
        .map(|pair| {
            (
                pair.first.id,
                pair.second.id,
                pair.same_phone,
                pair.same_name,
            )
        })
        .collect();
    let expected = [
        (zoe.id, again.id, true, true),
        (zoe.id, other.id, false, true),
        (zoe.id, spouse.id, true, false),
        (again.id, other.id, false, true),
        (again.id, spouse.id, true, false),
    ];
    assert_eq!(seen, expected);

    let first = queries::duplicates(&mut tx, None, 2).await.unwrap();
    let after = (first[1].first.id, first[1].second.id);
    let rest = queries::duplicates(&mut tx, Some(after), 20).await.unwrap();
    assert_eq!([first, rest].concat(), pairs);

    let none = Keepers::none();
    commands::merge(&mut tx, &none, zoe.id, again.id, None, at(0))
        .await
        .unwrap();
    commands::erase(&mut tx, &none, spouse.id, None, at(1))
        .await
        .unwrap();
    let left = queries::duplicates(&mut tx, None, 20).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].first.id, left[0].second.id), (zoe.id, other.id));
}

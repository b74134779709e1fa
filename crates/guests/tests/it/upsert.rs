use futures::future::join_all;
use motel_guests::{commands, queries};
use motel_kernel::{Email, GuestId};
use motel_tenancy::testing::demo_tenant;

use crate::{database, details};

#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_is_a_new_guest() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();

    let ada = details("Ada Lovelace", "Ada@Example.com", Some("(415) 555-0123"));
    let stored = commands::upsert(&mut tx, &ada).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let found = queries::find(&mut tx, stored.id).await.unwrap().unwrap();
    assert_eq!(found, stored);
    assert_eq!(found.email.as_str(), "ada@example.com");
    assert_eq!(found.phone.unwrap().as_str(), "+14155550123");
    let nobody = queries::find(&mut tx, GuestId::new()).await.unwrap();
    assert_eq!(nobody, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_address_is_the_same_guest_as_told_last() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();

    let first = details("Ada Byron", "ada@example.com", Some("+14155550123"));
    let first = commands::upsert(&mut tx, &first).await.unwrap();
    let second = details("Ada Lovelace", "ADA@example.com", None);
    let second = commands::upsert(&mut tx, &second).await.unwrap();
    let third = details("Ada Lovelace", "ada@example.com", Some("+442079460000"));
    let third = commands::upsert(&mut tx, &third).await.unwrap();

    assert_eq!((second.id, third.id), (first.id, first.id));
    assert_eq!(second.name.as_str(), "Ada Lovelace");
    assert_eq!(second.phone, first.phone, "a number left out stays");
    assert_eq!(third.phone.unwrap().as_str(), "+442079460000");
    assert_eq!(third.created_at, first.created_at);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_first_bookings_at_once_make_one_guest() {
    let database = database().await;
    let demo = demo_tenant(&database).await;

    let book = async |round: usize| {
        let mut tx = database.db().tenant(demo.tenant).await.unwrap();
        let ada = details(&format!("Ada {round} Lovelace"), "ada@example.com", None);
        let guest = commands::upsert(&mut tx, &ada).await.unwrap();
        tx.commit().await.unwrap();
        guest.id
    };
    let ids = join_all((0..20).map(book)).await;

    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_are_only_names() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();

    let name = "Robert'); DROP TABLE guests.guests;-- <script>alert(1)</script>";
    let bobby = details(name, "bobby@example.com", None);
    commands::upsert(&mut tx, &bobby).await.unwrap();

    let email = Email::parse("bobby@example.com").unwrap();
    let found = queries::find_by_email(&mut tx, &email).await.unwrap();
    assert_eq!(found.unwrap().name.as_str(), name);
}

use motel_guests::queries::{self, GuestFilter};
use motel_guests::{Profile, commands};
use motel_kernel::GuestId;
use motel_tenancy::testing::demo_tenant;

use crate::{at, database, guest};

#[tokio::test(flavor = "multi_thread")]
async fn guests_are_found_by_name_address_and_number() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let zoe = guest(&mut tx, "Zoë Núñez", "zn@example.com", Some("+14155550123")).await;
    let bob = guest(
        &mut tx,
        "Bob 100% Miller",
        "bob@example.org",
        Some("+442079460018"),
    )
    .await;
    let ann = guest(&mut tx, "Ann Bell", "ann_b@example.org", None).await;
    for (text, expected) in [
        ("nunez", vec![zoe.id]),
        ("ZOË N", vec![zoe.id]),
        ("Example.ORG", vec![ann.id, bob.id]),
        ("(415) 555-01", vec![zoe.id]),
        ("+44 20 7946", vec![bob.id]),
        ("100%", vec![bob.id]),
        ("b%b", vec![]),
        ("n_b", vec![ann.id]),
        ("nobody", vec![]),
    ] {
        let filter = GuestFilter {
            text: Some(text.to_owned()),
            ..GuestFilter::default()
        };
        let found = queries::list(&mut tx, &filter, None, 10).await.unwrap();
        let found: Vec<GuestId> = found.into_iter().map(|it| it.id).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_on_where_it_ended() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let mut all = Vec::new();
    for n in 0..5 {
        let email = format!("guest{n}@example.com");
        all.insert(0, guest(&mut tx, "Some Body", &email, None).await.id);
    }
    let filter = GuestFilter::default();
    let first = queries::list(&mut tx, &filter, None, 3).await.unwrap();
    let rest = queries::list(&mut tx, &filter, Some(first[2].id), 3).await;
    let rest = rest.unwrap();
    let seen: Vec<GuestId> = first.iter().chain(&rest).map(|it| it.id).collect();
    assert_eq!(seen, all);

    let dear = Profile {
        vip_level: 3,
        ..first[0].profile()
    };
    commands::change(&mut tx, first[0].id, &dear, None, at(0))
        .await
        .unwrap();
    for (vip_from, expected) in [(0, 5), (3, 1), (4, 0)] {
        let filter = GuestFilter {
            vip_from: Some(vip_from),
            ..GuestFilter::default()
        };
        let found = queries::list(&mut tx, &filter, None, 9).await.unwrap();
        assert_eq!(found.len(), expected, "{vip_from}");
    }
}

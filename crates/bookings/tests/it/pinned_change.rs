//! A pinned stay changes its dates, and others have to move for it.

use motel_bookings::By;
use motel_bookings::commands::{self, Modification};

use crate::desk::{Desk, noon, stay};

/// Two units. The pinned stay leaves nights 1 and 2 of its unit for nights 4 and 5; who sleeps there on night 4 goes
/// into the other unit, and who sleeps in that one on nights 2 and 3 has only the nights to go to that the pinned stay
/// leaves. It can enter them only once they have been left.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_makes_room_for_a_pinned_stay_may_enter_the_nights_it_leaves() {
    let desk = Desk::open().await;
    let pinned = desk.stay("pet_friendly", stay(1, 2)).await;
    let after = desk.stay("pet_friendly", stay(3, 2)).await;
    let between = desk.stay("pet_friendly", stay(2, 2)).await;
    assert_eq!(pinned.unit, after.unit, "the test needs them in one unit");
    assert_ne!(pinned.unit, between.unit, "and this one in the other");
    let (property, by) = (&desk.demo.property, By::guest());
    let mut tx = desk.tx().await;
    commands::pin(&mut tx, property, pinned.id, None, None, &by, noon())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let wish = Modification {
        dates: Some(stay(4, 2)),
        ..Modification::default()
    };
    let mut tx = desk.tx().await;
    let modified = commands::modify(&mut tx, property, pinned.id, None, &wish, &by, noon()).await;
    let modified = modified.unwrap().reservation;
    tx.commit().await.unwrap();

    assert_eq!(
        (modified.unit, modified.dates, modified.pinned),
        (pinned.unit, stay(4, 2), true)
    );
    assert_eq!(desk.read(after.id).await.unit, between.unit);
    assert_eq!(desk.read(between.id).await.unit, pinned.unit);
}

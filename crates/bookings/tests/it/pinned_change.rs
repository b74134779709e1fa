//! A pinned stay changes: others have to move for it, or its pin has nothing left to hold.

use motel_bookings::commands::{self, Modification};
use motel_bookings::{BookingError, By, Effect, Reservation};

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

async fn pinned(desk: &Desk, unit_group: &str) -> Reservation {
    let booked = desk.stay(unit_group, stay(1, 2)).await;
    let (property, by) = (&desk.demo.property, By::guest());
    let mut tx = desk.tx().await;
    let pin = commands::pin(&mut tx, property, booked.id, None, None, &by, noon()).await;
    tx.commit().await.unwrap();
    pin.unwrap().reservation
}

async fn modify(desk: &Desk, of: &Reservation, wish: Modification) -> Result<Effect, BookingError> {
    let (property, by) = (&desk.demo.property, By::guest());
    let mut tx = desk.tx().await;
    let effect = commands::modify(&mut tx, property, of.id, None, &wish, &by, noon()).await?;
    tx.commit().await.unwrap();
    Ok(effect)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gets_another_room_type_gets_one_of_its_units_and_loses_the_pin() {
    let desk = Desk::open().await;
    let pinned = pinned(&desk, "pet_friendly").await;
    let wish = Modification {
        unit_group: Some("king_suite".to_owned()),
        ..Modification::default()
    };
    let changed = modify(&desk, &pinned, wish).await.unwrap().reservation;

    let tx = desk.tx().await;
    let suites = motel_inventory::queries::units_of(&tx, desk.rooms.king_suite.id).await;
    let suites = suites.unwrap();
    assert!(suites.iter().any(|unit| Some(unit.id) == changed.unit));
    assert!(!changed.pinned);
    assert_eq!(desk.read(pinned.id).await, changed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_of_another_room_type_cannot_be_asked_for() {
    let desk = Desk::open().await;
    let pinned = pinned(&desk, "pet_friendly").await;
    let suite = desk.stay("king_suite", stay(10, 1)).await.unit;
    let wish = Modification {
        unit: suite,
        ..Modification::default()
    };
    let refused = modify(&desk, &pinned, wish).await;
    assert!(
        matches!(refused, Err(BookingError::UnitTaken)),
        "{refused:?}"
    );
    assert_eq!(desk.read(pinned.id).await, pinned);
}

//! A stay in another room type, before and while the guest is here.

use chrono::{DateTime, Days, Utc};
use motel_bookings::commands::{self, GroupChange, NewGroup};
use motel_bookings::{BookingError, By, Reservation, ReservationStatus, queries};
use motel_inventory::UnitCondition;
use motel_kernel::{ReservationId, UnitId};

use crate::desk::{Desk, Do, noon, noon_in, stay, today};

fn king() -> NewGroup {
    NewGroup {
        unit_group: "king_suite".to_owned(),
        unit: None,
        reprice: false,
        force: false,
    }
}

async fn change(
    desk: &Desk,
    id: ReservationId,
    wish: &NewGroup,
    now: DateTime<Utc>,
) -> Result<GroupChange, BookingError> {
    let mut tx = desk.tx().await;
    let (property, by) = (
        &desk.demo.property,
        By::guest().because("the shower is cold"),
    );
    let changed = commands::change_group(&mut tx, property, id, None, wish, &by, now).await?;
    tx.commit().await?;
    Ok(changed)
}

fn nights(stay: &Reservation) -> Vec<i64> {
    let nights = stay.price.nights.iter();
    nights.map(|night| night.price.minor()).collect()
}

async fn king_units(desk: &Desk) -> Vec<UnitId> {
    let tx = desk.tx().await;
    let units = motel_inventory::queries::units_of(&tx, desk.rooms.king_suite.id)
        .await
        .unwrap();
    units.into_iter().map(|unit| unit.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_to_come_changes_as_a_whole_and_keeps_its_price_unless_told_otherwise() {
    let desk = Desk::open().await;
    // Thursday and Friday: 120 and 144.
    let booked = desk.stay("standard_queen", stay(2, 2)).await;
    let upgraded = change(&desk, booked.id, &king(), noon()).await.unwrap();
    assert_eq!(upgraded.left, None);
    let after = &upgraded.stay.reservation;
    assert_eq!(
        (after.id, after.unit_group),
        (booked.id, desk.rooms.king_suite.id)
    );
    assert_eq!((&after.price, &after.terms), (&booked.price, &booked.terms));
    assert!(king_units(&desk).await.contains(&after.unit.unwrap()));
    let deltas: Vec<i32> = upgraded.stay.inventory.iter().map(|it| it.delta).collect();
    assert_eq!(deltas, [-1, -1, 1, 1]);
    let rooms = &desk.rooms;
    assert_eq!(desk.free(&rooms.standard_queen, stay(2, 2)).await, [5, 5]);
    assert_eq!(desk.free(&rooms.king_suite, stay(2, 2)).await, [2, 2]);

    let again = change(&desk, booked.id, &king(), noon()).await;
    assert_eq!(again.unwrap_err().code(), "same_unit_group");
    let queen = NewGroup {
        unit_group: "standard_queen".to_owned(),
        ..king()
    };
    change(&desk, booked.id, &queen, noon()).await.unwrap();
    let paid = NewGroup {
        reprice: true,
        ..king()
    };
    let paid = change(&desk, booked.id, &paid, noon()).await.unwrap().stay;
    assert_eq!(nights(&paid.reservation), [18_000, 21_600]);
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_in_the_house_leaves_the_nights_slept_behind_and_goes_on_elsewhere() {
    let desk = Desk::open().await;
    let booked = desk.stay("standard_queen", stay(0, 4)).await;
    desk.act(Do::CheckIn, booked.id, noon()).await.unwrap();
    let wish = NewGroup {
        unit: king_units(&desk).await.last().copied(),
        ..king()
    };
    let moved = change(&desk, booked.id, &wish, noon_in(1)).await.unwrap();

    let left = moved.left.unwrap().reservation;
    assert_eq!(left.id, booked.id);
    assert_eq!(left.status, ReservationStatus::CheckedOut);
    assert_eq!(left.dates, stay(0, 1));
    assert_eq!(
        (left.unit, left.unit_group),
        (booked.unit, booked.unit_group)
    );
    let on = &moved.stay.reservation;
    assert_eq!(on.status, ReservationStatus::InHouse);
    assert_eq!((on.dates, on.unit), (stay(1, 3), wish.unit));
    assert_eq!((on.booking, on.ordinal), (booked.booking, 2));
    let together = [nights(&left), nights(on)].concat();
    assert_eq!(together, nights(&booked), "the price that was agreed");
    assert_eq!(
        left.total().minor() + on.total().minor(),
        booked.total().minor()
    );
    let rooms = &desk.rooms;
    assert_eq!(
        desk.free(&rooms.standard_queen, stay(0, 4)).await,
        [4, 5, 5, 5]
    );
    assert_eq!(desk.free(&rooms.king_suite, stay(0, 4)).await, [3, 2, 2, 2]);
    assert_eq!(desk.unsound().await, [""; 0]);

    // They leave as anybody does.
    let mut tx = desk.tx().await;
    let booking = queries::find(&mut tx, booked.booking).await.unwrap();
    assert_eq!(booking.status(), ReservationStatus::InHouse);
    drop(tx);
    desk.act(Do::CheckOut, on.id, noon_in(4)).await.unwrap();
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_day_of_arrival_the_whole_stay_moves_into_a_room_that_is_made_up() {
    let desk = Desk::open().await;
    let booked = desk.stay("standard_queen", stay(0, 2)).await;
    desk.act(Do::CheckIn, booked.id, noon()).await.unwrap();
    let unit = king_units(&desk).await[0];
    let mut tx = desk.tx().await;
    motel_inventory::commands::set_condition(&mut tx, unit, UnitCondition::Dirty, None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let wish = NewGroup {
        unit: Some(unit),
        ..king()
    };
    let refused = change(&desk, booked.id, &wish, noon()).await;
    assert_eq!(refused.unwrap_err().code(), "unit_not_ready");
    let forced = NewGroup {
        force: true,
        ..wish
    };
    let moved = change(&desk, booked.id, &forced, noon()).await.unwrap();
    assert_eq!(moved.left, None);
    let after = moved.stay.reservation;
    assert_eq!(after.status, ReservationStatus::InHouse);
    assert_eq!((after.id, after.unit), (booked.id, Some(unit)));
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_out_or_does_not_fit_is_refused_and_nothing_changes() {
    let desk = Desk::open().await;
    let booked = desk.stay("standard_queen", stay(0, 3)).await;
    desk.act(Do::CheckIn, booked.id, noon()).await.unwrap();
    for _ in 0..3 {
        desk.stay("king_suite", stay(2, 1)).await;
    }
    let refused = change(&desk, booked.id, &king(), noon_in(1)).await;
    let night = today() + Days::new(2);
    assert!(
        matches!(refused, Err(BookingError::SoldOut { night: full }) if full == night),
        "{refused:?}"
    );
    assert_eq!(desk.now_of(booked.id).await.version, 2);
    assert_eq!(desk.unsound().await, [""; 0]);

    desk.act(Do::CheckOut, booked.id, noon_in(3)).await.unwrap();
    let over = change(&desk, booked.id, &king(), noon_in(3)).await;
    assert!(matches!(over, Err(BookingError::NotAllowed(_))));
}

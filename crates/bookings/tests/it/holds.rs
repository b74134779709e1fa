//! Holds: they take nights, end by themselves, and become bookings.

use chrono::Duration;
use futures::future::join_all;
use motel_bookings::commands::{HOLD_STANDS, HoldEnd};
use motel_bookings::{ReservationEventKind, ReservationStatus, queries};

use crate::desk::{Desk, Do, noon, request, stay, wanted};

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_takes_its_nights_until_it_ends_by_itself() {
    let desk = Desk::open().await;
    let dates = stay(5, 2);
    let held = desk.hold(vec![wanted("king_suite", dates)], noon()).await;
    let hold = held.unwrap().first().clone();
    assert_eq!(hold.status, ReservationStatus::Held);
    assert_eq!(hold.hold_expires_at, Some(noon() + HOLD_STANDS));
    assert!(hold.unit.is_some());
    assert_eq!(desk.free(&desk.rooms.king_suite, dates).await, [2, 2]);

    assert_eq!(
        desk.sweep(noon() + HOLD_STANDS - Duration::seconds(1))
            .await,
        0
    );
    assert_eq!(desk.sweep(noon() + HOLD_STANDS).await, 1);
    assert_eq!(desk.sweep(noon() + HOLD_STANDS).await, 0);
    let over = desk.now_of(hold.id).await;
    assert_eq!(over.status, ReservationStatus::Expired);
    assert_eq!(desk.free(&desk.rooms.king_suite, dates).await, [3, 3]);
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_is_over_stands_in_nobodys_way_even_before_it_is_swept() {
    let desk = Desk::open().await;
    let dates = stay(5, 2);
    for _ in 0..2 {
        desk.hold(vec![wanted("pet_friendly", dates)], noon())
            .await
            .unwrap();
    }
    let other = || vec![wanted("pet_friendly", stay(6, 3))];
    let early = desk.hold(other(), noon()).await;
    assert_eq!(early.unwrap_err().code(), "sold_out");

    let booked = desk.reserve(other(), None, noon() + HOLD_STANDS).await;
    assert_eq!(booked.unwrap().status(), ReservationStatus::Confirmed);
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_confirmed_while_it_stands_and_not_afterwards() {
    let desk = Desk::open().await;
    let hold = || desk.hold(vec![wanted("king_suite", stay(5, 1))], noon());
    let first = hold().await.unwrap().first().clone();
    let second = hold().await.unwrap().first().clone();

    let last_moment = noon() + HOLD_STANDS - Duration::seconds(1);
    let confirmed = desk.act(Do::Confirm, first.id, last_moment).await.unwrap();
    assert_eq!(confirmed.reservation.status, ReservationStatus::Confirmed);
    assert_eq!(confirmed.reservation.hold_expires_at, None);
    assert!(confirmed.inventory.is_empty() && confirmed.difference.is_zero());
    let late = desk.act(Do::Confirm, second.id, noon() + HOLD_STANDS).await;
    assert_eq!(late.unwrap_err().code(), "hold_expired");

    assert_eq!(desk.sweep(noon() + HOLD_STANDS).await, 1);
    let kinds: Vec<_> = queries::events(&mut desk.tx().await, second.id)
        .await
        .unwrap()
        .into_iter()
        .map(|event| event.kind)
        .collect();
    assert_eq!(
        kinds,
        [ReservationEventKind::Held, ReservationEventKind::Expired]
    );
    let again = desk
        .act(Do::Reinstate, second.id, noon() + HOLD_STANDS)
        .await;
    assert_eq!(
        again.unwrap().reservation.status,
        ReservationStatus::Confirmed
    );
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_courtesy_hold_ends_with_the_day_of_arrival_at_the_latest() {
    let desk = Desk::open().await;
    let stays = || vec![wanted("king_suite", stay(1, 1))];
    let far = HoldEnd::At(noon() + Duration::days(30));
    let held = desk.reserve(stays(), Some(far), noon()).await.unwrap();
    // Midnight in New York after December 2.
    assert_eq!(
        held.first().hold_expires_at,
        Some("2026-12-03T05:00:00Z".parse().unwrap())
    );
    let past = desk
        .reserve(stays(), Some(HoldEnd::At(noon())), noon())
        .await;
    assert_eq!(past.unwrap_err().code(), "hold_in_past");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_holds_for_the_last_room_one_wins() {
    let desk = Desk::open().await;
    desk.stay("pet_friendly", stay(9, 1)).await;
    let all = (0..20).map(|_| desk.hold(vec![wanted("pet_friendly", stay(8, 3))], noon()));
    let answers = join_all(all).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for refused in answers.into_iter().filter_map(Result::err) {
        assert_eq!(refused.code(), "sold_out");
    }
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn confirming_and_ending_at_once_leave_one_of_both() {
    let desk = Desk::open().await;
    for night in 10..18 {
        let held = desk.hold(vec![wanted("king_suite", stay(night, 2))], noon());
        let hold = held.await.unwrap().first().clone();
        let end = noon() + HOLD_STANDS;
        let (confirmed, ended) = tokio::join!(
            desk.act(Do::Confirm, hold.id, end - Duration::seconds(1)),
            desk.sweep(end)
        );
        let status = desk.now_of(hold.id).await.status;
        match confirmed {
            Ok(_) => assert_eq!((status, ended), (ReservationStatus::Confirmed, 0)),
            Err(_) => assert_eq!((status, ended), (ReservationStatus::Expired, 1)),
        }
    }
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_held_and_confirmed_as_a_whole() {
    let desk = Desk::open().await;
    let rooms = vec![
        wanted("standard_queen", stay(5, 2)),
        wanted("king_suite", stay(4, 2)),
        wanted("standard_queen", stay(5, 3)),
    ];
    let held = desk.hold(rooms, noon()).await.unwrap();
    let ordinals: Vec<u16> = held.reservations.iter().map(|it| it.ordinal).collect();
    assert_eq!(ordinals, [1, 2, 3]);
    assert_ne!(held.reservations[0].unit, held.reservations[2].unit);

    let mut tx = desk.tx().await;
    let by = motel_bookings::By::guest();
    let property = &desk.demo.property;
    let booking =
        motel_bookings::commands::confirm_booking(&mut tx, property, held.id, &by, noon())
            .await
            .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(booking.status(), ReservationStatus::Confirmed);

    let second = booking.reservations[1].clone();
    let partly = desk.act(Do::Cancel, second.id, noon()).await.unwrap();
    assert_eq!(partly.difference.minor(), -second.total().minor());
    let left = queries::find(&mut desk.tx().await, held.id).await.unwrap();
    assert_eq!(left.status(), ReservationStatus::Confirmed);
    assert_eq!(
        left.total().minor(),
        booking.total().minor() - second.total().minor()
    );
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_does_not_fit_leaves_nothing() {
    let desk = Desk::open().await;
    let three = vec![wanted("pet_friendly", stay(3, 2)); 3];
    let refused = desk.hold(three, noon()).await;
    assert_eq!(refused.unwrap_err().code(), "sold_out");
    assert_eq!(
        desk.free(&desk.rooms.pet_friendly, stay(3, 2)).await,
        [2, 2]
    );
    desk.book(&request("pet_friendly", stay(3, 2), "b@example.com"), None)
        .await
        .unwrap();
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_ends_holds_by_the_clock_of_the_property_also_after_a_restart() {
    let desk = Desk::open().await;
    let held = desk.hold(vec![wanted("king_suite", stay(5, 1))], noon());
    let hold = held.await.unwrap().first().clone();
    let clock = std::sync::Arc::new(motel_kernel::FixedClock::at(noon()));
    // A worker of its own each time: nothing is remembered between them.
    let round = || async {
        let worker = motel_jobs::Worker::new(desk.database.db().clone());
        let worker = motel_bookings::jobs::register_chores(worker, clock.clone());
        worker.run_chores().await.unwrap();
        desk.now_of(hold.id).await.status
    };
    assert_eq!(round().await, ReservationStatus::Held);
    clock.advance(HOLD_STANDS);
    assert_eq!(round().await, ReservationStatus::Expired);
    assert_eq!(round().await, ReservationStatus::Expired);
}

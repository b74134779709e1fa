//! Coming, leaving, not coming, and taking it back.

use chrono::Duration;
use diesel_async::SimpleAsyncConnection;
use motel_bookings::{ReservationEventKind, ReservationStatus, queries};
use motel_kernel::{Currency, Money};

use crate::desk::{Desk, Do, noon, noon_in, stay};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_comes_stays_and_leaves_and_the_history_tells_it() {
    let desk = Desk::open().await;
    let booked = desk.stay("king_suite", stay(1, 2)).await;

    let early = desk.act(Do::CheckIn, booked.id, noon()).await;
    assert_eq!(early.unwrap_err().code(), "before_arrival");
    let came = desk.act(Do::CheckIn, booked.id, noon_in(1)).await.unwrap();
    assert_eq!(came.reservation.status, ReservationStatus::InHouse);
    assert_eq!(came.reservation.checked_in_at, Some(noon_in(1)));
    let again = desk.act(Do::CheckIn, booked.id, noon_in(1)).await;
    assert_eq!(again.unwrap_err().code(), "wrong_status");
    let cancelled = desk.act(Do::Cancel, booked.id, noon_in(1)).await;
    assert_eq!(cancelled.unwrap_err().code(), "wrong_status");

    let left = desk.act(Do::CheckOut, booked.id, noon_in(3)).await.unwrap();
    assert_eq!(left.reservation.status, ReservationStatus::CheckedOut);
    assert!(
        left.inventory.is_empty(),
        "nights that were slept stay sold"
    );
    assert_eq!(desk.free(&desk.rooms.king_suite, stay(1, 2)).await, [2, 2]);

    let events = queries::events(&mut desk.tx().await, booked.id)
        .await
        .unwrap();
    let told: Vec<_> = events.iter().map(|event| (event.seq, event.kind)).collect();
    assert_eq!(
        told,
        [
            (1, ReservationEventKind::Booked),
            (2, ReservationEventKind::CheckedIn),
            (3, ReservationEventKind::CheckedOut)
        ]
    );
    assert_eq!(events[1].reason.as_deref(), Some("they said so"));
    let before = events[2].change.before.as_ref().unwrap();
    assert_eq!(before.status, ReservationStatus::InHouse);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_must_be_empty_and_made_up_unless_somebody_answers_for_it() {
    let desk = Desk::open().await;
    let first = desk.stay("king_suite", stay(0, 1)).await;
    let next = desk.stay("king_suite", stay(1, 1)).await;
    assert_eq!(first.unit, next.unit);
    desk.act(Do::CheckIn, first.id, noon()).await.unwrap();

    let occupied = desk.act(Do::CheckIn, next.id, noon_in(1)).await;
    assert_eq!(occupied.unwrap_err().code(), "unit_occupied");
    let forced = desk.act(Do::ForceIn, next.id, noon_in(1)).await;
    assert_eq!(forced.unwrap_err().code(), "unit_occupied");
    desk.act(Do::CheckOut, first.id, noon_in(1)).await.unwrap();

    desk.database
        .admin()
        .await
        .batch_execute("UPDATE inventory.units SET condition = 'dirty'")
        .await
        .unwrap();
    let dirty = desk.act(Do::CheckIn, next.id, noon_in(1)).await;
    assert_eq!(dirty.unwrap_err().code(), "unit_not_ready");
    desk.act(Do::ForceIn, next.id, noon_in(1)).await.unwrap();
    // The first guest is out for good: somebody else is in the unit.
    let back = desk.act(Do::Undo, first.id, noon_in(1)).await;
    assert_eq!(back.unwrap_err().code(), "unit_occupied");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_come_pays_the_fee_and_the_nights_are_free() {
    let desk = Desk::open().await;
    // Thursday to Sunday: 120 + 144 + 144, and 12 %.
    let booked = desk.stay("standard_queen", stay(2, 3)).await;
    let early = desk.act(Do::NoShow, booked.id, noon_in(1)).await;
    assert_eq!(early.unwrap_err().code(), "before_arrival");

    let missed = desk.act(Do::NoShow, booked.id, noon_in(3)).await.unwrap();
    assert_eq!(missed.fee, Money::new(13_440, Currency::USD));
    assert_eq!(missed.price_after, Money::zero(Currency::USD));
    assert_eq!(missed.inventory.len(), 3);
    assert!(missed.postings_to_come.is_empty());
    assert_eq!(
        desk.free(&desk.rooms.standard_queen, stay(2, 3)).await,
        [5; 3]
    );

    let late = desk
        .act(Do::Reinstate, booked.id, noon_in(3))
        .await
        .unwrap();
    assert_eq!(late.reservation.status, ReservationStatus::Confirmed);
    assert_eq!(late.reservation.cancellation, None);
    assert_eq!(late.reservation.unit, booked.unit);
    desk.act(Do::CheckIn, booked.id, noon_in(3)).await.unwrap();
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_today_is_undone_today_while_there_is_room() {
    let desk = Desk::open().await;
    let dates = stay(0, 2);
    let booked = desk.stay("pet_friendly", dates).await;
    desk.act(Do::CheckIn, booked.id, noon()).await.unwrap();
    let undone = desk.act(Do::Undo, booked.id, noon()).await.unwrap();
    assert_eq!(undone.reservation.status, ReservationStatus::Confirmed);
    assert_eq!(undone.reservation.checked_in_at, None);
    let twice = desk.act(Do::Undo, booked.id, noon()).await;
    assert_eq!(twice.unwrap_err().code(), "nothing_to_undo");

    desk.act(Do::Cancel, booked.id, noon()).await.unwrap();
    let back = desk.act(Do::Undo, booked.id, noon()).await.unwrap();
    assert_eq!(back.reservation.unit, booked.unit);
    assert_eq!(back.difference, booked.total());
    assert_eq!(desk.free(&desk.rooms.pet_friendly, dates).await, [1, 1]);

    desk.act(Do::Cancel, booked.id, noon()).await.unwrap();
    for _ in 0..2 {
        desk.stay("pet_friendly", dates).await;
    }
    let full = desk.act(Do::Undo, booked.id, noon()).await;
    assert_eq!(full.unwrap_err().code(), "sold_out");
    let tomorrow = desk.act(Do::Undo, booked.id, noon_in(1)).await;
    assert_eq!(tomorrow.unwrap_err().code(), "day_closed");
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_what_somebody_else_has_changed_is_refused() {
    let desk = Desk::open().await;
    let booked = desk.stay("king_suite", stay(0, 1)).await;
    let seen = Some(booked.version);
    desk.act_on(Do::CheckIn, booked.id, seen, noon())
        .await
        .unwrap();
    let stale = desk.act_on(Do::Undo, booked.id, seen, noon()).await;
    assert_eq!(stale.unwrap_err().code(), "version_mismatch");
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_and_checking_in_at_once_leave_one_of_both() {
    let desk = Desk::open().await;
    for _ in 0..8 {
        let booked = desk.stay("standard_queen", stay(0, 1)).await;
        let (came, cancelled) = tokio::join!(
            desk.act(Do::CheckIn, booked.id, noon()),
            desk.act(Do::Cancel, booked.id, noon())
        );
        assert!(came.is_ok() != cancelled.is_ok(), "{came:?} {cancelled:?}");
        let now = desk.now_of(booked.id).await;
        assert_eq!(now.version, 2);
        if came.is_ok() {
            desk.act(Do::Undo, booked.id, noon()).await.unwrap();
            desk.act(Do::Cancel, booked.id, noon()).await.unwrap();
        }
    }
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fee_begins_at_the_agreed_wall_clock_also_when_the_clocks_change() {
    let mut desk = Desk::open().await;
    // Berlin: on 28 March 2027 the clocks go forward at 2:00. Check-in is at 15:00, free until 24 hours before.
    desk.demo.property.timezone = chrono_tz::Europe::Berlin;
    let mut tx = desk.tx().await;
    let spring = chrono::NaiveDate::from_ymd_opt(2027, 3, 27).unwrap();
    let until = spring + chrono::Days::new(5);
    motel_inventory::commands::open_nights(&mut tx, desk.demo.property.id, spring, until)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let sunday = motel_kernel::StayDates::from_nights(spring + chrono::Days::new(1), 2).unwrap();
    let booked = desk.stay("standard_queen", sunday).await;
    assert_eq!(booked.dates.night_count(), 2);

    // Sunday 15:00 in summer time is 13:00 UTC, and 24 hours before that it is 14:00 on the wall in winter time.
    let step = booked.terms.free_cancellation_until().unwrap();
    assert_eq!(
        step,
        "2027-03-27T13:00:00Z"
            .parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap()
    );
    assert!(
        booked
            .cancellation_fee(step - Duration::seconds(1))
            .is_zero()
    );
    let late = desk.act(Do::Cancel, booked.id, step).await.unwrap();
    assert_eq!(late.fee, Money::new(13_440, Currency::USD));
}

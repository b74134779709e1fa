//! Taking a booking back.

use chrono::{DateTime, Duration, Utc};
use motel_bookings::commands::cancel;
use motel_bookings::{Booking, BookingError, By, ReservationStatus, queries};
use motel_kernel::{Currency, Money};

use crate::desk::{Desk, noon, request, stay};

async fn cancel_at(
    desk: &Desk,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Booking, BookingError> {
    let mut tx = desk.tx().await;
    let cancelled = cancel(&mut tx, &desk.demo.property, booking.id, &By::guest(), now).await?;
    tx.commit().await?;
    Ok(cancelled)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nights_come_back_and_a_second_time_changes_nothing() {
    let desk = Desk::open().await;
    let dates = stay(3, 4);
    let booking = desk
        .book(&request("king_suite", dates, "ana@example.com"), None)
        .await
        .unwrap()
        .booking;
    assert_eq!(desk.free(&desk.rooms.king_suite, dates).await, [2; 4]);

    let cancelled = cancel_at(&desk, &booking, noon()).await.unwrap();
    assert_eq!(cancelled.status(), ReservationStatus::Cancelled);
    assert_eq!(cancelled.version, booking.version + 1);
    assert!(cancelled.cancellation().unwrap().fee.is_zero());
    assert_eq!(desk.free(&desk.rooms.king_suite, dates).await, [3; 4]);

    let again = cancel_at(&desk, &booking, noon()).await;
    assert!(matches!(again, Err(error) if error.code() == "already_cancelled"));
    assert_eq!(desk.free(&desk.rooms.king_suite, dates).await, [3; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_free_to_the_second_and_then_costs_the_first_night_with_its_tax() {
    let desk = Desk::open().await;
    let first = desk
        .book(
            &request("standard_queen", stay(3, 2), "a@example.com"),
            None,
        )
        .await
        .unwrap()
        .booking;
    let second = desk
        .book(
            &request("standard_queen", stay(3, 2), "b@example.com"),
            None,
        )
        .await
        .unwrap()
        .booking;

    let in_time = cancel_at(
        &desk,
        &first,
        first.free_until().unwrap() - Duration::seconds(1),
    )
    .await
    .unwrap();
    assert!(in_time.cancellation().unwrap().fee.is_zero());
    // Friday night: 144, and 12 % on it.
    let late = cancel_at(&desk, &second, second.free_until().unwrap())
        .await
        .unwrap();
    assert_eq!(
        late.cancellation().unwrap().fee,
        Money::new(16_128, Currency::USD)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_that_has_begun_is_for_the_desk() {
    let desk = Desk::open().await;
    let booking = desk
        .book(
            &request("standard_queen", stay(0, 3), "a@example.com"),
            None,
        )
        .await
        .unwrap()
        .booking;
    let next_day = cancel_at(&desk, &booking, noon() + Duration::days(1)).await;
    assert!(matches!(next_day, Err(error) if error.code() == "already_begun"));
    let mut tx = desk.tx().await;
    assert_eq!(
        queries::find(&mut tx, booking.id).await.unwrap().status(),
        ReservationStatus::Confirmed
    );
}

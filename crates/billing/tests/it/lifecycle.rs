//! The folio follows what happens to the stays of its booking, by the events alone.

use chrono::{DateTime, Days, Utc};
use motel_billing::jobs;
use motel_bookings::commands::{
    BookRequest, cancel_reservation, check_in, check_out, mark_no_show, undo,
};
use motel_bookings::{Booking, BookingSource, By, ReservationNightCharged, StayRequest};
use motel_guests::GuestDetails;
use motel_jobs::Worker;
use motel_kernel::{Party, StayDates};

use crate::motel::{EMAIL, Motel, day, now};

/// Rooms for two nights from today on.
async fn group(motel: &Motel, rooms: usize) -> Booking {
    let dates = StayDates::from_nights(day(0), 2).unwrap();
    let stay = StayRequest::new(dates, Party::new(2, 0, 0).unwrap(), "standard_queen");
    let request = BookRequest {
        stays: vec![stay; rooms],
        guest: GuestDetails {
            name: "Ana Souza".to_owned().try_into().unwrap(),
            email: EMAIL.parse().unwrap(),
            phone: None,
        },
        source: BookingSource::Api,
        agreed: None,
    };
    let mut tx = motel.tx().await;
    let booked =
        motel_bookings::commands::book(&mut tx, &motel.property, &request, None, now()).await;
    tx.commit().await.unwrap();
    booked.unwrap().booking
}

async fn hear(motel: &Motel) {
    let worker = jobs::register(Worker::new(motel.test.db().clone()), None);
    worker.run_until_idle().await.unwrap();
}

fn tomorrow() -> DateTime<Utc> {
    now() + Days::new(1)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_is_posted_when_it_is_charged_and_the_rest_at_check_out() {
    let motel = Motel::open().await;
    let booking = group(&motel, 1).await;
    let stay = booking.first();
    let (by, property) = (By::system(), &motel.property);
    let mut tx = motel.tx().await;
    check_in(&mut tx, property, stay.id, None, false, &by, now())
        .await
        .unwrap();
    let mut lines = stay.price.postings();
    lines.retain(|line| line.date == day(0));
    let charged: i64 = lines.iter().map(|line| line.amount.minor()).sum();
    let night = ReservationNightCharged {
        booking_id: booking.id,
        reservation_id: stay.id,
        night: day(0),
        business_date: day(0),
        lines,
    };
    // Told twice, as events may be.
    for _ in 0..2 {
        motel_jobs::publish(&mut tx, &night).await.unwrap();
    }
    tx.commit().await.unwrap();
    hear(&motel).await;
    let account = motel.account(&booking).await;
    assert_eq!(account.posted.minor(), charged);
    assert_eq!(account.balance, booking.total());

    let mut tx = motel.tx().await;
    check_out(&mut tx, property, stay.id, None, &by, tomorrow())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    hear(&motel).await;
    let account = motel.account(&booking).await;
    assert_eq!(
        (account.posted, account.balance),
        (booking.total(), booking.total())
    );
    assert_eq!(account.pending, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_group_one_cancels_and_one_does_not_come_and_it_is_undone() {
    let motel = Motel::open().await;
    let booking = group(&motel, 2).await;
    let [coming, cancelling] = [&booking.reservations[0], &booking.reservations[1]];
    let (by, property) = (By::guest(), &motel.property);
    let mut tx = motel.tx().await;
    let late = cancel_reservation(&mut tx, property, cancelling.id, None, &by, now()).await;
    let late_fee = late.unwrap().fee.minor();
    tx.commit().await.unwrap();
    hear(&motel).await;
    let standing = coming.total().minor() + late_fee;
    assert_eq!(motel.balance(&booking).await, standing);
    assert_eq!(motel.account(&booking).await.posted.minor(), late_fee);

    let mut tx = motel.tx().await;
    let gone = mark_no_show(&mut tx, property, coming.id, None, &by, now()).await;
    let no_show_fee = gone.unwrap().fee.minor();
    tx.commit().await.unwrap();
    assert!(late_fee > 0 && no_show_fee > 0);
    hear(&motel).await;
    assert_eq!(
        motel.account(&booking).await.posted.minor(),
        late_fee + no_show_fee
    );

    let mut tx = motel.tx().await;
    undo(&mut tx, property, coming.id, None, &by, now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    hear(&motel).await;
    assert_eq!(motel.balance(&booking).await, standing);
    assert_eq!(motel.account(&booking).await.posted.minor(), late_fee);
}

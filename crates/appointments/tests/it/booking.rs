//! Booking and holding.

use chrono::Duration;
use motel_appointments::commands::{BookRequest, NewBlackout, add_blackout, book, cancel, confirm};
use motel_appointments::rules::Ask;
use motel_appointments::{
    AppointmentError, AppointmentStatus, Closed, EventKind, Refusal, WantedAddOn, queries,
};
use motel_kernel::{Actor, Currency, Money};

use crate::kitchen::{Kitchen, at, day, guest, noon, request, six, wishes};

#[tokio::test(flavor = "multi_thread")]
async fn a_dinner_is_booked_priced_and_told() {
    let kitchen = Kitchen::open().await;
    let mut wanted = request(six(), 30, "ines@example.com");
    wanted.wishes.add_ons = vec![WantedAddOn {
        code: "salmon".to_owned(),
        quantity: Some(10),
    }];
    let booked = kitchen.booked(&wanted).await;
    // 30 × 55 and 10 × 9, and the demo tenant's 12 % on top.
    assert_eq!(booked.price.subtotal.minor(), 165_000 + 9_000);
    assert_eq!(booked.price.total.minor(), 194_880);
    assert_eq!(booked.local_day, day("2026-12-12"));
    assert_eq!(booked.ends_at, six() + Duration::minutes(150));
    assert_eq!(booked.stations.len(), 1);

    let mut tx = kitchen.tx().await;
    let read = queries::find_for_guest(&mut tx, &booked.code, &booked.booker.email)
        .await
        .unwrap();
    assert_eq!(read, booked);
    let wrong = "other@example.com".parse().unwrap();
    let stranger = queries::find_for_guest(&mut tx, &booked.code, &wrong).await;
    assert!(matches!(stranger, Err(AppointmentError::NotFound(_))));
    let history = queries::history(&mut tx, booked.id).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].kind, history[0].actor, history[0].seq),
        (EventKind::Booked, Actor::Guest, 1)
    );
    assert_eq!(kitchen.published("appointment.booked").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_answered_is_what_is_read_however_fine_the_clock() {
    let kitchen = Kitchen::open().await;
    let now = noon() + Duration::nanoseconds(123_456_789);
    let mut wanted = request(six(), 10, "ines@example.com");
    wanted.hold = Some(Duration::minutes(15));
    let mut tx = kitchen.tx().await;
    let held = book(
        &mut tx,
        &kitchen.demo.property,
        &wanted,
        None,
        &guest(),
        now,
    )
    .await
    .unwrap()
    .appointment;
    assert_eq!(queries::find(&mut tx, held.id).await.unwrap(), held);
    let off = cancel(&mut tx, held.id, None, &guest(), now).await.unwrap();
    let read = queries::find(&mut tx, held.id).await.unwrap();
    assert_eq!(read, off.appointment);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_chefs_serve_three_parties_and_a_large_one_takes_two() {
    let kitchen = Kitchen::open().await;
    kitchen.booked(&request(six(), 31, "a@example.com")).await;
    kitchen.booked(&request(six(), 30, "b@example.com")).await;
    let third = kitchen.book(&request(six(), 1, "c@example.com")).await;
    assert!(matches!(
        third,
        Err(AppointmentError::Closed(Closed::FullyBooked))
    ));
    // Three hours later all of them are free again.
    let nine = at("2026-12-13T02:00:00Z");
    let all = kitchen.booked(&request(nine, 90, "d@example.com")).await;
    assert_eq!(all.stations.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_had_is_said() {
    let kitchen = Kitchen::open().await;
    let refused = async |change: &dyn Fn(&mut BookRequest)| {
        let mut wanted = request(six(), 10, "ines@example.com");
        change(&mut wanted);
        kitchen.book(&wanted).await.unwrap_err()
    };
    let code = async |change: &dyn Fn(&mut BookRequest)| refused(change).await.code();
    assert_eq!(
        code(&|w| w.service = "supper".to_owned()).await,
        "not_found"
    );
    assert_eq!(
        code(&|w| w.starts_at = at("2026-12-12T22:59:00Z")).await,
        "no_such_slot"
    );
    assert_eq!(
        code(&|w| w.starts_at = at("2026-12-02T23:00:00Z")).await,
        "too_short_notice"
    );
    assert_eq!(
        code(&|w| w.starts_at = at("2027-12-12T23:00:00Z")).await,
        "too_far_ahead"
    );
    assert_eq!(code(&|w| w.wishes = wishes(91)).await, "too_many_guests");
    assert_eq!(
        code(&|w| w.wishes.destination = None).await,
        "destination_missing"
    );
    let station = refused(&|w| w.wishes.station = Some("paula".to_owned())).await;
    assert!(matches!(
        station,
        AppointmentError::Refused(Refusal::UnknownStation(_))
    ));
    let agreed = Money::new(1, Currency::USD);
    assert_eq!(code(&|w| w.agreed = Some(agreed)).await, "price_changed");
    for table in ["appointments.appointments", "jobs.events", "guests.guests"] {
        let rows = kitchen
            .number(&format!("SELECT count(*) FROM {table}"))
            .await;
        assert_eq!(rows, 0, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_may_book_for_tomorrow_but_not_for_yesterday() {
    let kitchen = Kitchen::open().await;
    let mut tomorrow = request(at("2026-12-02T23:00:00Z"), 10, "ines@example.com");
    tomorrow.any_notice = true;
    kitchen.booked(&tomorrow).await;
    tomorrow.starts_at = at("2026-11-30T23:00:00Z");
    let yesterday = kitchen.book(&tomorrow).await.unwrap_err();
    assert_eq!(yesterday.code(), "too_short_notice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_day_takes_nothing_new_and_keeps_what_it_has() {
    let kitchen = Kitchen::open().await;
    let kept = kitchen.booked(&request(six(), 10, "a@example.com")).await;
    let mut tx = kitchen.tx().await;
    let closed = NewBlackout {
        service: None,
        station: None,
        first_day: day("2026-12-12"),
        last_day: day("2026-12-13"),
        reason: "Family wedding".to_owned(),
    };
    add_blackout(&mut tx, kitchen.demo.property.id, closed)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let refused = kitchen.book(&request(six(), 10, "b@example.com")).await;
    assert!(
        matches!(&refused, Err(AppointmentError::Closed(Closed::Blackout(why))) if why == "Family wedding"),
        "{refused:?}"
    );
    let mut tx = kitchen.tx().await;
    let still = queries::find(&mut tx, kept.id).await.unwrap();
    assert_eq!(still.status, AppointmentStatus::Booked);
    let on_day = queries::on_day(&mut tx, kitchen.demo.property.id, day("2026-12-12"))
        .await
        .unwrap();
    assert_eq!(on_day, [still]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_takes_the_place_until_it_runs_out() {
    let kitchen = Kitchen::open().await;
    let mut hold = request(six(), 90, "a@example.com");
    hold.hold = Some(Duration::minutes(15));
    let held = kitchen.booked(&hold).await;
    assert_eq!(held.status, AppointmentStatus::Held);
    let other = request(six(), 10, "b@example.com");
    assert_eq!(
        kitchen.book(&other).await.unwrap_err().code(),
        "fully_booked"
    );
    assert_eq!(kitchen.published("appointment.booked").await, 0);

    // A quarter of an hour later it is free, though nobody tidied up.
    let later = noon() + Duration::minutes(15);
    let property = &kitchen.demo.property;
    let mut tx = kitchen.tx().await;
    let slots = {
        let service = queries::service(&mut tx, held.service).await.unwrap();
        let (first, last) = (day("2026-12-12"), day("2026-12-12"));
        let diary = queries::diary(&mut tx, property, service, first, last, later)
            .await
            .unwrap();
        let ask = Ask {
            guests: 90,
            station: None,
            now: later,
            any_notice: false,
        };
        diary.slots_on(first, &ask)
    };
    assert!(slots.iter().all(|slot| slot.places.is_ok()));
    let refused = confirm(&mut tx, held.id, None, &guest(), later).await;
    assert_eq!(refused.unwrap_err().code(), "not_allowed");
    drop(tx);
    let mut tx = kitchen.tx().await;
    book(&mut tx, property, &other, None, &guest(), later)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut tx = kitchen.tx().await;
    let lapsed = queries::find(&mut tx, held.id).await.unwrap();
    assert_eq!(lapsed.status, AppointmentStatus::Expired);
    let history = queries::history(&mut tx, held.id).await.unwrap();
    assert_eq!(history[1].actor, Actor::System);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_confirmed_or_given_up_for_nothing() {
    let kitchen = Kitchen::open().await;
    let mut hold = request(six(), 10, "a@example.com");
    hold.hold = Some(Duration::minutes(15));
    let (first, second) = (kitchen.booked(&hold).await, kitchen.booked(&hold).await);
    let mut tx = kitchen.tx().await;
    let stale = confirm(&mut tx, first.id, Some(7), &guest(), noon()).await;
    assert!(matches!(stale, Err(AppointmentError::Stale(1))));
    let effect = confirm(&mut tx, first.id, Some(1), &guest(), noon())
        .await
        .unwrap();
    assert_eq!(effect.appointment.status, AppointmentStatus::Booked);
    assert_eq!(effect.appointment.version, 2);
    let given_up = cancel(&mut tx, second.id, None, &guest(), noon())
        .await
        .unwrap();
    assert!(given_up.fee.is_zero());
    tx.commit().await.unwrap();
    assert_eq!(kitchen.published("appointment.booked").await, 1);
    assert_eq!(kitchen.published("appointment.cancelled").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_answers_the_same_again_and_nothing_else() {
    let kitchen = Kitchen::open().await;
    let wanted = request(six(), 10, "ines@example.com");
    let first = kitchen.book_as(&wanted, Some("order-1")).await.unwrap();
    let again = kitchen.book_as(&wanted, Some("order-1")).await.unwrap();
    assert!(!first.replayed && again.replayed);
    assert_eq!(again.appointment, first.appointment);
    let other = request(six(), 11, "ines@example.com");
    let reused = kitchen.book_as(&other, Some("order-1")).await.unwrap_err();
    assert!(reused.to_string().contains("Idempotency-Key"), "{reused}");
}

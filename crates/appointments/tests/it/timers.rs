//! Reminders and holds that run out.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use diesel_async::RunQueryDsl;
use futures::future::join_all;
use motel_appointments::commands::{Change, Rung, reschedule, ring_due};
use motel_appointments::jobs::RingTimers;
use motel_appointments::{AppointmentStatus, EventKind, queries};
use motel_jobs::Chore;
use motel_kernel::FixedClock;

use crate::kitchen::{Kitchen, at, guest, noon, request, six};

const REMINDER: &str = "appointment.reminder_due";

async fn ring(kitchen: &Kitchen, now: DateTime<Utc>) -> Rung {
    let mut tx = kitchen.tx().await;
    let rung = ring_due(&mut tx, now, 100).await.unwrap();
    tx.commit().await.unwrap();
    rung
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_reminded_three_days_and_one_day_before_once_each() {
    let kitchen = Kitchen::open().await;
    let booked = kitchen.booked(&request(six(), 10, "a@example.com")).await;
    let told = |hours: i64| six() - Duration::hours(hours);
    let second = Duration::seconds(1);
    assert_eq!(ring(&kitchen, told(72) - second).await, Rung::default());
    for (now, so_far) in [
        (told(72), 1),
        (told(72) + second, 1),
        (told(24), 2),
        (six(), 2),
    ] {
        // However many tick at the same moment.
        join_all((0..5).map(|_| ring(&kitchen, now))).await;
        assert_eq!(kitchen.published(REMINDER).await, so_far, "{now}");
    }
    let mut tx = kitchen.tx().await;
    let history = queries::history(&mut tx, booked.id).await.unwrap();
    let kinds: Vec<_> = history.iter().map(|event| event.kind).collect();
    assert_eq!(
        kinds,
        [EventKind::Booked, EventKind::Reminded, EventKind::Reminded]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_books_late_or_comes_too_late_is_not_reminded() {
    let kitchen = Kitchen::open().await;
    // 54 hours before: the reminder of three days before is none.
    let thursday = at("2026-12-03T23:00:00Z");
    kitchen
        .booked(&request(thursday, 10, "a@example.com"))
        .await;
    assert_eq!(
        ring(&kitchen, thursday - Duration::hours(25)).await,
        Rung::default()
    );
    // The server slept over the rest.
    let rung = ring(&kitchen, thursday).await;
    assert_eq!((rung.appointments, rung.reminders), (1, 0));
    assert_eq!(kitchen.published(REMINDER).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_brings_new_reminders() {
    let kitchen = Kitchen::open().await;
    let booked = kitchen.booked(&request(six(), 10, "a@example.com")).await;
    ring(&kitchen, six() - Duration::hours(72)).await;
    let mut tx = kitchen.tx().await;
    let later = Change {
        starts_at: Some(six() + Duration::days(7)),
        ..Change::default()
    };
    let now = six() - Duration::hours(71);
    reschedule(
        &mut tx,
        &kitchen.demo.property,
        booked.id,
        &later,
        None,
        &guest(),
        now,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ring(&kitchen, six()).await, Rung::default());
    ring(&kitchen, six() + Duration::days(4)).await;
    ring(&kitchen, six() + Duration::days(6)).await;
    assert_eq!(kitchen.published(REMINDER).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn holds_run_out_by_themselves() {
    let kitchen = Kitchen::open().await;
    let mut hold = request(six(), 10, "a@example.com");
    hold.hold = Some(Duration::minutes(15));
    let held = kitchen.booked(&hold).await;
    assert_eq!(
        ring(&kitchen, noon() + Duration::minutes(14)).await,
        Rung::default()
    );
    let rung = ring(&kitchen, noon() + Duration::minutes(15)).await;
    assert_eq!((rung.holds, rung.reminders), (1, 0));
    let mut tx = kitchen.tx().await;
    let expired = queries::find(&mut tx, held.id).await.unwrap();
    assert_eq!(expired.status, AppointmentStatus::Expired);
    assert!(expired.stations.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chore_goes_by_the_clock_of_each_tenant() {
    let kitchen = Kitchen::open().await;
    kitchen.booked(&request(six(), 10, "a@example.com")).await;
    let machine = Arc::new(FixedClock::at(noon()));
    let chore = RingTimers::new(machine.clone());
    chore.run(kitchen.database.db()).await.unwrap();
    assert_eq!(kitchen.published(REMINDER).await, 0);
    // A sandbox whose clock is ten days ahead of the machine's.
    let ahead = "UPDATE tenancy.properties SET clock_offset_seconds = 864000";
    diesel::sql_query(ahead)
        .execute(&mut kitchen.database.admin().await)
        .await
        .unwrap();
    chore.run(kitchen.database.db()).await.unwrap();
    chore.run(kitchen.database.db()).await.unwrap();
    assert_eq!(kitchen.published(REMINDER).await, 1);
    machine.advance(Duration::hours(20));
    chore.run(kitchen.database.db()).await.unwrap();
    assert_eq!(kitchen.published(REMINDER).await, 2);
}

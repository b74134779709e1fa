//! Moving, calling off, and the day itself.

use motel_appointments::commands::{Change, cancel, complete, mark_no_show, reschedule};
use motel_appointments::rules::allowed_actions;
use motel_appointments::{AppointmentError, AppointmentStatus, By, EventKind, queries};
use motel_kernel::Actor;

use crate::kitchen::{Kitchen, at, guest, noon, request, six};

fn to(starts_at: &str) -> Change {
    Change {
        starts_at: Some(at(starts_at)),
        ..Change::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn moving_keeps_the_price_and_frees_the_old_time() {
    let kitchen = Kitchen::open().await;
    let all = kitchen.booked(&request(six(), 90, "a@example.com")).await;
    let property = &kitchen.demo.property;
    let mut tx = kitchen.tx().await;
    let by = By {
        actor: Actor::Guest,
        reason: Some("Grandmother comes later".to_owned()),
    };
    let effect = reschedule(
        &mut tx,
        property,
        all.id,
        &to("2026-12-13T23:00:00Z"),
        Some(1),
        &by,
        noon(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert!(effect.difference.is_zero());
    assert_eq!(effect.appointment.version, 2);
    let mut tx = kitchen.tx().await;
    assert_eq!(
        queries::find(&mut tx, all.id).await.unwrap(),
        effect.appointment
    );
    let history = queries::history(&mut tx, all.id).await.unwrap();
    assert_eq!(history[1].kind, EventKind::Rescheduled);
    assert_eq!(
        history[1].reason.as_deref(),
        Some("Grandmother comes later")
    );
    assert_eq!(kitchen.published("appointment.rescheduled").await, 1);

    kitchen.booked(&request(six(), 90, "b@example.com")).await;
    let taken = kitchen
        .book(&request(at("2026-12-13T23:00:00Z"), 1, "c@example.com"))
        .await;
    assert_eq!(taken.unwrap_err().code(), "fully_booked");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_guests_cost_more_and_may_need_another_chef() {
    let kitchen = Kitchen::open().await;
    let party = kitchen.booked(&request(six(), 30, "a@example.com")).await;
    let grow = Change {
        guests: Some(31),
        ..Change::default()
    };
    let mut tx = kitchen.tx().await;
    let effect = reschedule(
        &mut tx,
        &kitchen.demo.property,
        party.id,
        &grow,
        None,
        &guest(),
        noon(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    // $55 and 12 % tax.
    assert_eq!(effect.difference.minor(), 6_160);
    assert_eq!(effect.appointment.stations.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_cannot_be_changes_nothing() {
    let kitchen = Kitchen::open().await;
    let nine = "2026-12-13T02:00:00Z";
    let party = kitchen.booked(&request(six(), 10, "a@example.com")).await;
    kitchen
        .booked(&request(at(nine), 90, "b@example.com"))
        .await;
    let property = &kitchen.demo.property;
    for (change, expected, code) in [
        (to(nine), None, "fully_booked"),
        (to("2026-12-13T02:01:00Z"), None, "no_such_slot"),
        (to("2026-12-13T20:00:00Z"), Some(4), "version_mismatch"),
    ] {
        let mut tx = kitchen.tx().await;
        let by = guest();
        let moved = reschedule(&mut tx, property, party.id, &change, expected, &by, noon());
        assert_eq!(moved.await.unwrap_err().code(), code);
    }
    let mut tx = kitchen.tx().await;
    assert_eq!(queries::find(&mut tx, party.id).await.unwrap(), party);
    // Nothing asked, nothing done.
    let same = Change::default();
    let effect = reschedule(&mut tx, property, party.id, &same, None, &guest(), noon())
        .await
        .unwrap();
    assert_eq!(effect.appointment, party);
}

#[tokio::test(flavor = "multi_thread")]
async fn calling_off_costs_by_the_policy_and_not_less_after_a_move() {
    let kitchen = Kitchen::open().await;
    let early = kitchen.booked(&request(six(), 10, "a@example.com")).await;
    let late = kitchen.booked(&request(six(), 10, "b@example.com")).await;
    let free = kitchen.booked(&request(six(), 10, "c@example.com")).await;
    let property = &kitchen.demo.property;
    let half = early.price.total.minor() / 2;
    // Seven days before, to the second.
    let (before, since) = (at("2026-12-05T22:59:59Z"), at("2026-12-05T23:00:00Z"));

    let mut tx = kitchen.tx().await;
    let effect = cancel(&mut tx, free.id, None, &guest(), before)
        .await
        .unwrap();
    assert!(effect.fee.is_zero());
    let effect = cancel(&mut tx, early.id, None, &guest(), since)
        .await
        .unwrap();
    assert_eq!(effect.fee.minor(), half);
    assert_eq!(effect.appointment.status, AppointmentStatus::Cancelled);
    let twice = cancel(&mut tx, early.id, None, &guest(), since).await;
    assert!(matches!(twice, Err(AppointmentError::NotAllowed { .. })));
    let far = to("2027-03-12T23:00:00Z");
    let moved = reschedule(&mut tx, property, late.id, &far, None, &guest(), since)
        .await
        .unwrap();
    assert!(moved.fee.is_zero());
    let effect = cancel(&mut tx, late.id, None, &guest(), since)
        .await
        .unwrap();
    assert_eq!(effect.fee.minor(), half);
    tx.commit().await.unwrap();
    assert_eq!(kitchen.published("appointment.cancelled").await, 3);
    let rows = "SELECT count(*) FROM appointments.allocations";
    assert_eq!(kitchen.number(rows).await, 0);
    let timers = "SELECT count(*) FROM appointments.timers";
    assert_eq!(kitchen.number(timers).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_place_or_the_guest_does_not_come() {
    let kitchen = Kitchen::open().await;
    let came = kitchen.booked(&request(six(), 10, "a@example.com")).await;
    let stayed_away = kitchen.booked(&request(six(), 10, "b@example.com")).await;
    let mut tx = kitchen.tx().await;
    let soon = six() - chrono::Duration::seconds(1);
    let too_soon = complete(&mut tx, came.id, None, &guest(), soon).await;
    assert_eq!(too_soon.unwrap_err().code(), "not_allowed");
    let done = complete(&mut tx, came.id, Some(1), &guest(), six())
        .await
        .unwrap();
    assert_eq!(done.appointment.status, AppointmentStatus::Completed);
    let missed = mark_no_show(&mut tx, stayed_away.id, None, &guest(), six())
        .await
        .unwrap();
    assert_eq!(missed.fee, stayed_away.price.total);
    let over = cancel(&mut tx, came.id, None, &guest(), six()).await;
    assert_eq!(over.unwrap_err().code(), "not_allowed");
    let none = allowed_actions(&done.appointment, six());
    assert!(none.iter().all(|action| action.refusal.is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn history_can_only_be_added_to() {
    let kitchen = Kitchen::open().await;
    kitchen.booked(&request(six(), 10, "a@example.com")).await;
    for statement in [
        "UPDATE appointments.appointment_events SET actor = 'guest'",
        "DELETE FROM appointments.appointment_events",
    ] {
        let mut tx = kitchen.tx().await;
        let done = diesel_async::RunQueryDsl::execute(diesel::sql_query(statement), tx.conn());
        let refused = done.await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{refused}");
    }
}

use diesel_async::SimpleAsyncConnection;
use motel_bookings::By;
use motel_bookings::commands::undo;
use motel_housekeeping::commands::{finish, start};
use motel_housekeeping::{TaskKind, TaskStatus};
use motel_inventory::UnitCondition;
use motel_kernel::Actor;

use crate::house::{House, day, noon};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_leaves_a_unit_to_clean() {
    let house = House::open().await;
    let stay = house.guest(day(0), 2).await;
    let unit = stay.unit.unwrap();
    assert_eq!(house.condition(unit).await, UnitCondition::Clean);
    house.check_out(stay.id, day(2)).await;
    house.settle().await;

    assert_eq!(house.condition(unit).await, UnitCondition::Dirty);
    let tasks = house.tasks(day(2)).await;
    let task = &tasks[0];
    assert_eq!(tasks.len(), 1);
    assert_eq!(
        (task.kind, task.status),
        (TaskKind::Departure, TaskStatus::Open)
    );
    assert_eq!((task.unit, task.reservation), (unit, Some(stay.id)));
    assert_eq!((task.priority, task.minutes), (2, 30));
}

#[tokio::test(flavor = "multi_thread")]
async fn hearing_of_a_departure_twice_cleans_once() {
    let house = House::open().await;
    let stay = house.guest(day(0), 1).await;
    house.check_out(stay.id, day(1)).await;
    house.settle().await;
    let task = house.tasks(day(1)).await.remove(0);
    let mut tx = house.tx().await;
    start(&mut tx, task.id, Actor::System, None, noon(day(1)))
        .await
        .unwrap();
    finish(&mut tx, task.id, None, noon(day(1))).await.unwrap();
    tx.commit().await.unwrap();

    // The queue delivers at least once: as if the worker had died before it noted the delivery.
    let again = "UPDATE jobs.deliveries SET status = 'pending', run_at = now()";
    house.db.admin().await.batch_execute(again).await.unwrap();
    house.settle().await;
    let tasks = house.tasks(day(1)).await;
    assert_eq!((tasks.len(), tasks[0].status), (1, TaskStatus::Done));
    assert_eq!(
        house.condition(task.unit).await,
        UnitCondition::Clean,
        "the second hearing made it dirty again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_into_which_somebody_arrives_comes_first() {
    let house = House::open().await;
    let stays = [
        house.guest(day(0), 2).await,
        house.guest(day(0), 2).await,
        house.guest(day(0), 2).await,
    ];
    // All three suites are taken until then, so the next guest gets one of them.
    let next = house.book(day(2), 1).await;
    for stay in &stays {
        house.check_out(stay.id, day(2)).await;
    }
    house.settle().await;
    let tasks = house.tasks(day(2)).await;
    assert_eq!(tasks.len(), 3);
    assert_eq!(tasks[0].unit, next.unit.unwrap());
    let priorities: Vec<i16> = tasks.iter().map(|task| task.priority).collect();
    assert_eq!(priorities, [1, 2, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_out_taken_back_takes_its_clean_along() {
    let house = House::open().await;
    let stay = house.guest(day(0), 1).await;
    house.check_out(stay.id, day(1)).await;
    house.settle().await;
    assert_eq!(house.tasks(day(1)).await.len(), 1);
    let mut tx = house.tx().await;
    let place = &house.demo.property;
    undo(&mut tx, place, stay.id, None, &By::system(), noon(day(1)))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    house.settle().await;
    assert_eq!(house.tasks(day(1)).await, []);

    house.check_out(stay.id, day(1)).await;
    house.settle().await;
    assert_eq!(house.tasks(day(1)).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_early_needs_no_stay_over_clean() {
    let house = House::open().await;
    let stay = house.guest(day(0), 3).await;
    assert_eq!(house.plan(day(1)).await.made.len(), 1);
    let shortened = "UPDATE bookings.reservations SET departure = '2026-12-02'";
    house
        .db
        .admin()
        .await
        .batch_execute(shortened)
        .await
        .unwrap();
    house.check_out(stay.id, day(1)).await;
    house.settle().await;
    let kinds: Vec<TaskKind> = house
        .tasks(day(1))
        .await
        .iter()
        .map(|task| task.kind)
        .collect();
    assert_eq!(kinds, [TaskKind::Departure]);
}

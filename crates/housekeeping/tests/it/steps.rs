use diesel_async::SimpleAsyncConnection;
use motel_housekeeping::commands::{amend, assign, finish, inspect, reopen, start};
use motel_housekeeping::{HousekeepingError, Task, TaskStatus};
use motel_inventory::UnitCondition;
use motel_kernel::{Actor, StaffId, TaskId};

use crate::house::{House, day, noon};

/// A departure clean to work at.
async fn task(house: &House) -> Task {
    let stay = house.guest(day(0), 1).await;
    house.check_out(stay.id, day(1)).await;
    house.settle().await;
    house.tasks(day(1)).await.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_goes_its_way_and_the_unit_with_it() {
    let house = House::open().await;
    let task = task(&house).await;
    let rosa = house.member("rosa@motel.example").await;
    let now = noon(day(1));
    let mut tx = house.tx().await;
    let given = assign(&mut tx, task.id, Some(rosa), Some(1), now)
        .await
        .unwrap();
    assert_eq!(
        (given.status, given.assignee, given.version),
        (TaskStatus::Assigned, Some(rosa), 2)
    );
    let begun = start(&mut tx, task.id, Actor::System, Some(2), now)
        .await
        .unwrap();
    assert_eq!(
        (begun.status, begun.assignee, begun.started_at),
        (TaskStatus::InProgress, Some(rosa), Some(now))
    );
    let done = finish(&mut tx, task.id, Some(3), now).await.unwrap();
    assert_eq!((done.status, done.done_at), (TaskStatus::Done, Some(now)));
    tx.commit().await.unwrap();
    assert_eq!(house.condition(task.unit).await, UnitCondition::Clean);

    let mut tx = house.tx().await;
    let note = Some("hair in the sink".to_owned());
    let refused = inspect(&mut tx, task.id, false, note, None, now)
        .await
        .unwrap();
    assert_eq!(
        (refused.status, refused.assignee, refused.done_at),
        (TaskStatus::Open, None, None)
    );
    assert_eq!(refused.note, "hair in the sink");
    tx.commit().await.unwrap();
    assert_eq!(house.condition(task.unit).await, UnitCondition::Dirty);

    let mut tx = house.tx().await;
    let mine = start(&mut tx, task.id, Actor::Staff(rosa), None, now)
        .await
        .unwrap();
    assert_eq!(mine.assignee, Some(rosa), "who begins it has it");
    finish(&mut tx, task.id, None, now).await.unwrap();
    inspect(&mut tx, task.id, true, None, None, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.condition(task.unit).await, UnitCondition::Inspected);

    let mut tx = house.tx().await;
    let again = reopen(&mut tx, task.id, None, now).await.unwrap();
    assert_eq!((again.status, again.inspected_at), (TaskStatus::Open, None));
    tx.commit().await.unwrap();
    assert_eq!(house.condition(task.unit).await, UnitCondition::Dirty);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_with_more_to_do_is_not_clean_yet() {
    let house = House::open().await;
    let left = task(&house).await;
    let now = noon(day(1));
    let stay = "INSERT INTO housekeeping.tasks (tenant_id, id, property_id, unit_id, date, kind, status, priority, minutes,
        created_at, updated_at) SELECT tenant_id, gen_random_uuid(), property_id, unit_id, date, 'stay_over', 'open', 3, 15,
        now(), now() FROM housekeeping.tasks";
    house.db.admin().await.batch_execute(stay).await.unwrap();
    let mut tx = house.tx().await;
    start(&mut tx, left.id, Actor::System, None, now)
        .await
        .unwrap();
    finish(&mut tx, left.id, None, now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.condition(left.unit).await, UnitCondition::Dirty);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused() {
    let house = House::open().await;
    let task = task(&house).await;
    let now = noon(day(1));
    let mut tx = house.tx().await;
    let unbegun = finish(&mut tx, task.id, None, now).await.unwrap_err();
    assert_eq!(unbegun.code(), "wrong_state");
    assert_eq!(unbegun.to_string(), "a task that is open cannot be done");
    let stale = start(&mut tx, task.id, Actor::System, Some(7), now).await;
    assert!(matches!(stale, Err(HousekeepingError::Stale)), "{stale:?}");
    let unknown = start(&mut tx, TaskId::new(), Actor::System, None, now).await;
    assert!(matches!(unknown, Err(HousekeepingError::UnknownTask)));
    let amended = amend(&mut tx, task.id, Some("crib".to_owned()), None, None, now)
        .await
        .unwrap();
    assert_eq!((amended.note.as_str(), amended.minutes), ("crib", 30));
    let stranger = assign(&mut tx, task.id, Some(StaffId::new()), None, now).await;
    assert!(
        matches!(stranger, Err(HousekeepingError::UnknownAssignee)),
        "{stranger:?}"
    );
}

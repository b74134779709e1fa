use diesel_async::SimpleAsyncConnection;
use motel_housekeeping::commands::put_rule;
use motel_housekeeping::{CleaningRuleDetails, HousekeepingError, TaskKind, queries};
use motel_inventory::UnitCondition;
use motel_tenancy::testing::other_tenant;

use crate::house::{House, at, day, noon};

#[tokio::test(flavor = "multi_thread")]
async fn guests_who_stay_are_cleaned_for_by_the_rule() {
    let house = House::open().await;
    let stay = house.guest(day(0), 5).await;
    house.book(day(1), 2).await;
    let mut kinds = Vec::new();
    for offset in 0..=5 {
        let planned = house.plan(day(offset)).await;
        kinds.push(planned.made.first().map(|task| (task.kind, task.minutes)));
        assert!(planned.made.len() <= 1, "who has not come is planned for");
    }
    let (clean, linen) = (
        Some((TaskKind::StayOver, 15)),
        Some((TaskKind::LinenChange, 20)),
    );
    assert_eq!(kinds, [None, clean, clean, linen, clean, None]);
    assert_eq!(
        house.condition(stay.unit.unwrap()).await,
        UnitCondition::Dirty
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn planning_again_changes_nothing_and_yesterdays_rest_goes() {
    let house = House::open().await;
    house.guest(day(0), 5).await;
    let first = house.plan(day(1)).await;
    let again = house.plan(day(1)).await;
    assert_eq!((again.made.len(), again.stood, again.dropped), (0, 1, 0));
    assert_eq!(house.tasks(day(1)).await, first.made);
    let next = house.plan(day(2)).await;
    assert_eq!((next.made.len(), next.dropped), (1, 1));
    assert_eq!(house.tasks(day(1)).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn plans_at_once_make_each_task_once() {
    let house = House::open().await;
    for _ in 0..3 {
        house.guest(day(0), 3).await;
    }
    let (one, other, third) =
        tokio::join!(house.plan(day(1)), house.plan(day(1)), house.plan(day(1)));
    let made = [one, other, third].map(|planned| planned.made.len());
    assert_eq!(made.iter().sum::<usize>(), 3, "{made:?}");
    assert_eq!(house.tasks(day(1)).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_rule_counts_from_the_next_planning_on() {
    let house = House::open().await;
    house.guest(day(0), 5).await;
    let mut tx = house.tx().await;
    let place = house.demo.property.id;
    let usual = queries::rule(&mut tx, place).await.unwrap();
    let seldom = CleaningRuleDetails {
        stay_over_every: 2,
        linen_every: 0,
        ..usual.details.clone()
    };
    let changed = put_rule(&mut tx, place, &seldom, Some(usual.version))
        .await
        .unwrap();
    assert_eq!(changed.version, usual.version + 1);
    let stale = put_rule(&mut tx, place, &usual.details, Some(usual.version)).await;
    assert!(matches!(stale, Err(HousekeepingError::Stale)), "{stale:?}");
    tx.commit().await.unwrap();
    for (offset, expected) in [(1, 0), (2, 1), (3, 0), (4, 1)] {
        let planned = house.plan(day(offset)).await;
        assert_eq!(planned.made.len(), expected, "day {offset}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_morning_plans_by_itself_by_the_clock_of_the_property() {
    let house = House::open().await;
    house.guest(day(0), 4).await;
    house.worker(at(day(1), 5)).run_chores().await.unwrap();
    assert_eq!(house.tasks(day(1)).await, [], "it is not six yet");
    let worker = house.worker(at(day(1), 6));
    worker.run_chores().await.unwrap();
    worker.run_chores().await.unwrap();
    assert_eq!(house.tasks(day(1)).await.len(), 1);

    // A sandbox that has gone a day ahead.
    let ahead = "UPDATE tenancy.properties SET clock_offset_seconds = 86400";
    house.db.admin().await.batch_execute(ahead).await.unwrap();
    worker.run_chores().await.unwrap();
    assert_eq!(house.tasks(day(2)).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_units_of_a_day_say_who_comes_and_goes() {
    let house = House::open().await;
    let stays = house.guest(day(0), 3).await;
    let leaves = house.guest(day(0), 1).await;
    let comes = house.book(day(1), 1).await;
    house.check_out(leaves.id, day(1)).await;
    house.settle().await;
    house.plan(day(1)).await;
    let mut tx = house.tx().await;
    let units = queries::units_today(&mut tx, house.demo.property.id, day(1))
        .await
        .unwrap();
    assert_eq!(units.len(), 10);
    let seen = |stay: &motel_bookings::Reservation| {
        let unit = units.iter().find(|one| Some(one.unit.id) == stay.unit);
        let one = unit.unwrap();
        (one.occupied, one.unfinished)
    };
    assert_eq!(seen(&stays), (true, 1));
    assert_eq!(seen(&leaves), (false, 1));
    let of = |wanted: fn(&motel_housekeeping::UnitToday) -> bool| -> Vec<_> {
        let found = units.iter().filter(|one| wanted(one));
        found.map(|one| Some(one.unit.id)).collect()
    };
    assert_eq!(of(|one| one.departing), [leaves.unit]);
    assert_eq!(of(|one| one.arriving), [comes.unit]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_or_plans_for_another_business() {
    let house = House::open().await;
    house.guest(day(0), 3).await;
    let task = house.plan(day(1)).await.made.remove(0);
    let other = other_tenant(&house.db).await;
    let mut tx = house.db.db().tenant(other.tenant).await.unwrap();
    let unknown = queries::task(&mut tx, task.id).await;
    assert!(matches!(unknown, Err(HousekeepingError::UnknownTask)));
    let planned =
        motel_housekeeping::commands::plan_day(&mut tx, &other.property, day(1), noon(day(1)));
    assert_eq!(planned.await.unwrap().made, []);
}

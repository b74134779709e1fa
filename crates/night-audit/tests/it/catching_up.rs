use std::sync::Arc;

use chrono::{Days, Duration};
use motel_jobs::{Chore, Worker};
use motel_kernel::FixedClock;
use motel_night_audit::commands::{change_schedule, keep_schedule};
use motel_night_audit::jobs::{CloseDays, catch_up, register};
use motel_night_audit::queries;
use motel_tenancy::testing::other_tenant;

use crate::motel::{Motel, day, now};

#[tokio::test(flavor = "multi_thread")]
async fn days_are_closed_by_themselves_at_three_each_in_its_turn() {
    let motel = Motel::open().await;
    let booking = motel.book(1, 3).await;
    motel.check_in(&booking, now()).await;
    let clock = Arc::new(FixedClock::at(now()));
    let worker = register(Worker::new(motel.test.db().clone()), clock.clone());

    // Ten in the morning of the first: the property opens. At one in the night nothing is due yet.
    worker.run_chores().await.unwrap();
    clock.advance(Duration::hours(15));
    worker.run_chores().await.unwrap();
    assert_eq!(motel.business_date().await, day(1));
    clock.advance(Duration::hours(2));
    worker.run_chores().await.unwrap();
    worker.run_chores().await.unwrap();
    assert_eq!(motel.business_date().await, day(2));

    // The server is down for two nights.
    clock.advance(Duration::days(2));
    worker.run_chores().await.unwrap();
    let mut tx = motel.tx().await;
    let audits = queries::list(&mut tx, motel.property.id, None, 10)
        .await
        .unwrap();
    let days: Vec<_> = audits.iter().map(|audit| audit.business_date).collect();
    assert_eq!(days, [day(3), day(2), day(1)]);
    assert!(audits.iter().all(|audit| audit.statistics.sold == 1));
    let stay = booking.first().id;
    let nights = [1, 2, 3].map(|night| (stay, day(night)));
    assert_eq!(motel.told().await, nights);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_at_once_close_each_day_once() {
    let motel = Motel::open().await;
    let booking = motel.book(1, 5).await;
    motel.check_in(&booking, now()).await;
    let clock = Arc::new(FixedClock::at(now()));
    let chore = CloseDays::new(clock.clone());
    chore.run(motel.test.db()).await.unwrap();
    clock.advance(Duration::days(5));

    futures::future::join_all((0..4).map(|_| chore.run(motel.test.db())))
        .await
        .into_iter()
        .for_each(|outcome| outcome.unwrap());

    assert_eq!(motel.business_date().await, day(6));
    assert_eq!(motel.count("night_audit.audits").await, 5);
    assert_eq!(motel.told().await.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_passes_in_a_sandbox_whose_clock_is_moved() {
    let motel = Motel::open().await;
    let clock = FixedClock::at(now());
    let (db, id) = (motel.test.db(), motel.property.id);
    assert_eq!(catch_up(db, &clock, motel.tenant, id).await.unwrap(), 0);
    let mut admin = motel.test.admin().await;
    let offset = format!(
        "UPDATE tenancy.properties SET clock_offset_seconds = {}",
        30 * 86_400
    );
    diesel_async::RunQueryDsl::execute(diesel::sql_query(offset), &mut admin)
        .await
        .unwrap();
    let mut tx = db.platform("who is due").await.unwrap();
    let due = queries::due(&mut tx, now()).await.unwrap();
    assert_eq!(due, [(motel.tenant, id)]);
    drop(tx);
    assert_eq!(catch_up(db, &clock, motel.tenant, id).await.unwrap(), 30);
    assert_eq!(motel.business_date().await, day(1) + Days::new(30));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_property_that_closes_by_hand_is_left_alone() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let schedule = keep_schedule(&mut tx, &motel.property, now())
        .await
        .unwrap();
    change_schedule(&mut tx, &motel.property, None, (false, schedule.at), now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let clock = Arc::new(FixedClock::at(now() + Days::new(9)));
    CloseDays::new(clock).run(motel.test.db()).await.unwrap();
    assert_eq!(motel.count("night_audit.audits").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_sees_no_audit_of_ours() {
    let motel = Motel::open().await;
    motel.close(1).await.unwrap();
    let stranger = other_tenant(&motel.test).await;
    let mut tx = motel.test.db().tenant(stranger.tenant).await.unwrap();
    assert_eq!(
        queries::find(&mut tx, motel.property.id, day(1))
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        queries::schedule(&mut tx, motel.property.id).await.unwrap(),
        None
    );
    let listed = queries::list(&mut tx, motel.property.id, None, 10)
        .await
        .unwrap();
    assert_eq!(listed, []);
}

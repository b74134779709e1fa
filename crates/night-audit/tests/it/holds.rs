//! Which holds an audit releases: those whose nights it has locked.

use std::time::Duration;

use diesel::sql_types::BigInt;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::motel::{Motel, now};

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Locks the counters of a night of December, as another command would.
async fn hold_counters(motel: &Motel, night: u32) -> AsyncPgConnection {
    let mut other = motel.test.admin().await;
    let lock = format!(
        "BEGIN; SELECT FROM inventory.nightly_counters WHERE night = '2026-12-{night:02}' FOR UPDATE"
    );
    other.batch_execute(&lock).await.unwrap();
    other
}

/// Until somebody waits for a lock.
async fn until_somebody_waits(motel: &Motel) {
    let mut admin = motel.test.admin().await;
    loop {
        let waiting: Count = diesel::sql_query(
            "SELECT count(*) AS number FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'",
        )
        .get_result(&mut admin)
        .await
        .unwrap();
        if waiting.number > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// An audit that has locked guests in the house may not wait for nights any more: who has those may be waiting for it.
#[tokio::test(flavor = "multi_thread")]
async fn an_audit_waits_for_no_night_of_a_hold_that_came_after_it_began() {
    let motel = Motel::open().await;
    motel.hold(5, 1).await;
    let first = hold_counters(&motel, 5).await;
    let audit = async { motel.close_at(1, now() + chrono::Duration::hours(1)).await };
    let meanwhile = async {
        until_somebody_waits(&motel).await;
        motel.hold(20, 1).await;
        let second = hold_counters(&motel, 20).await;
        drop(first);
        second
    };
    let both = async { tokio::join!(audit, meanwhile) };
    let (audit, second) = tokio::time::timeout(Duration::from_secs(8), both)
        .await
        .expect("the audit waits for the night of the second hold");
    drop(second);
    assert_eq!(audit.unwrap().report.holds_released, 1);
    let held = "bookings.reservations WHERE status = 'held'";
    assert_eq!(motel.count(held).await, 1, "the second goes by itself");
}

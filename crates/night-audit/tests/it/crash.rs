//! A run that ends half-way leaves nothing, and the next one does all of it.

use diesel_async::RunQueryDsl;
use motel_bookings::By;
use motel_night_audit::commands::close_day;

use crate::motel::{Motel, day, now, on};

/// What a run writes.
const TRACES: [&str; 5] = [
    "night_audit.audits",
    "night_audit.charged_nights",
    "jobs.events WHERE kind IN ('reservation.night_charged', 'reservation.no_show', 'night.audited')",
    "bookings.reservations WHERE status = 'no_show'",
    "bookings.business_dates WHERE date > '2026-12-01'",
];

async fn traces(motel: &Motel) -> Vec<i64> {
    let mut counts = Vec::new();
    for what in TRACES {
        counts.push(motel.count(what).await);
    }
    counts
}

/// Two guests in the house and one who does not come.
async fn evening() -> Motel {
    let motel = Motel::open().await;
    for _ in 0..2 {
        let booking = motel.book(1, 3).await;
        motel.check_in(&booking, now()).await;
    }
    motel.book(1, 1).await;
    motel
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_dropped_leaves_nothing() {
    let motel = evening().await;
    let mut tx = motel.tx().await;
    close_day(&mut tx, &motel.property, day(1), &By::system(), on(1))
        .await
        .unwrap();
    drop(tx);
    assert_eq!(traces(&motel).await, [0; 5]);
    assert_eq!(motel.business_date().await, day(1));

    let audit = motel.close(1).await.unwrap();
    assert_eq!(audit.report.charged.len(), 2);
    assert_eq!(traces(&motel).await, [1, 2, 4, 1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_whose_connection_is_killed_at_any_step_leaves_nothing() {
    let motel = evening().await;
    let mut admin = motel.test.admin().await;
    // The server ends the session itself, in the middle of the statement that writes to each of these.
    diesel::sql_query(
        "CREATE FUNCTION pull_the_plug() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
         BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$",
    )
    .execute(&mut admin)
    .await
    .unwrap();
    for table in [
        "night_audit.charged_nights",
        "bookings.reservation_events",
        "bookings.business_dates",
        "night_audit.audits",
    ] {
        let trigger = format!(
            "CREATE TRIGGER plug BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION pull_the_plug()"
        );
        diesel::sql_query(trigger)
            .execute(&mut admin)
            .await
            .unwrap();
        motel.close(1).await.expect_err(table);
        assert_eq!(traces(&motel).await, [0; 5], "{table}");
        let drop = format!("DROP TRIGGER plug ON {table}");
        diesel::sql_query(drop).execute(&mut admin).await.unwrap();
    }
    motel.close(1).await.unwrap();
    assert_eq!(traces(&motel).await, [1, 2, 4, 1, 1]);
}

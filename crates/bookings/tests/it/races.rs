//! Many at once, and one that dies half-way.

use diesel::dsl::sql;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use futures::future::join_all;
use motel_bookings::BookingError;
use motel_bookings::commands::book;

use crate::desk::{Desk, noon, request, stay};

async fn count(desk: &Desk, query: &str) -> i64 {
    diesel::select(sql::<BigInt>(query))
        .get_result(&mut desk.database.admin().await)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_win_as_there_are_rooms_and_the_rest_hear_that_it_is_sold_out() {
    let desk = Desk::open().await;
    let requests: Vec<_> = (0..40)
        .map(|n| {
            request(
                "king_suite",
                stay(n % 3, 3),
                &format!("guest{n}@example.com"),
            )
        })
        .collect();
    let answers = join_all(requests.iter().map(|wanted| desk.book(wanted, None))).await;

    // All forty want night 2, and three suites have it.
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
    let sold_out = |answer: &&Result<_, _>| matches!(answer, Err(BookingError::SoldOut { .. }));
    assert_eq!(answers.iter().filter(sold_out).count(), 37);
    assert_eq!(desk.free(&desk.rooms.king_suite, stay(2, 1)).await, [0]);
    assert_eq!(
        count(
            &desk,
            "(SELECT deadlocks FROM pg_stat_database WHERE datname = current_database())"
        )
        .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_whose_connection_is_killed_half_way_leaves_nothing() {
    let desk = Desk::open().await;
    let mut tx = desk.tx().await;
    let wanted = request("standard_queen", stay(1, 3), "ana@example.com");
    book(&mut tx, &desk.demo.property, &wanted, None, noon())
        .await
        .unwrap();
    let backend: i32 = diesel::select(sql::<diesel::sql_types::Integer>("pg_backend_pid()"))
        .get_result(tx.conn())
        .await
        .unwrap();
    let killed =
        format!("(SELECT count(*) FROM (SELECT pg_terminate_backend({backend}, 5000)) AS killed)");
    assert_eq!(count(&desk, &killed).await, 1);
    assert!(tx.commit().await.is_err());

    assert_eq!(
        desk.free(&desk.rooms.standard_queen, stay(1, 3)).await,
        [5, 5, 5]
    );
    for table in [
        "bookings.bookings",
        "bookings.reservations",
        "bookings.quotes",
        "guests.guests",
        "jobs.events",
    ] {
        assert_eq!(
            count(&desk, &format!("(SELECT count(*) FROM {table})")).await,
            0,
            "{table}"
        );
    }
}

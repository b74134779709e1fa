//! Another tenant gets nowhere, through any public function.

use motel_bookings::commands::{book_quote, cancel, quote};
use motel_bookings::{BookingError, BookingSource, By, queries};
use motel_tenancy::testing::other_tenant;

use crate::desk::{Desk, noon, request, stay, today};

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_sees_changes_and_books_nothing_of_ours() {
    let desk = Desk::open().await;
    let wanted = request("king_suite", stay(2, 2), "ana@example.com");
    let ours = desk.book(&wanted, None).await.unwrap().booking;
    let mut tx = desk.tx().await;
    let quoted = quote(&mut tx, &desk.demo.property, &wanted.stays, noon())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let other = other_tenant(&desk.database).await;
    let mut tx = desk.database.db().tenant(other.tenant).await.unwrap();
    let not_found =
        |outcome: Result<_, BookingError>| matches!(outcome, Err(BookingError::NotFound));
    assert!(not_found(queries::find(&mut tx, ours.id).await));
    assert!(not_found(queries::find_by_code(&mut tx, &ours.code).await));
    assert!(not_found(
        queries::find_for_guest(&mut tx, &ours.code, &ours.booker.email).await
    ));
    assert!(not_found(
        cancel(&mut tx, &other.property, ours.id, &By::guest(), noon()).await
    ));
    assert!(matches!(
        queries::standing_quote(&mut tx, quoted.id, noon()).await,
        Err(BookingError::QuoteExpired { .. })
    ));
    let borrowed = book_quote(
        &mut tx,
        &other.property,
        quoted.id,
        &wanted.guest,
        BookingSource::Api,
        None,
        noon(),
    )
    .await;
    assert!(matches!(borrowed, Err(BookingError::QuoteExpired { .. })));
    assert!(queries::newest(&mut tx, 10).await.unwrap().is_empty());
    assert!(
        queries::arrivals(&mut tx, stay(2, 1).arrival())
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        queries::departures(&mut tx, stay(2, 2).departure())
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        queries::stays_on(&mut tx, stay(2, 1).arrival())
            .await
            .unwrap(),
        0
    );

    // Our property handed to a transaction of theirs: the rows are not theirs to read, so nothing is offered.
    let foreign = quote(&mut tx, &desk.demo.property, &wanted.stays, noon()).await;
    assert!(matches!(foreign, Err(BookingError::UnknownUnitGroup(_))));
    assert!(today() < stay(2, 1).arrival());
}

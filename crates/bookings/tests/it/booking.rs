//! Making a booking.

use diesel_async::SimpleAsyncConnection;
use motel_bookings::commands::{QUOTE_STANDS, book, book_quote, quote};
use motel_bookings::{BookingError, BookingSource, queries};
use motel_kernel::{Currency, Money, QuoteId};

use crate::desk::{Desk, noon, request, stay};

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_takes_its_nights_a_unit_and_the_price_it_was_quoted() {
    let desk = Desk::open().await;
    // Thursday, Friday and Saturday: 120 + 144 + 144, and 12 % on top.
    let dates = stay(2, 3);
    let booking = desk
        .book(&request("standard_queen", dates, "ana@example.com"), None)
        .await
        .unwrap()
        .booking;

    assert_eq!(booking.total(), Money::new(45_696, Currency::USD));
    assert_eq!(
        booking.free_until(),
        Some("2026-12-02T20:00:00Z".parse().unwrap())
    );
    assert!(booking.first().unit.is_some());
    assert_eq!(
        desk.free(&desk.rooms.standard_queen, stay(1, 5)).await,
        [5, 4, 4, 4, 5]
    );
    assert_eq!(desk.free(&desk.rooms.king_suite, dates).await, [3, 3, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guest_finds_it_with_code_and_address_and_with_nothing_less() {
    let desk = Desk::open().await;
    let booking = desk
        .book(&request("king_suite", stay(0, 1), "ana@example.com"), None)
        .await
        .unwrap()
        .booking;
    let mut tx = desk.tx().await;

    let found = queries::find_for_guest(&mut tx, &booking.code, &booking.booker.email)
        .await
        .unwrap();
    assert_eq!(found, booking);
    let stranger = "eve@example.com".parse().unwrap();
    let refused = queries::find_for_guest(&mut tx, &booking.code, &stranger).await;
    assert!(matches!(refused, Err(BookingError::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_room_is_sold_once() {
    let desk = Desk::open().await;
    for guest in ["a@example.com", "b@example.com"] {
        desk.book(&request("pet_friendly", stay(5, 2), guest), None)
            .await
            .unwrap();
    }
    let refused = desk
        .book(&request("pet_friendly", stay(6, 2), "c@example.com"), None)
        .await;
    assert!(
        matches!(refused, Err(BookingError::SoldOut { night }) if night == stay(6, 1).arrival())
    );
    desk.book(&request("pet_friendly", stay(7, 2), "c@example.com"), None)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_is_honoured_once_and_until_it_expires() {
    let desk = Desk::open().await;
    let wanted = request("king_suite", stay(20, 2), "ana@example.com");
    let property = &desk.demo.property;
    let mut tx = desk.tx().await;
    let quoted = quote(&mut tx, property, &wanted.stays, noon())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let late = noon() + QUOTE_STANDS;

    let mut tx = desk.tx().await;
    let expired = book_quote(
        &mut tx,
        property,
        quoted.id,
        &wanted.guest,
        BookingSource::Chat,
        None,
        late,
    )
    .await;
    assert!(matches!(expired, Err(BookingError::QuoteExpired { .. })));
    drop(tx);

    let mut tx = desk.tx().await;
    let booked = book_quote(
        &mut tx,
        property,
        quoted.id,
        &wanted.guest,
        BookingSource::Chat,
        None,
        noon(),
    )
    .await;
    tx.commit().await.unwrap();
    assert_eq!(booked.unwrap().booking.first().price, quoted.stays[0].price);

    let mut tx = desk.tx().await;
    let again = book_quote(
        &mut tx,
        property,
        quoted.id,
        &wanted.guest,
        BookingSource::Chat,
        None,
        noon(),
    )
    .await;
    assert!(matches!(again, Err(BookingError::QuoteExpired { .. })));
    let mut tx = desk.tx().await;
    let made_up = book_quote(
        &mut tx,
        property,
        QuoteId::new(),
        &wanted.guest,
        BookingSource::Chat,
        None,
        noon(),
    )
    .await;
    assert!(matches!(made_up, Err(BookingError::QuoteExpired { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_price_than_the_agreed_one_is_refused() {
    let desk = Desk::open().await;
    let mut wanted = request("standard_queen", stay(1, 1), "ana@example.com");
    wanted.agreed = Some(Money::new(100, Currency::USD));
    let refused = desk.book(&wanted, None).await;
    assert!(matches!(refused, Err(BookingError::PriceChanged { .. })));
    assert_eq!(desk.free(&desk.rooms.standard_queen, stay(1, 1)).await, [5]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_offered_is_refused_with_its_reason() {
    let desk = Desk::open().await;
    let mut crowd = request("standard_queen", stay(1, 1), "ana@example.com");
    crowd.stays[0].party = motel_kernel::Party::new(2, 2, 0).unwrap();
    let refused = desk.book(&crowd, None).await;
    assert!(
        matches!(
            refused,
            Err(BookingError::NotOffered {
                code: "too_many_guests",
                ..
            })
        ),
        "{refused:?}"
    );

    let unknown = desk
        .book(&request("igloo", stay(1, 1), "ana@example.com"), None)
        .await;
    assert!(matches!(unknown, Err(BookingError::UnknownUnitGroup(_))));

    let yesterday =
        motel_kernel::StayDates::from_nights(crate::desk::today().pred_opt().unwrap(), 2).unwrap();
    let mut tx = desk.tx().await;
    let past = book(
        &mut tx,
        &desk.demo.property,
        &request("king_suite", yesterday, "a@example.com"),
        None,
        noon(),
    )
    .await;
    assert!(matches!(
        past,
        Err(BookingError::NotOffered {
            code: "in_past",
            ..
        })
    ));
}

/// Gives the second booking that is tried the code of the first.
const SAME_CODE_AGAIN: &str = "
    CREATE SEQUENCE bookings.tried;
    GRANT USAGE ON SEQUENCE bookings.tried TO motel_app;
    CREATE FUNCTION bookings.same_code_again() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF nextval('bookings.tried') = 2 THEN
            SELECT code INTO NEW.code FROM bookings.bookings;
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER same_code_again BEFORE INSERT ON bookings.bookings
        FOR EACH ROW EXECUTE FUNCTION bookings.same_code_again();";

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_taken_is_drawn_again() {
    let desk = Desk::open().await;
    let mut admin = desk.database.admin().await;
    admin.batch_execute(SAME_CODE_AGAIN).await.unwrap();
    let wanted = request("standard_queen", stay(2, 3), "ana@example.com");

    let first = desk.book(&wanted, None).await.unwrap().booking;
    let second = desk.book(&wanted, None).await.unwrap().booking;

    assert_ne!(first.code, second.code);
    let read = queries::find(&mut desk.tx().await, second.id)
        .await
        .unwrap();
    assert_eq!(read.code, second.code, "what was answered is what stands");
}

//! The same request twice.

use futures::future::join_all;
use motel_bookings::{BookingError, IdempotencyKey};

use crate::desk::{Desk, request, stay};

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::parse(text).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn repeating_a_request_books_once_and_changing_it_is_refused() {
    let desk = Desk::open().await;
    let wanted = request("king_suite", stay(2, 2), "ana@example.com");
    let first = desk.book(&wanted, Some(&key("k1"))).await.unwrap();
    let again = desk.book(&wanted, Some(&key("k1"))).await.unwrap();
    assert!(!first.replayed && again.replayed);
    assert_eq!(first.booking, again.booking);

    let other = request("king_suite", stay(2, 3), "ana@example.com");
    assert!(matches!(
        desk.book(&other, Some(&key("k1"))).await,
        Err(BookingError::KeyReused)
    ));
    assert_eq!(
        desk.free(&desk.rooms.king_suite, stay(2, 3)).await,
        [2, 2, 3]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_does_not_burn_its_key() {
    let desk = Desk::open().await;
    let wanted = request("igloo", stay(2, 2), "ana@example.com");
    assert!(desk.book(&wanted, Some(&key("k2"))).await.is_err());
    let right = request("king_suite", stay(2, 2), "ana@example.com");
    assert!(!desk.book(&right, Some(&key("k2"))).await.unwrap().replayed);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_at_once_with_one_key_make_one_booking() {
    let desk = Desk::open().await;
    let wanted = request("standard_queen", stay(4, 1), "ana@example.com");
    let one_key = key("race");
    let answers = join_all((0..20).map(|_| desk.book(&wanted, Some(&one_key)))).await;
    let codes: std::collections::HashSet<_> = answers
        .iter()
        .map(|answer| answer.as_ref().unwrap().booking.code.clone())
        .collect();
    assert_eq!(codes.len(), 1);
    assert_eq!(
        answers
            .iter()
            .filter(|answer| !answer.as_ref().unwrap().replayed)
            .count(),
        1
    );
    assert_eq!(desk.free(&desk.rooms.standard_queen, stay(4, 1)).await, [4]);
}

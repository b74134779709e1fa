//! Several folios of a booking: routing, moving, splitting.

use motel_billing::commands::{self, HandKind, Moved};
use motel_billing::{BillingError, ChargeClass, Folio, FolioKind, PostingKind, queries};
use motel_bookings::{Booking, By};
use motel_kernel::{Actor, FolioId, PostingId};

use crate::motel::{Motel, day, usd};

/// The guests' folio and a company's.
async fn two(motel: &Motel, booking: &Booking) -> [Folio; 2] {
    let guest = motel.keep(booking).await;
    let mut tx = motel.tx().await;
    let company = commands::open_folio(&mut tx, booking, FolioKind::Company, "Acme Ltd")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    [guest, company]
}

async fn route(motel: &Motel, booking: &Booking, rules: &[(ChargeClass, FolioId)]) {
    let mut tx = motel.tx().await;
    commands::put_routing(&mut tx, booking, rules)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn posted(motel: &Motel, folio: &Folio) -> i64 {
    let mut tx = motel.tx().await;
    let lines = queries::postings(&mut tx, folio).await.unwrap();
    lines.iter().map(|line| line.amount.minor()).sum()
}

async fn balance(motel: &Motel, folio: &Folio) -> i64 {
    let mut tx = motel.tx().await;
    queries::balance(&mut tx, folio).await.unwrap().minor()
}

async fn move_it(
    motel: &Motel,
    from: &Folio,
    to: &Folio,
    what: Moved,
) -> Result<Vec<PostingId>, BillingError> {
    let mut tx = motel.tx().await;
    let moved = commands::transfer(&mut tx, from.id, to.id, what, By::system()).await?;
    tx.commit().await.unwrap();
    Ok(moved)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_company_pays_the_room_and_the_guests_pay_the_rest() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let [guest, company] = two(&motel, &booking).await;
    // Friday was posted before anybody spoke of a company: it stays where it is.
    motel.charge(&booking, day(3)).await;
    let friday = posted(&motel, &guest).await;
    let rules = [
        (ChargeClass::Room, company.id),
        (ChargeClass::Tax, company.id),
    ];
    route(&motel, &booking, &rules).await;
    let owed = booking.total().minor();
    // What is to come is sorted too: each is asked for what is theirs.
    let rest = balance(&motel, &company).await;
    assert!(rest > 0);
    assert_eq!(balance(&motel, &guest).await + rest, owed);
    let link = motel.link(&booking).await;
    assert_eq!(link.amount.minor(), owed - rest);

    motel.charge(&booking, day(4)).await;
    assert_eq!(posted(&motel, &company).await, rest);
    assert_eq!(posted(&motel, &guest).await, balance(&motel, &guest).await);
    assert!(posted(&motel, &guest).await >= friday);
    let accounts = motel.accounts().await;
    assert!(accounts.contains(&("city_ledger".to_owned(), rest)));

    // A charge that no longer holds is taken back where it stands, and told again nothing happens.
    let cancelled = motel.cancel(&booking, crate::motel::now()).await;
    motel.keep(&cancelled).await;
    motel.keep(&cancelled).await;
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_moved_once_and_moved_back_when_it_is_taken_back() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let [guest, company] = two(&motel, &booking).await;
    motel.charge(&booking, day(3)).await;
    let before = posted(&motel, &guest).await;
    let mut tx = motel.tx().await;
    let lines = queries::postings(&mut tx, &guest).await.unwrap();
    drop(tx);
    let room = lines
        .iter()
        .find(|line| line.kind == PostingKind::Charge)
        .unwrap();
    let pair = move_it(&motel, &guest, &company, Moved::Posting(room.id))
        .await
        .unwrap();
    assert_eq!(posted(&motel, &company).await, room.amount.minor());
    assert_eq!(posted(&motel, &guest).await, before - room.amount.minor());
    // Neither again, nor one side of it alone, nor a line of nowhere, nor to itself.
    for (from, to, line) in [
        (&guest, &company, room.id),
        (&company, &guest, pair[1]),
        (&company, &guest, room.id),
        (&guest, &guest, lines[1].id),
    ] {
        let outcome = move_it(&motel, from, to, Moved::Posting(line)).await;
        let refused = matches!(
            outcome,
            Err(BillingError::NotMovable | BillingError::NotFound(_))
        );
        assert!(refused, "{outcome:?}");
    }
    for line in &pair {
        let mut tx = motel.tx().await;
        let outcome = commands::reverse(&mut tx, *line, Actor::System, "x").await;
        assert!(matches!(outcome, Err(BillingError::NotReversible)));
    }
    // The night gets free: it is moved back and taken back, and the company owes nothing.
    let mut tx = motel.tx().await;
    commands::reverse(&mut tx, room.id, Actor::System, "a gift")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(posted(&motel, &company).await, 0);
    assert_eq!(posted(&motel, &guest).await, before - room.amount.minor());
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_is_split_off_but_no_more_than_is_owed() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let other = motel.book_nights(6, 1, 0).await;
    let [guest, company] = two(&motel, &booking).await;
    let elsewhere = motel.keep(&other).await;
    motel.charge(&booking, day(3)).await;
    let owed = posted(&motel, &guest).await;
    for minor in [0, -1, owed + 1, i64::MAX, i64::MIN] {
        let outcome = move_it(&motel, &guest, &company, Moved::Amount(usd(minor))).await;
        assert!(matches!(outcome, Err(BillingError::NotMovable)), "{minor}");
    }
    move_it(&motel, &guest, &company, Moved::Amount(usd(1_000)))
        .await
        .unwrap();
    move_it(&motel, &guest, &elsewhere, Moved::Amount(usd(500)))
        .await
        .unwrap();
    assert_eq!(posted(&motel, &guest).await, owed - 1_500);
    assert_eq!(posted(&motel, &company).await, 1_000);
    assert_eq!(posted(&motel, &elsewhere).await, 500);
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_bookings_that_move_to_each_other_do_not_wait_in_a_circle() {
    let motel = Motel::open().await;
    let (one, two) = (motel.book().await, motel.book().await);
    let (first, second) = (motel.keep(&one).await, motel.keep(&two).await);
    for folio in [&first, &second] {
        let extra = HandKind::Extra("minibar".to_owned());
        motel.by_hand(folio, extra, 10_000).await.unwrap();
    }
    let moves = (0..20).map(|nth| {
        let (from, to) = match nth % 2 {
            0 => (&first, &second),
            _ => (&second, &first),
        };
        move_it(&motel, from, to, Moved::Amount(usd(100)))
    });
    for outcome in futures::future::join_all(moves).await {
        outcome.unwrap();
    }
    assert_eq!(posted(&motel, &first).await, 10_000);
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_names_a_folio_of_its_own_booking() {
    let motel = Motel::open().await;
    let (booking, other) = (motel.book().await, motel.book().await);
    motel.keep(&booking).await;
    let elsewhere = motel.keep(&other).await;
    let mut tx = motel.tx().await;
    let rules = [(ChargeClass::Room, elsewhere.id)];
    let outcome = commands::put_routing(&mut tx, &booking, &rules).await;
    assert!(matches!(outcome, Err(BillingError::NotFound(_))));
}

//! A clerk issues an invoice, and takes it back.

use motel_billing::commands::{self, HandKind, HandPosting};
use motel_bookings::{Booking, By};
use motel_kernel::Money;

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER};

impl Motel {
    async fn charge(&self, booking: &Booking, minor: i64) {
        let mut tx = self.tx().await;
        let folio = commands::keep_folio(&mut tx, booking).await.unwrap();
        let minibar = HandPosting {
            kind: HandKind::Extra("minibar".to_owned()),
            amount: Money::new(minor, booking.total().currency()),
            description: "Minibar".to_owned(),
            service_date: None,
        };
        let posted = commands::post_by_hand(&mut tx, folio.id, minibar, By::system()).await;
        posted.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_issued_once_and_taken_back_once() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let page = format!("/console/bookings/{}", booking.code);
    let invoices = format!("{page}/invoices");
    let wanted = [
        ("kind", "invoice"),
        ("language", "de"),
        ("company", "Souza Ltda"),
    ];
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    assert!(clerk.get(&page).await.shows("Nothing has been issued yet."));
    let too_early = clerk.submit(&invoices, &wanted).await;
    assert_eq!(
        too_early.location,
        format!("{page}?news=nothing_to_invoice")
    );

    motel.charge(&booking, 1_250).await;
    let issued = clerk.submit(&invoices, &wanted).await;
    assert_eq!(
        (issued.status, issued.location),
        (303, format!("{page}?news=issued"))
    );
    let seen = clerk.get(&format!("{page}?news=issued")).await;
    for text in [
        "The document is issued.",
        "INV-2026-000001",
        "Souza Ltda",
        "$12.50",
    ] {
        assert!(seen.shows(text), "{text}: {}", seen.html);
    }
    let again = clerk.submit(&invoices, &wanted).await;
    assert_eq!(again.location, format!("{page}?news=nothing_to_invoice"));

    let credit = seen.html.split('"').find(|part| part.ends_with("/credit"));
    let credit = credit.unwrap().to_owned();
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    let reason = [("reason", "the wrong guest")];
    assert_eq!(stranger.submit(&credit, &reason).await.status, 404);
    assert_eq!(clerk.submit(&credit, &[("reason", "")]).await.status, 422);
    let credited = clerk.submit(&credit, &reason).await;
    assert_eq!(credited.location, format!("{page}?news=credited"));
    let seen = clerk.get(&page).await;
    assert!(
        seen.shows("CN-2026-000001") && !seen.shows("Take it back"),
        "{}",
        seen.html
    );
    let twice = clerk.submit(&credit, &reason).await;
    assert_eq!(twice.location, format!("{page}?news=already_credited"));
    let other = motel.book("Bea Lima", 9, 1).await;
    let mixed = credit.replace(booking.code.as_str(), other.code.as_str());
    assert_eq!(clerk.submit(&mixed, &reason).await.status, 404);
}

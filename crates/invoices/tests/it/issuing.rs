//! What stands on an invoice and on a receipt.

use motel_billing::commands::{HandKind, Moved, transfer};
use motel_billing::{FolioKind, commands};
use motel_bookings::By;
use motel_invoices::commands::IssueRequest;
use motel_invoices::{Addressee, Language};

use crate::motel::{Motel, day, invoice, lines_of, now, receipt};

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_what_is_posted_and_not_invoiced_yet() {
    let motel = Motel::open().await;
    let (booking, folio) = motel.stayed().await;
    motel.pay(folio, 10_000).await;
    let first = motel.issue(folio).await.unwrap();
    assert_eq!(lines_of(&first), [("Room", 14_400), ("Room tax", 1_728)]);
    let snapshot = &first.snapshot;
    assert_eq!(snapshot.total.minor(), 16_128);
    assert_eq!(snapshot.payments[0].description, "Payment, cash");
    assert_eq!(snapshot.balance.minor(), 6_128);
    assert_eq!(snapshot.addressee.name, "Ana Souza");
    assert_eq!(snapshot.issuer.name, "Motel DM001");
    assert_eq!(snapshot.stay, Some((day(3), day(5))));
    let tax = &snapshot.taxes[0];
    assert_eq!((tax.tax.code.as_str(), tax.included), ("tax", false));
    assert_eq!(tax.tax.rate.unwrap().value(), 1_200);
    assert_eq!(tax.amount.minor(), 1_728);

    let again = motel.issue(folio).await.unwrap_err();
    assert_eq!(again.code(), "nothing_to_invoice");
    motel.charge(&booking, day(4)).await;
    let second = motel.issue(folio).await.unwrap();
    assert_eq!(second.snapshot.total.minor(), 16_128);
    assert_eq!(second.snapshot.invoiced_before.minor(), 16_128);
    assert_eq!(second.snapshot.balance.minor(), 22_256);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_before_is_not_mentioned_and_afterwards_it_is() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let minibar = || HandKind::Extra("minibar".to_owned());
    let gone = motel.post(folio, minibar(), 900).await;
    motel.reverse(gone).await;
    let kept = motel.post(folio, minibar(), 450).await;
    let first = motel.issue(folio).await.unwrap();
    assert_eq!(
        lines_of(&first),
        [("Room", 14_400), ("Room tax", 1_728), ("By hand", 450)]
    );
    motel.reverse(kept).await;
    let second = motel.issue(folio).await.unwrap();
    assert_eq!(lines_of(&second), [("By hand: not theirs", -450)]);
    assert_eq!(second.snapshot.balance.minor(), 16_128);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_gets_the_line_that_was_moved_to_it_with_its_tax() {
    let motel = Motel::open().await;
    let (booking, folio) = motel.stayed().await;
    let mut tx = motel.tx().await;
    let acme = commands::open_folio(&mut tx, &booking, FolioKind::Company, "Acme").await;
    let acme = acme.unwrap().id;
    let guests = motel_billing::queries::folio_by_id(&mut tx, folio).await;
    let posted = motel_billing::queries::postings(&mut tx, &guests.unwrap().unwrap()).await;
    for posting in posted.unwrap() {
        let what = Moved::Posting(posting.id);
        transfer(&mut tx, folio, acme, what, By::system())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let request = IssueRequest {
        language: Language::De,
        addressee: Addressee {
            company: "Acme GmbH".to_owned(),
            ..Addressee::default()
        },
        ..invoice()
    };
    let issued = motel.issue_as(acme, &request, now()).await.unwrap();
    assert_eq!(
        lines_of(&issued),
        [("Übernachtung", 14_400), ("Room tax", 1_728)]
    );
    assert_eq!(issued.snapshot.lines[0].date, Some(day(3)));
    assert_eq!(issued.snapshot.taxes.len(), 1);
    assert_eq!(issued.snapshot.addressee.lines(), ["Acme GmbH"]);
    // Nothing is left where it was moved from.
    let empty = motel.issue(folio).await.unwrap_err();
    assert_eq!(empty.code(), "nothing_to_invoice");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_is_on_one_receipt() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    motel.pay(folio, 10_000).await;
    let first = motel.issue_as(folio, &receipt(), now()).await.unwrap();
    assert_eq!(lines_of(&first), [("Payment, cash", 10_000)]);
    assert_eq!(first.snapshot.taxes, []);
    let again = motel.issue_as(folio, &receipt(), now()).await.unwrap_err();
    assert_eq!(again.code(), "nothing_to_invoice");
    motel
        .post(folio, HandKind::Refund("cash".to_owned()), 2_500)
        .await;
    let second = motel.issue_as(folio, &receipt(), now()).await.unwrap();
    assert_eq!(lines_of(&second), [("Refund, cash", -2_500)]);
    // A receipt takes nothing off the invoice.
    let invoice = motel.issue(folio).await.unwrap();
    assert_eq!(invoice.snapshot.balance.minor(), 16_128 - 7_500);
}

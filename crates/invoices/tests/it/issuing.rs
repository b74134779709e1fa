//! What stands on an invoice and on a receipt.

use motel_billing::commands::{HandKind, Moved, transfer};
use motel_billing::{FolioKind, commands};
use motel_bookings::By;
use motel_invoices::commands::IssueRequest;
use motel_invoices::{Addressee, Invoice, Language};
use motel_kernel::BasisPoints;
use motel_taxes::commands::create_tax;
use motel_taxes::{Charge, Rounding, TaxDetails, Validity};

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

/// What an invoice says of its taxes: the rate, whether prices hold it, and how much.
fn taxes_of(invoice: &Invoice) -> Vec<(i32, bool, i64)> {
    let taxes = invoice.snapshot.taxes.iter();
    taxes
        .map(|row| {
            let rate = row.tax.rate.map_or(0, BasisPoints::value);
            (rate, row.included, row.amount.minor())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn taxes_within_prices_stand_at_the_rate_of_their_day() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    for (rate, from, until) in [(700, None, Some(day(4))), (1_900, Some(day(4)), None)] {
        let details = TaxDetails {
            code: "vat".to_owned(),
            name: "VAT".to_owned(),
            charge: Charge::Percent(BasisPoints::new(rate).unwrap()),
            included: true,
            covers_fees: true,
            on_top_of: Vec::new(),
            validity: Validity { from, until },
            max_nights: None,
            exempt_flags: Vec::new(),
            age_bands: Vec::new(),
            rounding: Rounding::PerLine,
        };
        create_tax(&mut tx, &motel.property, details).await.unwrap();
    }
    tx.commit().await.unwrap();
    let (booking, folio) = motel.stayed().await;
    motel.charge(&booking, day(4)).await;
    let issued = motel.issue(folio).await.unwrap();
    assert_eq!(lines_of(&issued), [("Room", 14_400), ("Room", 14_400)]);
    assert_eq!(issued.snapshot.total.minor(), 28_800);
    // 144 are 134.58 and 7 % of it, or 121.01 and 19 % of it.
    assert_eq!(taxes_of(&issued), [(700, true, 942), (1_900, true, 2_299)]);
    let note = motel.credit(issued.id, Some(&[2])).await.unwrap();
    assert_eq!(taxes_of(&note), [(1_900, true, -2_299)]);
}

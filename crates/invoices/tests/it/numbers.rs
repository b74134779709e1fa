//! Numbers without gaps, whoever issues at the same time and whatever is rolled back.

use futures::future::join_all;
use motel_invoices::commands::issue;
use motel_invoices::queries::{InvoiceFilter, invoices};
use motel_kernel::{Actor, FolioId};

use crate::motel::{Motel, invoice, now, receipt};

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_at_once_and_some_rolled_back_leave_no_gap() {
    let motel = Motel::open().await;
    let folios = folios(&motel, 10).await;
    let attempts = (0..100_usize).map(|n| {
        let (db, tenant) = (motel.test.db().clone(), motel.tenant);
        let folio = folios[n % folios.len()];
        tokio::spawn(async move {
            let mut tx = db.tenant(tenant).await.unwrap();
            let issued = issue(&mut tx, folio, &invoice(), Actor::System, now()).await;
            // Ten at a time want what one of them gets; every third of those lets go of it again.
            let keeps = issued.is_ok() && n % 3 != 0;
            if keeps {
                tx.commit().await.unwrap();
            }
            keeps
        })
    });
    let kept = join_all(attempts).await;
    let kept = kept.iter().filter(|kept| *kept.as_ref().unwrap()).count();
    assert_eq!(kept, 10, "each folio is invoiced once");
    assert_eq!(numbers(&motel).await, (1..=10).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_and_each_year_has_numbers_of_its_own() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    motel.pay(folio, 1_000).await;
    let printed = |number: motel_invoices::InvoiceNumber| number.to_string();
    let first = motel.issue(folio).await.unwrap();
    let paid = motel.issue_as(folio, &receipt(), now()).await.unwrap();
    let note = motel.credit(first.id, None).await.unwrap();
    // Still December 31 in New York, then New Year.
    let late = "2027-01-01T04:59:59Z".parse().unwrap();
    let later = "2027-01-01T05:00:00Z".parse().unwrap();
    let second = motel.issue_as(folio, &invoice(), late).await.unwrap();
    motel.credit(second.id, None).await.unwrap();
    let third = motel.issue_as(folio, &invoice(), later).await.unwrap();
    let numbers = [first, paid, note, second, third].map(|it| printed(it.snapshot.number));
    assert_eq!(
        numbers,
        [
            "INV-2026-000001",
            "RC-2026-000001",
            "CN-2026-000001",
            "INV-2026-000002",
            "INV-2027-000001"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_came_to_nothing_is_not_kept() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let folio = motel.folio(&booking).await.id;
    let mut tx = motel.tx().await;
    let refused = issue(&mut tx, folio, &invoice(), Actor::System, now()).await;
    assert_eq!(refused.unwrap_err().code(), "nothing_to_invoice");
    // Whoever commits all the same is refused by the database.
    assert!(tx.commit().await.is_err());
    motel.pay(folio, 1_000).await;
    let paid = motel.issue_as(folio, &receipt(), now()).await.unwrap();
    assert_eq!(paid.snapshot.number.sequence, 1);
}

/// So many folios with something on each.
async fn folios(motel: &Motel, count: usize) -> Vec<FolioId> {
    let booking = motel.book().await;
    let mut folios = Vec::new();
    for _ in 0..count {
        let mut tx = motel.tx().await;
        let kind = motel_billing::FolioKind::Guest;
        let opened = motel_billing::commands::open_folio(&mut tx, &booking, kind, "More").await;
        tx.commit().await.unwrap();
        let folio = opened.unwrap().id;
        let minibar = motel_billing::commands::HandKind::Extra("minibar".to_owned());
        motel.post(folio, minibar, 450).await;
        folios.push(folio);
    }
    folios
}

async fn numbers(motel: &Motel) -> Vec<i32> {
    let mut tx = motel.tx().await;
    let all = InvoiceFilter::default();
    let found = invoices(&mut tx, motel.property.id, all, None, 1_000).await;
    let found = found.unwrap();
    let mut numbers: Vec<i32> = found.iter().map(|it| it.snapshot.number.sequence).collect();
    numbers.sort_unstable();
    numbers
}

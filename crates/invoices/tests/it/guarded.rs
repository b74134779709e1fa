//! What PostgreSQL itself refuses, and what another tenant does not see.

use diesel_async::SimpleAsyncConnection;
use motel_invoices::queries::{InvoiceFilter, invoice, invoices};
use motel_tenancy::testing::other_tenant;

use crate::motel::Motel;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_issued_is_not_changed_by_anybody() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let issued = motel.issue(folio).await.unwrap();
    let id = issued.id;
    // The server's own role may not, and the owner is stopped by a trigger.
    for change in [
        "UPDATE invoices.documents SET sequence = 7",
        "DELETE FROM invoices.documents",
        "UPDATE invoices.lines SET credits = true",
        "DELETE FROM invoices.lines",
        "DELETE FROM invoices.series",
        "UPDATE invoices.series SET last = last + 2",
        "UPDATE invoices.series SET last = last - 1",
    ] {
        let mut tx = motel.tx().await;
        assert!(tx.conn().batch_execute(change).await.is_err(), "{change}");
        let mut admin = motel.test.admin().await;
        assert!(admin.batch_execute(change).await.is_err(), "{change}");
    }
    for change in [
        "TRUNCATE invoices.documents, invoices.lines",
        "TRUNCATE invoices.series CASCADE",
        // A number without a document.
        "UPDATE invoices.series SET last = last + 1",
    ] {
        let mut admin = motel.test.admin().await;
        assert!(admin.batch_execute(change).await.is_err(), "{change}");
    }
    let mut tx = motel.tx().await;
    assert_eq!(invoice(&mut tx, id).await.unwrap(), issued);
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_take_turns_whatever_the_code_thinks() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let issued = motel.issue(folio).await.unwrap();
    let posting = issued.snapshot.lines[0].posting;
    let line = |round: i32, credits: bool| {
        format!(
            "INSERT INTO invoices.lines VALUES ('{}', '{}', 99, '{posting}', {round}, {credits})",
            motel.tenant, issued.id
        )
    };
    for (round, credits) in [(1, false), (2, false), (2, true)] {
        let mut admin = motel.test.admin().await;
        let refused = admin.batch_execute(&line(round, credits)).await;
        assert!(refused.is_err(), "{round} {credits}");
    }
    let mut admin = motel.test.admin().await;
    let sound = format!("BEGIN; {}; ROLLBACK", line(1, true));
    admin.batch_execute(&sound).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_finds_nothing() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let issued = motel.issue(folio).await.unwrap();
    let stranger = other_tenant(&motel.test).await;
    let mut tx = motel.test.db().tenant(stranger.tenant).await.unwrap();
    let found = invoice(&mut tx, issued.id).await.unwrap_err();
    assert_eq!(found.code(), "not_found");
    let all = InvoiceFilter::default();
    let listed = invoices(&mut tx, motel.property.id, all, None, 10).await;
    assert_eq!(listed.unwrap(), []);
    drop(tx);
    let theirs = Motel {
        tenant: stranger.tenant,
        property: stranger.property,
        test: motel.test,
    };
    let refused = theirs.issue(folio).await.unwrap_err();
    assert_eq!(refused.code(), "not_found");
    let refused = theirs.credit(issued.id, None).await.unwrap_err();
    assert_eq!(refused.code(), "not_found");
}

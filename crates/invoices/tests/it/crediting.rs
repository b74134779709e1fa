//! What a credit note takes back.

use futures::future::join_all;
use motel_invoices::commands::{CreditRequest, credit};
use motel_invoices::queries::credited;
use motel_kernel::Actor;

use crate::motel::{Motel, lines_of, now, receipt};

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_invoice_is_taken_back_once_and_its_lines_may_be_invoiced_anew() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let first = motel.issue(folio).await.unwrap();
    let note = motel.credit(first.id, None).await.unwrap();
    assert_eq!(lines_of(&note), [("Room", -14_400), ("Room tax", -1_728)]);
    let snapshot = &note.snapshot;
    assert_eq!(snapshot.total, first.snapshot.total.negated().unwrap());
    assert_eq!(snapshot.corrects, Some(first.snapshot.number));
    assert_eq!(snapshot.reason.as_deref(), Some("another address"));
    assert_eq!(snapshot.taxes[0].amount.minor(), -1_728);
    assert_eq!(note.corrects, Some(first.id));
    assert_eq!(snapshot.addressee, first.snapshot.addressee);

    let again = motel.credit(first.id, None).await.unwrap_err();
    assert_eq!(again.code(), "already_credited");
    let anew = motel.issue(folio).await.unwrap();
    assert_eq!(lines_of(&anew), lines_of(&first));
    assert_eq!(anew.snapshot.invoiced_before.minor(), 0);
    motel.credit(anew.id, None).await.unwrap();
    motel.issue(folio).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_taken_back_one_by_one_each_once() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let first = motel.issue(folio).await.unwrap();
    let tax = motel.credit(first.id, Some(&[2])).await.unwrap();
    assert_eq!(lines_of(&tax), [("Room tax", -1_728)]);
    for lines in [&[2][..], &[1, 2]] {
        let refused = motel.credit(first.id, Some(lines)).await.unwrap_err();
        assert_eq!(refused.code(), "already_credited");
    }
    let unknown = motel.credit(first.id, Some(&[3])).await.unwrap_err();
    assert_eq!(unknown.to_string(), "the invoice has no line 3");
    let rest = motel.credit(first.id, None).await.unwrap();
    assert_eq!(lines_of(&rest), [("Room", -14_400)]);
    assert_eq!(rest.snapshot.lines[0].position, 1);
    let mut tx = motel.tx().await;
    let credited = credited(&mut tx, first.id).await.unwrap();
    assert_eq!(credited.into_iter().collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_and_credit_notes_are_not_credited() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    motel.pay(folio, 1_000).await;
    let paid = motel.issue_as(folio, &receipt(), now()).await.unwrap();
    let first = motel.issue(folio).await.unwrap();
    let note = motel.credit(first.id, None).await.unwrap();
    for id in [paid.id, note.id] {
        let refused = motel.credit(id, None).await.unwrap_err();
        assert_eq!(refused.code(), "not_creditable");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_at_once_one_credits() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let id = motel.issue(folio).await.unwrap().id;
    let attempts = (0..20).map(|_| {
        let (db, tenant) = (motel.test.db().clone(), motel.tenant);
        tokio::spawn(async move {
            let request = CreditRequest {
                lines: None,
                reason: "at once".to_owned(),
            };
            let mut tx = db.tenant(tenant).await.unwrap();
            let note = credit(&mut tx, id, &request, Actor::System, now()).await;
            match &note {
                Ok(_) => tx.commit().await.unwrap(),
                Err(error) => assert_eq!(error.code(), "already_credited"),
            }
            note.is_ok()
        })
    });
    let done = join_all(attempts).await;
    let done = done.iter().filter(|done| *done.as_ref().unwrap()).count();
    assert_eq!(done, 1);
}

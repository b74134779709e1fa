//! What stood before there was a ledger is carried over.

use diesel_async::SimpleAsyncConnection;
use motel_payments::EventKind;

use crate::motel::{Motel, day, event, now};

const UP: &str = include_str!("../../../../migrations/20261121022000_billing_journal/up.sql");
const DOWN: &str = include_str!("../../../../migrations/20261121022000_billing_journal/down.sql");

#[tokio::test(flavor = "multi_thread")]
async fn old_lines_get_the_entries_that_they_would_have_today() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    motel.take(&event("evt_1", EventKind::Paid, &link)).await;
    motel.charge(&booking, day(3)).await;
    let night = motel.account(&booking).await.postings.pop().unwrap();
    let mut tx = motel.tx().await;
    let by = motel_kernel::Actor::System;
    motel_billing::commands::reverse(&mut tx, night.id, by, "a gift")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    motel.charge(&booking, day(4)).await;
    let cancelled = motel.book_nights(0, 1, 0).await;
    let cancelled = motel.cancel(&cancelled, now()).await;
    motel.keep(&cancelled).await;

    let accounts = motel.accounts().await;
    let account = motel.account(&booking).await;
    assert!(accounts.len() >= 6, "{accounts:?}");
    let mut admin = motel.test.admin().await;
    for step in [DOWN, UP] {
        let script = format!("BEGIN; {step} COMMIT");
        admin.batch_execute(&script).await.unwrap();
    }
    assert_eq!(motel.accounts().await, accounts);
    assert_eq!(motel.account(&booking).await, account);
    assert_eq!(motel.wrong_in_the_books().await, []);
}

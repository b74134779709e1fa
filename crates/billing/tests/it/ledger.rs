use chrono::NaiveDate;
use diesel::sql_query;
use diesel_async::RunQueryDsl;
use motel_billing::{BillingError, PostingKind, commands, queries};
use motel_kernel::Actor;
use motel_tenancy::testing::other_tenant;

use crate::motel::{Motel, day, usd};

#[tokio::test(flavor = "multi_thread")]
async fn a_folio_opens_with_all_that_was_agreed_to_still_to_come() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    motel.keep(&booking).await;

    let account = motel.account(&booking).await;
    assert_eq!(account.postings, []);
    assert_eq!(account.posted, usd(0));
    // Friday and Saturday at $140 × 1.2, a dog at $20 a night, 12 % on all of it.
    let sum = |kind| -> i64 {
        let of_kind = account.pending.iter().filter(|line| line.kind == kind);
        of_kind.map(|line| line.amount.minor()).sum()
    };
    assert_eq!(
        [PostingKind::Charge, PostingKind::Fee, PostingKind::Tax].map(sum),
        [33_600, 4_000, 4_512]
    );
    assert_eq!(account.balance, booking.total());
    let first = &account.pending[0];
    assert_eq!(
        first.service_date,
        Some(booking.reservations[0].dates.arrival())
    );
    assert_eq!(first.description, "Room, Fri 4 Dec 2026");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_night_is_posted_once_when_it_is_charged_and_the_balance_stays() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let (friday, saturday) = (day(3), day(4));
    let dates = |account: &motel_billing::Account| -> Vec<NaiveDate> {
        let lines = account.postings.iter();
        lines.filter_map(|line| line.service_date).collect()
    };

    futures::future::join_all((0..10).map(|_| motel.charge(&booking, friday))).await;
    let account = motel.account(&booking).await;
    assert!(dates(&account).iter().all(|date| *date == friday));
    assert!(
        account
            .pending
            .iter()
            .all(|line| line.service_date == Some(saturday))
    );
    assert_eq!(account.balance, booking.total());

    motel.charge(&booking, saturday).await;
    motel.charge(&booking, friday).await;
    let account = motel.account(&booking).await;
    assert_eq!(account.pending, []);
    assert_eq!(account.posted, booking.total());
    assert_eq!(account.balance, booking.total());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folio_is_opened_once_by_however_many() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let opened =
        futures::future::join_all((0..20).map(|_| async { motel.keep(&booking).await.id })).await;
    assert!(opened.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(motel.balance(&booking).await, booking.total().minor());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_line_can_be_changed_or_removed() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    motel.keep(&booking).await;
    for statement in [
        "UPDATE billing.postings SET amount_minor = 0",
        "DELETE FROM billing.postings",
        "TRUNCATE billing.postings CASCADE",
        "UPDATE billing.folios SET currency = 'EUR'",
        "DELETE FROM billing.folios",
        "UPDATE billing.gateway_events SET outcome = 'noted'",
    ] {
        let mut tx = motel.tx().await;
        let outcome = sql_query(statement).execute(tx.conn()).await;
        let error = outcome.expect_err(statement).to_string();
        assert!(error.contains("permission denied"), "{statement}: {error}");
    }
    assert_eq!(motel.balance(&booking).await, booking.total().minor());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_taken_back_once_and_a_counter_line_never() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    motel.charge(&booking, day(3)).await;
    let folio = motel.keep(&booking).await;
    let mut tx = motel.tx().await;
    let night = queries::postings(&mut tx, &folio).await.unwrap().remove(0);

    commands::reverse(&mut tx, night.id, Actor::System, "the heating failed")
        .await
        .unwrap();
    let lines = queries::postings(&mut tx, &folio).await.unwrap();
    let counter_line = lines
        .iter()
        .find(|line| line.reverses == Some(night.id))
        .unwrap();
    assert_eq!(counter_line.amount, night.amount.negated().unwrap());
    assert!(counter_line.description.ends_with(": the heating failed"));

    for line in [night.id, counter_line.id] {
        let outcome = commands::reverse(&mut tx, line, Actor::System, "again").await;
        assert!(
            matches!(outcome, Err(BillingError::NotReversible)),
            "{outcome:?}"
        );
    }
    let due = queries::balance(&mut tx, &folio).await.unwrap();
    assert_eq!(due, booking.total().minus(night.amount).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_a_reversal_that_is_not_exact() {
    let motel = Motel::open().await;
    let (first, second) = (motel.book().await, motel.book().await);
    motel.charge(&first, day(3)).await;
    let (folio, elsewhere) = (motel.keep(&first).await, motel.keep(&second).await);
    let mut tx = motel.tx().await;
    let night = queries::postings(&mut tx, &folio).await.unwrap().remove(0);
    drop(tx);
    for (folio, minor) in [(folio.id, -1), (folio.id, 16_800), (elsewhere.id, -16_800)] {
        let mut tx = motel.tx().await;
        let insert = format!(
            "INSERT INTO billing.postings (tenant_id, id, folio_id, kind, description, amount_minor, currency, reverses_id, source)
             VALUES ('{}', gen_random_uuid(), '{folio}', 'reversal', 'x', {minor}, 'USD', '{}', 'x')",
            motel.tenant, night.id
        );
        let error = sql_query(insert)
            .execute(tx.conn())
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains("exactly one line"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_sees_no_folio_and_reverses_no_line() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    motel.charge(&booking, day(3)).await;
    let folio = motel.keep(&booking).await;
    let link = motel.link(&booking).await;
    let stranger = other_tenant(&motel.test).await.tenant;

    let mut tx = motel.tx().await;
    let night = queries::postings(&mut tx, &folio).await.unwrap().remove(0);
    drop(tx);
    let mut tx = motel.test.db().tenant(stranger).await.unwrap();
    assert_eq!(queries::folio(&mut tx, booking.id).await.unwrap(), None);
    assert_eq!(queries::payment_link(&mut tx, link.id).await.unwrap(), None);
    assert!(queries::postings(&mut tx, &folio).await.unwrap().is_empty());
    let balance = queries::balance(&mut tx, &folio).await;
    assert!(matches!(balance, Err(BillingError::Booking(_))));
    let outcome = commands::reverse(&mut tx, night.id, Actor::System, "mischief").await;
    assert!(matches!(outcome, Err(BillingError::NotFound(_))));
}

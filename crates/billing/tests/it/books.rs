//! The ledger behind the folios, and what PostgreSQL itself refuses.

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, sql_query};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motel_billing::commands::{self, HandKind, HandPosting, Taken};
use motel_billing::{BillingError, Folio, queries};
use motel_bookings::{Booking, By};
use motel_kernel::Actor;
use motel_payments::EventKind;
use uuid::Uuid;

use crate::motel::{Motel, day, event, now, usd};

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = Text)]
    account: String,
    #[diesel(sql_type = BigInt)]
    minor: i64,
}

impl Motel {
    /// What each account comes to, past all walls.
    pub(crate) async fn accounts(&self) -> Vec<(String, i64)> {
        let mut admin = self.test.admin().await;
        let sums: Vec<Sum> = sql_query(
            "SELECT trim(trailing ':' from account || ':' || detail) AS account, sum(amount_minor)::bigint AS minor
             FROM billing.entry_lines GROUP BY 1 HAVING sum(amount_minor) <> 0 ORDER BY 1",
        )
        .load(&mut admin)
        .await
        .unwrap();
        sums.into_iter()
            .map(|sum| (sum.account, sum.minor))
            .collect()
    }

    /// What is wrong with the books: entries that are not even, folios that say something else than the ledger, folios
    /// that are owed and hold money at once.
    pub(crate) async fn wrong_in_the_books(&self) -> Vec<(String, i64)> {
        let mut admin = self.test.admin().await;
        let wrong: Vec<Sum> = sql_query(
            "SELECT 'entry ' || entry_id AS account, sum(amount_minor)::bigint AS minor FROM billing.entry_lines
             GROUP BY tenant_id, entry_id HAVING sum(amount_minor) <> 0 OR count(*) < 2
             UNION ALL
             SELECT 'folio ' || f.id, coalesce(lines.minor, 0) - coalesce(posted.minor, 0) FROM billing.folios f
             LEFT JOIN (SELECT folio_id, sum(amount_minor)::bigint AS minor FROM billing.postings GROUP BY 1) posted ON posted.folio_id = f.id
             LEFT JOIN (SELECT folio_id, sum(amount_minor)::bigint AS minor FROM billing.entry_lines GROUP BY 1) lines ON lines.folio_id = f.id
             WHERE coalesce(lines.minor, 0) <> coalesce(posted.minor, 0)
             UNION ALL
             SELECT 'both ' || folio_id, sum(amount_minor)::bigint FROM billing.entry_lines WHERE folio_id IS NOT NULL GROUP BY folio_id
             HAVING (sum(amount_minor) FILTER (WHERE account = 'deposits_held') < 0)
                AND (sum(amount_minor) FILTER (WHERE account <> 'deposits_held') > 0)",
        )
        .load(&mut admin)
        .await
        .unwrap();
        wrong
            .into_iter()
            .map(|sum| (sum.account, sum.minor))
            .collect()
    }

    pub(crate) async fn by_hand(
        &self,
        folio: &Folio,
        kind: HandKind,
        minor: i64,
    ) -> Result<(), BillingError> {
        let wanted = HandPosting {
            kind,
            amount: usd(minor),
            description: "at the desk".to_owned(),
            service_date: None,
        };
        let mut tx = self.tx().await;
        commands::post_by_hand(&mut tx, folio.id, wanted, By::system()).await?;
        tx.commit().await.unwrap();
        Ok(())
    }
}

fn named(accounts: &[(&str, i64)]) -> Vec<(String, i64)> {
    let owned = accounts
        .iter()
        .map(|(name, minor)| ((*name).to_owned(), *minor));
    owned.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_path_of_money_leaves_even_books() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let paid = motel.take(&event("evt_1", EventKind::Paid, &link)).await;
    assert_eq!(paid, Taken::Posted);
    // Before the stay, what was paid is owed to the guest.
    let deposit = [("deposits_held", -42_112), ("payments:stripe", 42_112)];
    assert_eq!(motel.accounts().await, named(&deposit));

    motel.charge(&booking, day(3)).await;
    let friday = motel.account(&booking).await.posted.minor() + 42_112;
    let accounts = motel.accounts().await;
    assert!(accounts.contains(&("deposits_held".to_owned(), friday - 42_112)));

    motel.charge(&booking, day(4)).await;
    let earned = [
        ("payments:stripe", 42_112),
        ("revenue:fee:pets", -4_000),
        ("revenue:room", -33_600),
        ("taxes:tax", -4_512),
    ];
    assert_eq!(motel.accounts().await, named(&earned));

    let folio = motel.keep(&booking).await;
    let cash = || "cash".to_owned();
    motel
        .by_hand(&folio, HandKind::Extra("minibar".to_owned()), 900)
        .await
        .unwrap();
    motel
        .by_hand(&folio, HandKind::Adjustment, -400)
        .await
        .unwrap();
    motel
        .by_hand(&folio, HandKind::Payment(cash()), 1_000)
        .await
        .unwrap();
    motel
        .by_hand(&folio, HandKind::Refund(cash()), 500)
        .await
        .unwrap();
    let all = [
        ("adjustments", 400),
        ("payments:cash", 500),
        ("payments:stripe", 42_112),
        ("revenue:extra:minibar", -900),
        ("revenue:fee:pets", -4_000),
        ("revenue:room", -33_600),
        ("taxes:tax", -4_512),
    ];
    assert_eq!(motel.accounts().await, named(&all));

    let cancelled = motel.book_nights(0, 1, 0).await;
    let cancelled = motel.cancel(&cancelled, now()).await;
    motel.keep(&cancelled).await;
    let fee = cancelled.cancellation().unwrap().fee.minor();
    assert!(fee > 0);
    let accounts = motel.accounts().await;
    assert!(accounts.contains(&("revenue:cancellation".to_owned(), -fee)));
    assert!(accounts.contains(&("guest_ledger".to_owned(), fee)));
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_refunded_than_was_paid_however_many_try_at_once() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let folio = motel.keep(&booking).await;
    let cash = || "cash".to_owned();
    motel
        .by_hand(&folio, HandKind::Payment(cash()), 10_000)
        .await
        .unwrap();
    let refunds =
        (0..10).map(|_| async { motel.by_hand(&folio, HandKind::Refund(cash()), 4_000).await });
    let outcomes = futures::future::join_all(refunds).await;
    let refused = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Err(BillingError::AbovePaid)));
    assert_eq!(refused.count(), 8);
    let made = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(made, 2);
    let euros = HandPosting {
        kind: HandKind::Payment(cash()),
        amount: motel_kernel::Money::new(1, "EUR".parse().unwrap()),
        description: "x".to_owned(),
        service_date: None,
    };
    let mut tx = motel.tx().await;
    let outcome = commands::post_by_hand(&mut tx, folio.id, euros, By::system()).await;
    assert!(matches!(outcome, Err(BillingError::WrongCurrency)));
}

/// An entry as somebody in `psql` would write it, with lines of these accounts, amounts and currencies.
fn entry(motel: &Motel, folio: &Folio, lines: &[(&str, i64, &str)]) -> String {
    let (tenant, id, folio) = (motel.tenant, Uuid::now_v7(), folio.id);
    let mut text = format!(
        "INSERT INTO billing.entries (tenant_id, id, property_id, business_date, actor)
         VALUES ('{tenant}', '{id}', '{}', '2026-12-01', 'system');
         INSERT INTO billing.postings (tenant_id, id, entry_id, folio_id, kind, description, amount_minor, currency, source)
         VALUES ('{tenant}', '{id}', '{id}', '{folio}', 'charge', 'x', 500, 'USD', '{id}');",
        motel.property.id,
    );
    for (number, (account, minor, currency)) in lines.iter().enumerate() {
        let (of, detail) = match *account {
            "guest_ledger" => (format!("'{folio}'"), ""),
            _ => ("NULL".to_owned(), "room"),
        };
        text.push_str(&format!(
            "INSERT INTO billing.entry_lines (tenant_id, entry_id, line, account, detail, folio_id, posting_id, amount_minor, currency)
             VALUES ('{tenant}', '{id}', {}, '{account}', '{detail}', {of}, '{id}', {minor}, '{currency}');",
            number + 1
        ));
    }
    text
}

/// Runs statements as the server's own role and answers why they could not be committed.
async fn committed(motel: &Motel, statements: &str) -> Result<(), String> {
    let mut tx = motel.tx().await;
    if let Err(error) = tx.conn().batch_execute(statements).await {
        return Err(error.to_string());
    }
    tx.commit().await.map_err(|error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        cause.unwrap_or_else(|| error.to_string())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_refuses_an_entry_that_is_not_even_and_a_posting_without_one() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let folio = motel.keep(&booking).await;
    let even = [("guest_ledger", 500, "USD"), ("revenue", -500, "USD")];
    committed(&motel, &entry(&motel, &folio, &even))
        .await
        .unwrap();
    let refused: [&[(&str, i64, &str)]; 5] = [
        &[],
        &[("guest_ledger", 500, "USD")],
        &[("guest_ledger", 500, "USD"), ("revenue", -499, "USD")],
        &[("guest_ledger", 500, "USD"), ("revenue", -500, "EUR")],
        // Even, and not what the posting says.
        &[("guest_ledger", 400, "USD"), ("revenue", -400, "USD")],
    ];
    for lines in refused {
        let error = committed(&motel, &entry(&motel, &folio, lines))
            .await
            .expect_err(&format!("{lines:?}"));
        assert!(
            error.contains("come to nothing") || error.contains("say what"),
            "{lines:?}: {error}"
        );
    }
    // What was even stays even.
    let later = "INSERT INTO billing.entry_lines SELECT tenant_id, entry_id, 9, account, detail, folio_id, posting_id, 1, currency
                 FROM billing.entry_lines WHERE line = 1";
    let error = committed(&motel, later).await.unwrap_err();
    assert!(error.contains("come to nothing"), "{error}");
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_changes_the_ledger_not_even_its_owner() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    motel.charge(&booking, day(3)).await;
    let mut admin = motel.test.admin().await;
    for statement in [
        "UPDATE billing.entries SET reason = 'x'",
        "DELETE FROM billing.entries",
        "UPDATE billing.entry_lines SET amount_minor = 0",
        "DELETE FROM billing.entry_lines",
        "TRUNCATE billing.entry_lines",
        "UPDATE billing.postings SET amount_minor = 0",
        "DELETE FROM billing.postings",
    ] {
        let error = committed(&motel, statement).await.expect_err(statement);
        assert!(error.contains("permission denied"), "{statement}: {error}");
        let error = admin.batch_execute(statement).await.expect_err(statement);
        let error = error.to_string();
        assert!(
            error.contains("in the ledger stays"),
            "{statement}: {error}"
        );
    }
}

async fn close(motel: &Motel, folio: &Folio) -> Result<Folio, BillingError> {
    let mut tx = motel.tx().await;
    let closed = commands::close_folio(&mut tx, folio.id, now()).await?;
    tx.commit().await.unwrap();
    Ok(closed)
}

async fn left(motel: &Motel) -> Booking {
    let booking = motel.book().await;
    motel.charge(&booking, day(3)).await;
    motel.charge(&booking, day(4)).await;
    booking
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folio_is_closed_when_it_is_even_and_then_takes_nothing() {
    let motel = Motel::open().await;
    let booking = left(&motel).await;
    let folio = motel.keep(&booking).await;
    let link = motel.link(&booking).await;
    assert!(matches!(
        close(&motel, &folio).await,
        Err(BillingError::FolioNotEven)
    ));
    // The database thinks so too.
    let shut = format!(
        "UPDATE billing.folios SET closed_at = now() WHERE id = '{}'",
        folio.id
    );
    let error = committed(&motel, &shut).await.unwrap_err();
    assert!(error.contains("when it is even"), "{error}");

    motel.take(&event("evt_1", EventKind::Paid, &link)).await;
    close(&motel, &folio).await.unwrap();
    let again = close(&motel, &folio).await;
    assert!(matches!(again, Err(BillingError::FolioClosed)));
    let extra = motel
        .by_hand(&folio, HandKind::Extra("x".to_owned()), 1)
        .await;
    assert!(matches!(extra, Err(BillingError::FolioClosed)));
    let even = [("guest_ledger", 500, "USD"), ("revenue", -500, "USD")];
    let error = committed(&motel, &entry(&motel, &folio, &even))
        .await
        .unwrap_err();
    assert!(error.contains("folio is closed"), "{error}");

    // The same payment told again counts once; another one stands on a folio of its own.
    let told = motel.take(&event("evt_2", EventKind::Paid, &link)).await;
    assert_eq!(told, Taken::PostedBefore);
    let mut other = event("evt_3", EventKind::Paid, &link);
    other.gateway_reference = "cs_2".to_owned();
    assert_eq!(motel.take(&other).await, Taken::Posted);
    let mut tx = motel.tx().await;
    let folios = queries::folios(&mut tx, booking.id).await.unwrap();
    assert_eq!(folios.len(), 2);
    let sum = queries::balance(&mut tx, &folios[1]).await.unwrap();
    assert_eq!(sum, link.amount.negated().unwrap());
    drop(tx);

    let mut tx = motel.tx().await;
    commands::reopen_folio(&mut tx, folio.id).await.unwrap();
    tx.commit().await.unwrap();
    motel
        .by_hand(&folio, HandKind::Extra("x".to_owned()), 1)
        .await
        .unwrap();
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_taken_back_by_an_entry_that_says_who_and_why() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    motel.charge(&booking, day(3)).await;
    let night = motel.account(&booking).await.postings.remove(0);
    let mut tx = motel.tx().await;
    commands::reverse(&mut tx, night.id, Actor::System, "the heating failed")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut admin = motel.test.admin().await;
    let entries: Vec<Sum> = sql_query(
        "SELECT e.reason || ' by ' || e.actor AS account, p.amount_minor AS minor FROM billing.entries e
         JOIN billing.postings p ON p.entry_id = e.id WHERE p.reverses_id IS NOT NULL",
    )
    .load(&mut admin)
    .await
    .unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].account, "the heating failed by system");
    assert_eq!(entries[0].minor, -night.amount.minor());
    let room = ("revenue:room".to_owned(), 0);
    assert!(
        !motel
            .accounts()
            .await
            .iter()
            .any(|(name, _)| *name == room.0)
    );
}

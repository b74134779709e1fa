//! One card, from its sale to its end.

use chrono::Duration;
use motel_billing::BillingError;
use motel_bookings::By;
use motel_db::DbError;
use motel_kernel::Actor;
use motel_vouchers::{
    GiftCardState, MovementKind, PaidBy, Unusable, VoucherError, commands, queries,
};

use crate::motel::{Motel, asked, day, now, usd};

fn why(refused: Result<impl std::fmt::Debug, VoucherError>) -> Unusable {
    match refused {
        Err(VoucherError::Unusable(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_pays_what_is_owed_and_the_ledger_says_the_same() {
    let motel = Motel::open().await;
    let (card, code) = motel.sell(10_000).await;
    assert_eq!(card.state(now()), GiftCardState::Active);
    assert_eq!(
        (
            motel.ledger("gift_cards").await,
            motel.ledger("payments:cash").await
        ),
        (-10_000, 10_000)
    );

    let booking = motel.book(3).await;
    let total = booking.total().minor();
    let used = motel
        .redeem(&booking, &asked(&code.in_groups()))
        .await
        .unwrap();
    assert_eq!((used.amount, used.title), (usd(10_000), card.title()));
    assert_eq!(motel.balance(&booking).await, total - 10_000);
    assert_eq!(motel.ledger("gift_cards").await, 0);
    // Paid before the stay: a deposit.
    assert_eq!(motel.ledger("deposits_held").await, -10_000);
    assert_eq!(motel.card(card.id).await.state(now()), GiftCardState::Spent);
    assert_eq!(
        why(motel.redeem(&booking, &asked(&code.in_groups())).await),
        Unusable::Spent
    );

    // More than is owed stays on the card.
    let (rich, code) = motel.sell(1_000_000).await;
    motel
        .redeem(&booking, &asked(&code.in_groups().to_lowercase()))
        .await
        .unwrap();
    assert_eq!(motel.balance(&booking).await, 0);
    assert_eq!(motel.left(rich.id).await, 1_000_000 - (total - 10_000));
    let even = motel.redeem(&booking, &asked(&code.in_groups())).await;
    assert!(
        matches!(even, Err(VoucherError::Billing(BillingError::NothingDue))),
        "{even:?}"
    );
    let mut tx = motel.tx().await;
    let moved = queries::movements(&mut tx, rich.id).await.unwrap();
    let kinds: Vec<_> = moved.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [MovementKind::Issued, MovementKind::Redeemed]);
    assert_eq!(moved[1].booking, Some(booking.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_twice_under_one_key_it_pays_once() {
    let motel = Motel::open().await;
    let (card, code) = motel.sell(10_000).await;
    let booking = motel.book(3).await;
    let mut request = asked(&code.in_groups());
    request.key = Some("the same form".to_owned());
    request.most = Some(usd(4_000));
    let first = motel.redeem(&booking, &request).await.unwrap();
    assert_eq!(motel.redeem(&booking, &request).await.unwrap(), first);
    assert_eq!(
        (first.amount, motel.left(card.id).await),
        (usd(4_000), 6_000)
    );
    request.key = Some("another form".to_owned());
    motel.redeem(&booking, &request).await.unwrap();
    assert_eq!(motel.left(card.id).await, 2_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_code_ends_the_one_before() {
    let motel = Motel::open().await;
    let (card, old) = motel.sell(10_000).await;
    let booking = motel.book(3).await;
    let mut tx = motel.tx().await;
    let (card, new) = commands::tell_code(&mut tx, card.id, now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(
        new.in_groups()
            .ends_with(card.last_four.as_deref().unwrap())
    );
    assert_eq!(
        why(motel.redeem(&booking, &asked(&old.in_groups())).await),
        Unusable::Unknown
    );
    motel
        .redeem(&booking, &asked(&new.in_groups()))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenants_card_is_unknown() {
    let motel = Motel::open().await;
    let (card, code) = motel.sell(10_000).await;
    let mut tx = motel.test.db().tenant(motel.other).await.unwrap();
    let theirs = queries::gift_card(&mut tx, card.id).await;
    assert!(matches!(theirs, Err(VoucherError::NotFound(_))));
    assert!(matches!(
        commands::tell_code(&mut tx, card.id, now()).await,
        Err(VoucherError::NotFound(_))
    ));
    let property = motel_tenancy::queries::default_property(&mut tx)
        .await
        .unwrap();
    let owed = queries::liability(&mut tx, property.id, card.balance.currency(), now())
        .await
        .unwrap();
    assert!(owed.rows.is_empty() && owed.ledger.is_zero());
    // Nor does the code say anything to them.
    let booking = motel.book(3).await;
    let by = By::guest();
    let refused = commands::redeem(&mut tx, &booking, &asked(&code.in_groups()), by, now()).await;
    assert!(refused.is_err());
    drop(tx);
    assert_eq!(motel.left(card.id).await, 10_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_off_it_is_on_the_card_again_and_only_once() {
    let motel = Motel::open().await;
    let (card, code) = motel.sell(10_000).await;
    let booking = motel.book(3).await;
    let used = motel
        .redeem(&booking, &asked(&code.in_groups()))
        .await
        .unwrap();
    // The general way of taking a line back does not know of the card.
    let mut tx = motel.tx().await;
    let bare = motel_billing::commands::reverse(&mut tx, used.posting, Actor::System, "oops").await;
    assert!(matches!(bare, Err(BillingError::NotReversible)), "{bare:?}");
    drop(tx);
    let off = motel.take_off(used.id).await.unwrap();
    assert!(off.standing().unwrap().is_zero());
    assert_eq!(
        (motel.left(card.id).await, motel.balance(&booking).await),
        (10_000, booking.total().minor())
    );
    assert_eq!(motel.ledger("gift_cards").await, -10_000);
    assert!(matches!(
        motel.take_off(used.id).await,
        Err(VoucherError::TakenOff)
    ));
    let line = motel.account(&booking).await.postings.pop().unwrap();
    assert!(
        line.description.ends_with(": a mistake"),
        "{}",
        line.description
    );
    // And it can be paid with again.
    motel
        .redeem(&booking, &asked(&code.in_groups()))
        .await
        .unwrap();
    assert_eq!(motel.left(card.id).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_with_it_is_not_refunded_in_cash() {
    let motel = Motel::open().await;
    let (_, code) = motel.sell(10_000).await;
    let booking = motel.book(3).await;
    let used = motel
        .redeem(&booking, &asked(&code.in_groups()))
        .await
        .unwrap();
    let refund = motel_billing::commands::HandPosting {
        kind: motel_billing::commands::HandKind::Refund("cash".to_owned()),
        amount: usd(1),
        description: "Cash".to_owned(),
        service_date: None,
    };
    let mut tx = motel.tx().await;
    let refused =
        motel_billing::commands::post_by_hand(&mut tx, used.folio, refund, By::system()).await;
    assert!(
        matches!(refused, Err(BillingError::AbovePaid)),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_expires_after_its_last_day_and_what_was_left_is_the_houses() {
    let motel = Motel::open().await;
    let (card, code) = motel.sell_until(10_000, Some(day(2))).await;
    let end = card.expires_at.unwrap();
    // Midnight in New York.
    assert_eq!(end.to_rfc3339(), "2026-12-04T05:00:00+00:00");
    let booking = motel.book(9).await;
    assert!(!motel.expire(card.id, end - Duration::seconds(1)).await);
    let early = asked(&code.in_groups());
    let mut part = early.clone();
    part.most = Some(usd(3_000));
    motel
        .redeem_at(&booking, &part, end - Duration::seconds(1))
        .await
        .unwrap();
    assert_eq!(
        why(motel.redeem_at(&booking, &early, end).await),
        Unusable::Expired
    );
    assert!(motel.expire(card.id, end).await);
    assert!(!motel.expire(card.id, end).await, "once");
    assert_eq!(motel.left(card.id).await, 0);
    assert_eq!(motel.ledger("revenue:gift_card_expired").await, -7_000);
    assert_eq!(motel.ledger("gift_cards").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn voided_it_is_paid_back_or_kept() {
    let motel = Motel::open().await;
    let (bought, code) = motel.sell(10_000).await;
    let void = motel.void(bought.id, Some(PaidBy::Cash)).await.unwrap();
    assert_eq!(
        (void.state(now()), void.balance),
        (GiftCardState::Void, usd(0))
    );
    assert_eq!(
        (
            motel.ledger("payments:cash").await,
            motel.ledger("gift_cards").await
        ),
        (0, 0)
    );
    assert!(matches!(
        motel.void(bought.id, None).await,
        Err(VoucherError::AlreadyVoid)
    ));
    let booking = motel.book(3).await;
    assert_eq!(
        why(motel.redeem(&booking, &asked(&code.in_groups())).await),
        Unusable::Void
    );
    let mut tx = motel.tx().await;
    assert_eq!(
        why(commands::tell_code(&mut tx, bought.id, now()).await),
        Unusable::Void
    );
    drop(tx);

    let (lost, _) = motel.sell(2_500).await;
    motel.void(lost.id, None).await.unwrap();
    assert_eq!(motel.ledger("adjustments").await, -2_500);
    let states: Vec<_> = motel
        .liability()
        .await
        .rows
        .iter()
        .map(|row| (row.state, row.cards))
        .collect();
    assert_eq!(states, [(GiftCardState::Void, 2)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_holds_it_whatever_the_code_thinks() {
    let motel = Motel::open().await;
    let (card, _) = motel.sell(1_000).await;
    let (entry, movement) = (
        "SELECT entry_id FROM vouchers.movements LIMIT 1",
        "vouchers.movements",
    );
    let insert = |kind: &str, amount: i64, entry: &str| {
        format!(
            "INSERT INTO {movement} (tenant_id, id, gift_card_id, kind, amount_minor, currency, entry_id, source, moved_at)
             VALUES ('{}', gen_random_uuid(), '{}', '{kind}', {amount}, 'USD', {entry}, gen_random_uuid()::text, now())",
            motel.tenant, card.id
        )
    };
    let fresh = format!(
        "WITH fresh AS (INSERT INTO billing.entries (tenant_id, id, property_id, business_date, actor)
         VALUES ('{0}', gen_random_uuid(), '{1}', '2026-12-01', 'system') RETURNING id)
         INSERT INTO billing.entry_lines (tenant_id, entry_id, line, account, detail, amount_minor, currency)
         SELECT '{0}'::uuid, id, line, account, detail, amount, 'USD' FROM fresh, LATERAL (VALUES
         (1, 'gift_cards', '', -100), (2, 'payments', 'cash', 100)) AS side (line, account, detail, amount)",
        motel.tenant, motel.property.id
    );
    let attempts = [
        (
            insert("voided", -1_001, "gen_random_uuid()"),
            "gift_cards_never_below_nothing",
        ),
        (
            insert("issued", -1, "gen_random_uuid()"),
            "movements_amount_suits_kind",
        ),
        (
            insert("redeemed", -1, "gen_random_uuid()"),
            "movements_on_a_folio",
        ),
        (
            insert("voided", -1, "gen_random_uuid()"),
            "movements_tenant_id_entry_id_fkey",
        ),
        (
            insert("voided", -1, &format!("({entry})")),
            "movements_tenant_id_entry_id_key",
        ),
        (
            "UPDATE vouchers.movements SET amount_minor = 5".to_owned(),
            "movements_are_append_only",
        ),
        (
            "DELETE FROM vouchers.movements".to_owned(),
            "movements_are_append_only",
        ),
        (fresh, "movements_agree_with_the_ledger"),
    ];
    for (attempt, constraint) in attempts {
        let mut admin = motel.test.admin().await;
        let refused =
            diesel_async::SimpleAsyncConnection::batch_execute(&mut admin, &attempt).await;
        let refused = DbError::from(refused.unwrap_err());
        assert!(format!("{refused:?}").contains("Error"), "{refused:?}");
        let DbError::Sql(diesel::result::Error::DatabaseError(_, info)) = refused else {
            panic!("{attempt}");
        };
        assert_eq!(
            info.constraint_name(),
            Some(constraint),
            "{attempt}: {}",
            info.message()
        );
    }
    assert_eq!(motel.left(card.id).await, 1_000);
}

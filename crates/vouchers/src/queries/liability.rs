use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Currency, Money, PropertyId};

use crate::{GiftCardState, Liability, LiabilityRow, VoucherError};

/// The states are those of `GiftCard::state`, in the same order.
const BY_STATE: &str = "
SELECT state, count(*) AS cards, coalesce(sum(balance), 0)::bigint AS balance_minor FROM (
    SELECT coalesce(sum(movement.amount_minor), 0) AS balance, CASE
        WHEN card.voided_at IS NOT NULL THEN 'void'
        WHEN card.expires_at <= $4 THEN 'expired'
        WHEN coalesce(sum(movement.amount_minor), 0) = 0 THEN 'spent'
        ELSE 'active' END AS state
    FROM vouchers.gift_cards card
    LEFT JOIN vouchers.movements movement ON movement.tenant_id = card.tenant_id AND movement.gift_card_id = card.id
    WHERE card.tenant_id = $1 AND card.property_id = $2 AND card.currency = $3
    GROUP BY card.tenant_id, card.id
) AS cards GROUP BY state ORDER BY state";

const BY_LEDGER: &str = "
SELECT coalesce(-sum(line.amount_minor), 0)::bigint AS owed_minor FROM billing.entry_lines line
JOIN billing.entries entry ON entry.tenant_id = line.tenant_id AND entry.id = line.entry_id
WHERE line.tenant_id = $1 AND entry.property_id = $2 AND line.currency = $3 AND line.account = 'gift_cards'";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    state: GiftCardState,
    #[diesel(sql_type = BigInt)]
    cards: i64,
    #[diesel(sql_type = BigInt)]
    balance_minor: i64,
}

#[derive(QueryableByName)]
struct Owed {
    #[diesel(sql_type = BigInt)]
    owed_minor: i64,
}

/// What a property owes on gift cards of one currency, by the cards and by the ledger.
pub async fn liability(
    tx: &mut TenantTx,
    property: PropertyId,
    currency: Currency,
    now: DateTime<Utc>,
) -> Result<Liability, VoucherError> {
    let tenant = tx.tenant();
    let rows: Vec<Row> = sql_query(BY_STATE)
        .bind::<SqlUuid, _>(tenant)
        .bind::<SqlUuid, _>(property)
        .bind::<Text, _>(currency.code())
        .bind::<Timestamptz, _>(now)
        .load(tx.conn())
        .await?;
    let owed: Owed = sql_query(BY_LEDGER)
        .bind::<SqlUuid, _>(tenant)
        .bind::<SqlUuid, _>(property)
        .bind::<Text, _>(currency.code())
        .get_result(tx.conn())
        .await?;
    let rows: Vec<LiabilityRow> = rows
        .into_iter()
        .map(|row| LiabilityRow {
            state: row.state,
            cards: row.cards,
            balance: Money::new(row.balance_minor, currency),
        })
        .collect();
    Ok(Liability {
        total: Money::total(rows.iter().map(|row| row.balance), currency)?,
        ledger: Money::new(owed.owed_minor, currency),
        rows,
    })
}

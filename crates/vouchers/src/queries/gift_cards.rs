use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::model::{CodeDigest, GiftCardRow, MovementRow};
use crate::schema::{gift_cards as table, movements as moves};
use crate::{GiftCard, GiftCardId, Movement, VoucherError};

/// Which gift cards a list shows; a field that is `None` lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GiftCardFilter {
    /// Those whose code ends in these four letters.
    pub last_four: Option<String>,
}

/// One gift card.
///
/// # Errors
/// [`VoucherError::NotFound`], also for another tenant's.
pub async fn gift_card(tx: &mut TenantTx, id: GiftCardId) -> Result<GiftCard, VoucherError> {
    let row: Option<GiftCardRow> = table::table
        .find((tx.tenant(), id))
        .select(GiftCardRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    let row = row.ok_or(VoucherError::NotFound("gift card"))?;
    one(tx, row).await
}

/// The gift card with this code.
pub(crate) async fn gift_card_by_digest(
    tx: &mut TenantTx,
    digest: CodeDigest,
) -> Result<Option<GiftCard>, VoucherError> {
    let row: Option<GiftCardRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::digest.eq(digest.as_bytes()))
        .select(GiftCardRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    match row {
        Some(row) => one(tx, row).await.map(Some),
        None => Ok(None),
    }
}

/// At most `limit` gift cards of a property, the latest first, from the one before `before` on.
pub async fn gift_cards(
    tx: &mut TenantTx,
    property: PropertyId,
    filter: &GiftCardFilter,
    before: Option<GiftCardId>,
    limit: i64,
) -> Result<Vec<GiftCard>, VoucherError> {
    let mut wanted = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .order(table::id.desc())
        .limit(limit)
        .select(GiftCardRow::as_select())
        .into_boxed();
    if let Some(letters) = &filter.last_four {
        wanted = wanted.filter(table::last_four.eq(letters));
    }
    if let Some(before) = before {
        wanted = wanted.filter(table::id.lt(before));
    }
    let rows: Vec<GiftCardRow> = wanted.load(tx.conn()).await?;
    with_balances(tx, rows).await
}

/// What moved on a gift card, the first first.
pub async fn movements(tx: &mut TenantTx, card: GiftCardId) -> Result<Vec<Movement>, VoucherError> {
    let rows: Vec<MovementRow> = moves::table
        .filter(moves::tenant_id.eq(tx.tenant()))
        .filter(moves::gift_card_id.eq(card))
        .order(moves::id)
        .select(MovementRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Movement::try_from).collect()
}

pub(super) async fn with_balances(
    tx: &mut TenantTx,
    rows: Vec<GiftCardRow>,
) -> Result<Vec<GiftCard>, VoucherError> {
    let ids: Vec<GiftCardId> = rows.iter().map(|row| row.id).collect();
    let sums: Vec<(GiftCardId, i64)> = moves::table
        .filter(moves::tenant_id.eq(tx.tenant()))
        .filter(moves::gift_card_id.eq_any(ids))
        .group_by(moves::gift_card_id)
        .select((
            moves::gift_card_id,
            sql::<BigInt>("sum(amount_minor)::bigint"),
        ))
        .load(tx.conn())
        .await?;
    let sums: HashMap<GiftCardId, i64> = sums.into_iter().collect();
    let balance = |id| sums.get(&id).copied().unwrap_or(0);
    rows.into_iter()
        .map(|row| {
            let minor = balance(row.id);
            row.with_balance(minor)
        })
        .collect()
}

async fn one(tx: &mut TenantTx, row: GiftCardRow) -> Result<GiftCard, VoucherError> {
    let mut found = with_balances(tx, vec![row]).await?;
    found.pop().ok_or(VoucherError::NotFound("gift card"))
}

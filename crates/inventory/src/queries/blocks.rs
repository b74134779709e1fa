use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BlockId, PropertyId, UnitGroupId};

use crate::model::BlockRow;
use crate::schema::{blocks, units};
use crate::{Block, BlockKind, InventoryError};

/// The block of that id, cancelled or not.
pub async fn block(tx: &mut TenantTx, id: BlockId) -> Result<Option<Block>, InventoryError> {
    let found: Option<BlockRow> = blocks::table
        .find((tx.tenant(), id))
        .select(BlockRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found.map(Block::try_from).transpose()?)
}

/// The blocks of a property that stand and have a night in `[from, until)`, by their first night.
pub async fn blocks_between(
    tx: &mut TenantTx,
    property: PropertyId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Block>, InventoryError> {
    let found: Vec<BlockRow> = blocks::table
        .filter(blocks::tenant_id.eq(tx.tenant()))
        .filter(blocks::property_id.eq(property))
        .filter(blocks::cancelled_at.is_null())
        .filter(blocks::until.gt(from))
        .filter(blocks::first_night.lt(until))
        .order((blocks::first_night, blocks::id))
        .select(BlockRow::as_select())
        .load(tx.conn())
        .await?;
    let found = found.into_iter().map(Block::try_from);
    Ok(found.collect::<Result<_, _>>()?)
}

/// The out-of-order blocks on units of a group that stand and have a night from `from` on.
pub async fn out_of_order(
    tx: &TenantTx,
    group: UnitGroupId,
    from: NaiveDate,
) -> Result<Vec<Block>, InventoryError> {
    let of_group = units::table
        .filter(units::tenant_id.eq(tx.tenant()))
        .filter(units::unit_group_id.eq(group))
        .select(units::id);
    let found: Vec<BlockRow> = blocks::table
        .filter(blocks::tenant_id.eq(tx.tenant()))
        .filter(blocks::unit_id.eq_any(of_group))
        .filter(blocks::kind.eq(BlockKind::OutOfOrder))
        .filter(blocks::cancelled_at.is_null())
        .filter(blocks::until.gt(from))
        .order((blocks::first_night, blocks::id))
        .select(BlockRow::as_select())
        .load(&mut tx.reading())
        .await?;
    let found = found.into_iter().map(Block::try_from);
    Ok(found.collect::<Result<_, _>>()?)
}

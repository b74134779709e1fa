//! Taking units out of order or out of service, and bringing them back.
//!
//! Lock order: the property's calendar, the nights of the group, whatever the caller moves out of the way, the block.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, BlockId, PropertyId, StayDates};

use super::{LockedNights, check_version, lock_calendar};
use crate::error::is_overlapping_block;
use crate::model::{BlockRow, NewBlock};
use crate::schema::blocks;
use crate::{Block, BlockDetails, BlockKind, InventoryError, queries};

/// Writes a block. Out of order, it takes the unit off sale for its nights; `nights` are those of the unit's group, and
/// the caller has locked the calendar before them and moved every stay out of the unit.
///
/// # Errors
/// [`InventoryError::SoldOut`] when all units of the group are sold on one of the nights,
/// [`InventoryError::AlreadyBlocked`] when the unit is out of order on one of them already.
pub async fn insert_block(
    tx: &mut TenantTx,
    property: PropertyId,
    details: &BlockDetails,
    nights: &mut LockedNights,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Block, InventoryError> {
    if details.kind == BlockKind::OutOfOrder {
        nights.close(tx, details.dates).await?;
    }
    let row = NewBlock {
        tenant_id: tx.tenant(),
        id: BlockId::new(),
        property_id: property,
        unit_id: details.unit,
        kind: details.kind,
        first_night: details.dates.arrival(),
        until: details.dates.departure(),
        reason: &details.reason,
        created_by: by,
        created_at: now,
    };
    let row = diesel::insert_into(blocks::table)
        .values(row)
        .returning(BlockRow::as_returning())
        .get_result(tx.conn())
        .await
        .map_err(|error| match is_overlapping_block(&error) {
            true => InventoryError::AlreadyBlocked,
            false => error.into(),
        })?;
    Ok(Block::try_from(row)?)
}

/// Leaves a block only these of its nights. The others are on sale again, if they were not.
///
/// # Errors
/// [`InventoryError::UnknownBlock`], also when it was cancelled; [`InventoryError::Stale`];
/// [`InventoryError::NotWithin`] when `dates` has nights that the block had not.
pub async fn shorten_block(
    tx: &mut TenantTx,
    property: PropertyId,
    id: BlockId,
    dates: StayDates,
    version: Option<i32>,
) -> Result<Block, InventoryError> {
    let (block, mut nights) = locked_block(tx, property, id, version).await?;
    let (first, until) = (block.dates.arrival(), block.dates.departure());
    if dates.arrival() < first || dates.departure() > until {
        return Err(InventoryError::NotWithin);
    }
    if block.kind == BlockKind::OutOfOrder {
        let before = StayDates::new(first, dates.arrival());
        let after = StayDates::new(dates.departure(), until);
        for freed in before.into_iter().chain(after) {
            nights.reopen(tx, freed).await?;
        }
    }
    let row = diesel::update(blocks::table.find((tx.tenant(), id)))
        .set((
            blocks::first_night.eq(dates.arrival()),
            blocks::until.eq(dates.departure()),
            blocks::version.eq(blocks::version + 1),
        ))
        .returning(BlockRow::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(Block::try_from(row)?)
}

/// Takes a block back: its nights are on sale again, if they were not.
///
/// # Errors
/// [`InventoryError::UnknownBlock`], also when it was cancelled before; [`InventoryError::Stale`].
pub async fn cancel_block(
    tx: &mut TenantTx,
    property: PropertyId,
    id: BlockId,
    version: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Block, InventoryError> {
    let (block, mut nights) = locked_block(tx, property, id, version).await?;
    if block.kind == BlockKind::OutOfOrder {
        nights.reopen(tx, block.dates).await?;
    }
    let row = diesel::update(blocks::table.find((tx.tenant(), id)))
        .set((
            blocks::cancelled_at.eq(now),
            blocks::version.eq(blocks::version + 1),
        ))
        .returning(BlockRow::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(Block::try_from(row)?)
}

async fn locked_block(
    tx: &mut TenantTx,
    property: PropertyId,
    id: BlockId,
    version: Option<i32>,
) -> Result<(Block, LockedNights), InventoryError> {
    lock_calendar(tx, property).await?;
    let standing = |block: &Block| block.property == property && block.cancelled_at.is_none();
    let block = queries::block(tx, id).await?.filter(standing);
    let block = block.ok_or(InventoryError::UnknownBlock)?;
    check_version(version, block.version)?;
    let unit = queries::unit(tx, block.unit).await?;
    let group = unit.ok_or(InventoryError::UnknownUnit)?.unit_group_id;
    let (from, until) = (block.dates.arrival(), block.dates.departure());
    Ok((block, LockedNights::lock(tx, group, from, until).await?))
}

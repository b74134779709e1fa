use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::BlockKind;
use motel_inventory::schema::{blocks, units};
use motel_kernel::Money;
use motel_tenancy::Property;

use super::house::House;
use crate::rules::net_room_rate;
use crate::{NightAuditError, Statistics};

/// The day in figures: who slept in the house on the night of `day`, whatever was charged late for nights before it.
pub(super) async fn snapshot(
    tx: &mut TenantTx,
    property: &Property,
    house: &House,
    day: NaiveDate,
) -> Result<Statistics, NightAuditError> {
    let mut room_revenue = Money::zero(property.currency);
    let mut sold = 0;
    for stay in house.slept(day) {
        room_revenue = room_revenue.plus(net_room_rate(&stay.price, day)?)?;
        sold += 1;
    }
    Ok(Statistics {
        units: units_of(tx, property).await?,
        out_of_order: out_of_order(tx, property, day).await?,
        sold,
        room_revenue,
    })
}

async fn units_of(tx: &mut TenantTx, property: &Property) -> Result<u32, NightAuditError> {
    let count: i64 = units::table
        .filter(units::tenant_id.eq(tx.tenant()))
        .filter(units::property_id.eq(property.id))
        .filter(units::archived_at.is_null())
        .count()
        .get_result(tx.conn())
        .await?;
    u32::try_from(count).map_err(NightAuditError::fault)
}

/// Blocks of one unit never overlap, so each stands for a unit.
async fn out_of_order(
    tx: &mut TenantTx,
    property: &Property,
    day: NaiveDate,
) -> Result<u32, NightAuditError> {
    let count: i64 = blocks::table
        .filter(blocks::tenant_id.eq(tx.tenant()))
        .filter(blocks::property_id.eq(property.id))
        .filter(blocks::kind.eq(BlockKind::OutOfOrder))
        .filter(blocks::cancelled_at.is_null())
        .filter(blocks::first_night.le(day).and(blocks::until.gt(day)))
        .count()
        .get_result(tx.conn())
        .await?;
    u32::try_from(count).map_err(NightAuditError::fault)
}

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use super::lock_calendar;
use crate::InventoryError;
use crate::schema::{nightly_counters as counters, unit_groups as groups};

/// The most nights that can be opened in one go: three years.
pub const MAX_OPEN_NIGHTS: i64 = 1_096;

// diesel has no `INSERT … SELECT` from `generate_series`.
const OPEN: &str = "
    INSERT INTO inventory.nightly_counters AS counter (tenant_id, unit_group_id, night, capacity)
    SELECT units.tenant_id, units.unit_group_id, night::date, count(*) FILTER (WHERE NOT EXISTS (
        SELECT FROM inventory.blocks
        WHERE blocks.tenant_id = units.tenant_id AND blocks.unit_id = units.id AND blocks.kind = 'out_of_order'
          AND blocks.cancelled_at IS NULL AND blocks.first_night <= night AND blocks.until > night))
    FROM inventory.units CROSS JOIN generate_series($3, $4 - 1, interval '1 day') AS night
    WHERE units.tenant_id = $1 AND units.property_id = $2 AND units.archived_at IS NULL
    GROUP BY units.tenant_id, units.unit_group_id, night
    ORDER BY units.unit_group_id, night
    ON CONFLICT (tenant_id, unit_group_id, night)
    DO UPDATE SET capacity = excluded.capacity WHERE counter.capacity < excluded.capacity";

/// Opens the nights of `[from, until)` for sale, each with as many units as its group has, and answers how many
/// room-nights that added. A unit that is out of order is not among them. Nights that are open already keep what is sold and
/// gain units that were added since.
///
/// # Errors
/// [`InventoryError::InvalidRange`] when the range is empty or longer than [`MAX_OPEN_NIGHTS`].
pub async fn open_nights(
    tx: &mut TenantTx,
    property: PropertyId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<i64, InventoryError> {
    if !(1..=MAX_OPEN_NIGHTS).contains(&(until - from).num_days()) {
        return Err(InventoryError::InvalidRange);
    }
    lock_calendar(tx, property).await?;
    let before = room_nights(tx, property, from, until).await?;
    diesel::sql_query(OPEN)
        .bind::<sql_types::Uuid, _>(tx.tenant())
        .bind::<sql_types::Uuid, _>(property)
        .bind::<sql_types::Date, _>(from)
        .bind::<sql_types::Date, _>(until)
        .execute(tx.conn())
        .await?;
    let after = room_nights(tx, property, from, until).await?;
    Ok(after - before)
}

async fn room_nights(
    tx: &mut TenantTx,
    property: PropertyId,
    from: NaiveDate,
    until: NaiveDate,
) -> QueryResult<i64> {
    let same_group = counters::tenant_id
        .eq(groups::tenant_id)
        .and(counters::unit_group_id.eq(groups::id));
    let open: Option<i64> = counters::table
        .inner_join(groups::table.on(same_group))
        .filter(counters::tenant_id.eq(tx.tenant()))
        .filter(groups::property_id.eq(property))
        .filter(counters::night.ge(from))
        .filter(counters::night.lt(until))
        .select(diesel::dsl::sum(counters::capacity))
        .first(tx.conn())
        .await?;
    Ok(open.unwrap_or(0))
}

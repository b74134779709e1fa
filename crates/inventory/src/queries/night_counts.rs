use chrono::NaiveDate;
use diesel::prelude::QueryableByName;
use diesel::sql_types;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, UnitGroupId};

use crate::InventoryError;

/// How one night of a group stands.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct NightCount {
    /// The group.
    #[diesel(sql_type = sql_types::Uuid)]
    pub unit_group: UnitGroupId,
    /// The group's code.
    #[diesel(sql_type = sql_types::Text)]
    pub code: String,
    /// The night, by the date it begins on.
    #[diesel(sql_type = sql_types::Date)]
    pub night: NaiveDate,
    /// Units that can be sold.
    #[diesel(sql_type = sql_types::Integer)]
    pub capacity: i32,
    /// Units that are sold.
    #[diesel(sql_type = sql_types::Integer)]
    pub sold: i32,
    /// Units that are out of order.
    #[diesel(sql_type = sql_types::BigInt)]
    pub out_of_order: i64,
}

// diesel cannot count in a subquery that refers to a row outside.
const COUNTS: &str = "
    SELECT counter.unit_group_id AS unit_group, unit_group.code, counter.night, counter.capacity, counter.sold, (
        SELECT count(DISTINCT block.unit_id) FROM inventory.units AS unit
        JOIN inventory.blocks AS block ON block.tenant_id = unit.tenant_id AND block.unit_id = unit.id
        WHERE unit.tenant_id = counter.tenant_id AND unit.unit_group_id = counter.unit_group_id
          AND block.kind = 'out_of_order' AND block.cancelled_at IS NULL
          AND block.first_night <= counter.night AND block.until > counter.night) AS out_of_order
    FROM inventory.nightly_counters AS counter
    JOIN inventory.unit_groups AS unit_group
      ON unit_group.tenant_id = counter.tenant_id AND unit_group.id = counter.unit_group_id
    WHERE counter.tenant_id = $1 AND unit_group.property_id = $2 AND counter.night >= $3 AND counter.night < $4
    ORDER BY unit_group.sort, unit_group.code, counter.night";

/// Every open night of `[from, until)` of every group of a property, in the order the groups are shown.
pub async fn night_counts(
    tx: &mut TenantTx,
    property: PropertyId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<NightCount>, InventoryError> {
    let tenant = tx.tenant();
    let counts = diesel::sql_query(COUNTS)
        .bind::<sql_types::Uuid, _>(tenant)
        .bind::<sql_types::Uuid, _>(property)
        .bind::<sql_types::Date, _>(from)
        .bind::<sql_types::Date, _>(until)
        .load(tx.conn())
        .await?;
    Ok(counts)
}

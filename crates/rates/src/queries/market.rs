use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures::try_join;
use motel_db::TenantTx;
use motel_inventory::queries::free_per_night;
use motel_inventory::schema::units;
use motel_kernel::{PropertyId, StayDates, UnitGroupId};
use motel_tenancy::Property;

use super::{policies_in_force, pricing_table};
use crate::RatesError;
use crate::market::{GroupOnSale, Market};

/// What a property has to sell on the nights of `window`: the one read of every search.
pub async fn market(
    tx: &TenantTx,
    property: &Property,
    window: StayDates,
) -> Result<Market, RatesError> {
    let (accessible, groups, table, policies) = try_join!(
        accessible_units(tx, property.id),
        async { Ok(free_per_night(tx, property.id, window).await?) },
        pricing_table(tx, property, window.arrival(), window.departure()),
        policies_in_force(tx, property),
    )?;
    let groups = groups.into_iter().map(|(unit_group, nights)| GroupOnSale {
        accessible_units: accessible.get(&unit_group.id).copied().unwrap_or(0),
        unit_group,
        nights,
    });
    Ok(Market::new(
        property.clone(),
        groups.collect(),
        table,
        policies,
    ))
}

/// How many units of each group are accessible; a group without any is not in it.
pub async fn accessible_units(
    tx: &TenantTx,
    property: PropertyId,
) -> Result<HashMap<UnitGroupId, u32>, RatesError> {
    let rows: Vec<(UnitGroupId, i64)> = units::table
        .filter(units::tenant_id.eq(tx.tenant()))
        .filter(units::property_id.eq(property))
        .filter(units::accessible)
        .filter(units::archived_at.is_null())
        .group_by(units::unit_group_id)
        .select((units::unit_group_id, count_star()))
        .load(&mut tx.reading())
        .await?;
    let counted = rows.into_iter();
    Ok(counted
        .map(|(group, count)| (group, u32::try_from(count).unwrap_or(u32::MAX)))
        .collect())
}

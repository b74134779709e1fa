use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures::try_join;
use motel_db::TenantTx;
use motel_kernel::PropertyId;
use motel_taxes::queries::levies;
use motel_tenancy::Property;

use super::{packages, promo_codes, rate_plans, seasons};
use crate::model::{BasePriceRow, RestrictionRow};
use crate::schema::{base_prices, restrictions};
use crate::{BasePrices, PricingParts, PricingTable, RatesError, Restrictions, WeekCalendar};

/// Everything the price of a stay is made of, for stays with nights in `[from, until)`: the one read of every search.
pub async fn pricing_table(
    tx: &TenantTx,
    property: &Property,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<PricingTable, RatesError> {
    let (mut seasons, plans, prices, restrictions, promos, packages, levies) = try_join!(
        seasons(tx, property.id),
        rate_plans(tx, property.id),
        base_prices_of(tx, property.id, from, until),
        restrictions_of(tx, property.id, from, until),
        promo_codes(tx, property.id),
        packages(tx, property.id),
        async { Ok(levies(tx, property).await?) },
    )?;
    seasons.retain(|season| {
        let nights = season.details.nights;
        nights.from() < until && from < nights.until()
    });
    let parts = PricingParts {
        plans,
        prices,
        seasons,
        restrictions,
        promos,
        packages,
    };
    Ok(PricingTable::new(levies, parts)?)
}

/// The base prices of a property on the nights of `[from, until)`, by plan and group.
pub(crate) async fn base_prices_of(
    tx: &TenantTx,
    property: PropertyId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<BasePrices>, RatesError> {
    let rows: Vec<BasePriceRow> = base_prices::table
        .filter(base_prices::tenant_id.eq(tx.tenant()))
        .filter(base_prices::property_id.eq(property))
        .filter(base_prices::valid_from.lt(until))
        .filter(base_prices::valid_until.gt(from))
        .order((
            base_prices::rate_plan_id,
            base_prices::unit_group_id,
            base_prices::valid_from,
        ))
        .select(BasePriceRow::as_select())
        .load(&mut tx.reading())
        .await?;
    let same = |one: &BasePriceRow, other: &BasePriceRow| {
        (one.rate_plan_id, one.unit_group_id) == (other.rate_plan_id, other.unit_group_id)
    };
    let calendars = rows.chunk_by(same).filter_map(|rows| {
        let first = rows.first()?;
        Some(BasePrices {
            rate_plan: first.rate_plan_id,
            unit_group: first.unit_group_id,
            calendar: WeekCalendar::new(rows.iter().map(BasePriceRow::span)),
        })
    });
    Ok(calendars.collect())
}

/// The restrictions of a property on the dates of `[from, until]`, by kind and scope.
pub(crate) async fn restrictions_of(
    tx: &TenantTx,
    property: PropertyId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Restrictions>, RatesError> {
    let rows: Vec<RestrictionRow> = restrictions::table
        .filter(restrictions::tenant_id.eq(tx.tenant()))
        .filter(restrictions::property_id.eq(property))
        .filter(restrictions::valid_from.le(until))
        .filter(restrictions::valid_until.gt(from))
        .order((
            restrictions::kind,
            restrictions::unit_group_id,
            restrictions::rate_plan_id,
            restrictions::valid_from,
        ))
        .select(RestrictionRow::as_select())
        .load(&mut tx.reading())
        .await?;
    let same = |one: &RestrictionRow, other: &RestrictionRow| {
        (one.kind, one.scope()) == (other.kind, other.scope())
    };
    let calendars = rows.chunk_by(same).filter_map(|rows| {
        let first = rows.first()?;
        Some(Restrictions {
            kind: first.kind,
            scope: first.scope(),
            calendar: WeekCalendar::new(rows.iter().map(RestrictionRow::span)),
        })
    });
    Ok(calendars.collect())
}

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error as SqlError;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::schema::units;
use motel_kernel::{Money, PropertyId, RatePlanId, StayDates, UnitGroupId};

use crate::schema::{rate_plans, rates};
use crate::{GroupRate, RateTable, RatesError, Weekdays};

#[derive(Queryable)]
struct Row {
    unit_group: UnitGroupId,
    rate_plan: RatePlanId,
    plan_code: String,
    nights: Weekdays,
    amount_minor: i64,
    currency: String,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    min_nights: i32,
    max_nights: i32,
}

/// The rates of a property that are valid on some night of `window`. Units of a group that cost the same share a row.
pub async fn rate_table(
    tx: &mut TenantTx,
    property: PropertyId,
    window: StayDates,
) -> Result<RateTable, RatesError> {
    let same_unit = units::tenant_id
        .eq(rates::tenant_id)
        .and(units::id.eq(rates::unit_id));
    let same_plan = rate_plans::tenant_id
        .eq(rates::tenant_id)
        .and(rate_plans::id.eq(rates::rate_plan_id));
    let rows: Vec<Row> = rates::table
        .inner_join(rate_plans::table.on(same_plan))
        .inner_join(units::table.on(same_unit))
        .filter(rates::tenant_id.eq(tx.tenant()))
        .filter(rates::property_id.eq(property))
        .filter(rates::valid_from.lt(window.departure()))
        .filter(rates::valid_until.gt(window.arrival()))
        .select((
            units::unit_group_id,
            rates::rate_plan_id,
            rate_plans::code,
            rate_plans::nights,
            rates::amount_minor,
            rates::currency,
            rates::valid_from,
            rates::valid_until,
            rates::min_nights,
            rates::max_nights,
        ))
        .distinct()
        .load(tx.conn())
        .await?;
    let rates = rows.into_iter().map(GroupRate::try_from);
    Ok(RateTable::new(rates.collect::<Result<_, _>>()?))
}

impl TryFrom<Row> for GroupRate {
    type Error = SqlError;

    fn try_from(row: Row) -> Result<Self, SqlError> {
        let currency = row.currency.parse();
        let currency = currency.map_err(|error| SqlError::DeserializationError(Box::new(error)))?;
        Ok(Self {
            unit_group: row.unit_group,
            rate_plan: row.rate_plan,
            plan_code: row.plan_code,
            nights: row.nights,
            amount: Money::new(row.amount_minor, currency),
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            min_nights: row.min_nights.unsigned_abs(),
            max_nights: row.max_nights.unsigned_abs(),
        })
    }
}

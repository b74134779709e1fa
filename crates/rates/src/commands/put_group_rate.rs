use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::UnitGroup;
use motel_inventory::queries::units_of;
use motel_kernel::{PropertyId, RatePlanId, TenantId, UnitId};

use crate::queries::derived_plans;
use crate::schema::rates;
use crate::{RatePlan, RateTerms, RatesError};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rates, check_for_backend(diesel::pg::Pg))]
struct Row {
    tenant_id: TenantId,
    property_id: PropertyId,
    rate_plan_id: RatePlanId,
    unit_id: UnitId,
    amount_minor: i64,
    currency: String,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    min_nights: i32,
    max_nights: i32,
}

/// Makes every unit of a group cost `terms.amount` a night under a plan, and the fitting multiple of it under the plans
/// derived from that one. Answers how many rates had to be written; none when they stood there already.
///
/// A unit has one rate per plan: new terms take the place of the old ones.
pub async fn put_group_rate(
    tx: &mut TenantTx,
    plan: &RatePlan,
    group: &UnitGroup,
    terms: &RateTerms,
) -> Result<usize, RatesError> {
    let units: Vec<UnitId> = units_of(tx, group.id)
        .await?
        .into_iter()
        .map(|unit| unit.id)
        .collect();
    let mut written = put_rates(tx, plan, &units, terms).await?;
    for derived in derived_plans(tx, plan.id).await? {
        let Some(multiplier) = derived.multiplier else {
            continue;
        };
        let terms = RateTerms {
            amount: terms.amount.share(multiplier)?,
            ..*terms
        };
        written += put_rates(tx, &derived, &units, &terms).await?;
    }
    Ok(written)
}

async fn put_rates(
    tx: &mut TenantTx,
    plan: &RatePlan,
    units: &[UnitId],
    terms: &RateTerms,
) -> Result<usize, RatesError> {
    let standing: Vec<Row> = rates::table
        .filter(rates::tenant_id.eq(tx.tenant()))
        .filter(rates::rate_plan_id.eq(plan.id))
        .filter(rates::unit_id.eq_any(units))
        .select(Row::as_select())
        .load(tx.conn())
        .await?;
    let wanted = units
        .iter()
        .map(|unit| row(tx.tenant(), plan, *unit, terms));
    let different: Vec<Row> = wanted.filter(|wanted| !standing.contains(wanted)).collect();
    let written = diesel::insert_into(rates::table)
        .values(&different)
        .on_conflict((rates::tenant_id, rates::rate_plan_id, rates::unit_id))
        .do_update()
        .set((
            rates::amount_minor.eq(excluded(rates::amount_minor)),
            rates::currency.eq(excluded(rates::currency)),
            rates::valid_from.eq(excluded(rates::valid_from)),
            rates::valid_until.eq(excluded(rates::valid_until)),
            rates::min_nights.eq(excluded(rates::min_nights)),
            rates::max_nights.eq(excluded(rates::max_nights)),
        ))
        .execute(tx.conn())
        .await?;
    Ok(written)
}

fn row(tenant_id: TenantId, plan: &RatePlan, unit_id: UnitId, terms: &RateTerms) -> Row {
    Row {
        tenant_id,
        property_id: plan.property_id,
        rate_plan_id: plan.id,
        unit_id,
        amount_minor: terms.amount.minor(),
        currency: terms.amount.currency().code().to_owned(),
        valid_from: terms.valid_from,
        valid_until: terms.valid_until,
        min_nights: terms.min_nights,
        max_nights: terms.max_nights,
    }
}

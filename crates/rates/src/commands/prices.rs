use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{MoneyError, RatePlanId, UnitGroupId};

use super::rate_plans::lock_plans;
use crate::model::BasePriceRow;
use crate::rules::changed;
use crate::schema::base_prices as prices;
use crate::{Change, NightRange, RatePlan, RatesError, WeekCalendar};

/// The most a base price may be, in minor units.
const LARGEST_PRICE: i64 = 100_000_000_000;

/// What is done to the base prices of some nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceEdit {
    /// They cost so many minor units, at least one.
    Set(i64),
    /// What they cost is changed and rounded half up; a night without a price stays without one, and none costs less
    /// than one minor unit.
    Change(Change),
    /// They are not for sale under the plan.
    Clear,
}

/// A night whose base price was edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditedNight {
    /// The group.
    pub unit_group: UnitGroupId,
    /// The night.
    pub night: NaiveDate,
    /// What it cost, in minor units.
    pub before: Option<i64>,
    /// What it costs.
    pub after: Option<i64>,
}

/// Edits the base prices of a plan for some groups on a range of nights, and tells every night whose price is another
/// one now. Roll the transaction back to have seen what would happen.
///
/// # Errors
/// [`RatesError::DerivedPrices`]: a derived plan has none. [`RatesError::Money`]: a change makes a price of more than a
/// hundred thousand million minor units.
pub async fn edit_prices(
    tx: &mut TenantTx,
    plan: &RatePlan,
    groups: &[UnitGroupId],
    range: NightRange,
    edit: PriceEdit,
) -> Result<Vec<EditedNight>, RatesError> {
    if plan.details.derivation.is_some() {
        return Err(RatesError::DerivedPrices {
            code: plan.details.code.clone(),
        });
    }
    lock_plans(tx, plan.property_id).await?;
    let mut standing = calendars(tx, plan.id).await?;
    let mut edited = Vec::new();
    for group in groups {
        let before = standing.remove(group).unwrap_or_default();
        let after = after(&before, range, edit)?;
        if after != before {
            store(tx, plan, *group, &after).await?;
        }
        let nights = range.nights().map(|night| EditedNight {
            unit_group: *group,
            night,
            before: before.get(night),
            after: after.get(night),
        });
        edited.extend(nights.filter(|night| night.before != night.after));
    }
    Ok(edited)
}

fn after(
    before: &WeekCalendar<i64>,
    range: NightRange,
    edit: PriceEdit,
) -> Result<WeekCalendar<i64>, MoneyError> {
    let mut after = before.clone();
    match edit {
        PriceEdit::Set(amount) => after.edit(range, |_| Some(amount)),
        PriceEdit::Clear => after.edit(range, |_| None),
        PriceEdit::Change(change) => {
            let mut overflow = None;
            let failed = std::cell::RefCell::new(&mut overflow);
            after.edit(range, |price| {
                let price = price?;
                match changed(price, change) {
                    Ok(price) if price <= LARGEST_PRICE => Some(price.max(1)),
                    Ok(price) => {
                        **failed.borrow_mut() = Some(MoneyError::Overflow);
                        Some(price)
                    }
                    Err(error) => {
                        **failed.borrow_mut() = Some(error);
                        Some(price)
                    }
                }
            });
            if let Some(error) = overflow {
                return Err(error);
            }
        }
    }
    Ok(after)
}

async fn calendars(
    tx: &mut TenantTx,
    plan: RatePlanId,
) -> Result<HashMap<UnitGroupId, WeekCalendar<i64>>, RatesError> {
    let rows: Vec<BasePriceRow> = prices::table
        .filter(prices::tenant_id.eq(tx.tenant()))
        .filter(prices::rate_plan_id.eq(plan))
        .order((prices::unit_group_id, prices::valid_from))
        .select(BasePriceRow::as_select())
        .load(tx.conn())
        .await?;
    let by_group = rows.chunk_by(|one, other| one.unit_group_id == other.unit_group_id);
    let calendars = by_group.filter_map(|rows| {
        let group = rows.first()?.unit_group_id;
        Some((
            group,
            WeekCalendar::new(rows.iter().map(BasePriceRow::span)),
        ))
    });
    Ok(calendars.collect())
}

async fn store(
    tx: &mut TenantTx,
    plan: &RatePlan,
    group: UnitGroupId,
    calendar: &WeekCalendar<i64>,
) -> Result<(), RatesError> {
    diesel::delete(prices::table)
        .filter(prices::tenant_id.eq(tx.tenant()))
        .filter(prices::rate_plan_id.eq(plan.id))
        .filter(prices::unit_group_id.eq(group))
        .execute(tx.conn())
        .await?;
    let tenant_id = tx.tenant();
    let rows = calendar.spans().iter().map(|span| BasePriceRow {
        tenant_id,
        property_id: plan.property_id,
        rate_plan_id: plan.id,
        unit_group_id: group,
        valid_from: span.from,
        valid_until: span.until,
        amounts: span.days.to_vec(),
    });
    diesel::insert_into(prices::table)
        .values(rows.collect::<Vec<_>>())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes all base prices off a plan.
pub(super) async fn clear_prices(tx: &mut TenantTx, plan: RatePlanId) -> Result<(), RatesError> {
    diesel::delete(prices::table)
        .filter(prices::tenant_id.eq(tx.tenant()))
        .filter(prices::rate_plan_id.eq(plan))
        .execute(tx.conn())
        .await?;
    Ok(())
}

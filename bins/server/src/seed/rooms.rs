//! Rooms, plans and prices.

use std::collections::HashMap;

use anyhow::{Context, bail};
use chrono::{Days, NaiveDate};
use indicatif::ProgressBar;
use motel_db::TenantTx;
use motel_inventory::UnitGroup;
use motel_inventory::commands::{open_nights, put_unit, put_unit_group};
use motel_rates::commands::{
    PriceEdit, RestrictionEdit, edit_prices, edit_restrictions, put_rate_plan,
};
use motel_rates::{
    Change, Derivation, NightRange, RatePlan, RatePlanDetails, RestrictionKind, RestrictionScope,
    Weekdays,
};
use motel_tenancy::Property;

use super::folder::{GroupEntry, PlanEntry, RatesFile};
use super::planted::Planted;

/// Puts room types and rooms; answers the types by their codes.
pub(super) async fn plant_groups(
    tx: &mut TenantTx,
    property: &Property,
    entries: &[GroupEntry],
    planted: &mut Planted,
    bar: &ProgressBar,
) -> anyhow::Result<HashMap<String, UnitGroup>> {
    let mut groups = HashMap::new();
    for entry in entries {
        let group = put_unit_group(tx, property.id, entry.details()).await?;
        planted.groups += usize::from(group.changed);
        for unit in &entry.units {
            planted.units += usize::from(put_unit(tx, &group.row, unit.details()).await?.changed);
        }
        groups.insert(group.row.code.clone(), group.row);
        bar.inc(1);
    }
    Ok(groups)
}

/// Puts plans and prices, and opens the calendar from `today` on.
pub(super) async fn plant_rates(
    tx: &mut TenantTx,
    property: &Property,
    groups: &HashMap<String, UnitGroup>,
    file: &RatesFile,
    today: NaiveDate,
    planted: &mut Planted,
) -> anyhow::Result<()> {
    let plans = plant_plans(tx, property, &file.plans, planted).await?;
    let priced = NightRange::new(today, today + Days::new(file.priced_days), Weekdays::ALL)?;
    for price in &file.prices {
        let group = groups
            .get(&price.unit_group)
            .with_context(|| format!("no room type {:?}", price.unit_group))?;
        let plan = plans
            .get(&price.plan)
            .with_context(|| format!("no rate plan {:?}", price.plan))?;
        let amount = PriceEdit::Set(price.amount_minor);
        let edited = edit_prices(tx, plan, &[group.id], priced, amount).await?;
        planted.rates += usize::from(!edited.is_empty());
    }
    plant_stay_lengths(tx, property, file, priced).await?;
    planted.room_nights =
        open_nights(tx, property.id, today, today + Days::new(file.open_days)).await?;
    Ok(())
}

/// How short and how long a stay may be that has any of the priced nights.
async fn plant_stay_lengths(
    tx: &mut TenantTx,
    property: &Property,
    file: &RatesFile,
    priced: NightRange,
) -> anyhow::Result<()> {
    let bounds = [
        (RestrictionKind::MinStayThrough, file.minimum_nights),
        (RestrictionKind::MaxStayThrough, file.maximum_nights),
    ]
    .map(|(kind, nights)| RestrictionEdit {
        kind,
        value: Some(nights),
    });
    let everywhere = RestrictionScope::default();
    edit_restrictions(tx, property.id, everywhere, priced, &bounds).await?;
    Ok(())
}

async fn plant_plans(
    tx: &mut TenantTx,
    property: &Property,
    entries: &[PlanEntry],
    planted: &mut Planted,
) -> anyhow::Result<HashMap<String, RatePlan>> {
    let mut plans: HashMap<String, RatePlan> = HashMap::new();
    for entry in entries {
        let details = RatePlanDetails {
            derivation: derivation(entry, &plans)?,
            weekday_changes: Weekdays::ORDER.map(|day| {
                entry
                    .weekday_percent
                    .get(&day)
                    .map_or(0, |percent| percent.saturating_mul(100))
            }),
            inclusions: entry.inclusions.clone(),
            ..RatePlanDetails::new(&*entry.code, &*entry.name)
        };
        let plan = put_rate_plan(tx, property.id, details).await?;
        planted.plans += usize::from(plan.changed);
        plans.insert(entry.code.clone(), plan.row);
    }
    Ok(plans)
}

fn derivation(
    entry: &PlanEntry,
    plans: &HashMap<String, RatePlan>,
) -> anyhow::Result<Option<Derivation>> {
    match (&entry.based_on, entry.change_percent) {
        (None, None) => Ok(None),
        (Some(parent), Some(percent)) => {
            let parent = plans
                .get(parent)
                .with_context(|| format!("no rate plan {parent:?} before {:?}", entry.code))?;
            Ok(Some(Derivation {
                parent: parent.id,
                change: Change::percent(percent.saturating_mul(100)),
                of_total: false,
            }))
        }
        _ => bail!(
            "rate plan {:?}: based_on and change_percent go together",
            entry.code
        ),
    }
}

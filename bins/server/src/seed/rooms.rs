//! Rooms, plans and prices.

use std::collections::HashMap;

use anyhow::{Context, bail};
use chrono::{Days, NaiveDate};
use indicatif::ProgressBar;
use motel_db::TenantTx;
use motel_inventory::UnitGroup;
use motel_inventory::commands::{open_nights, put_unit, put_unit_group};
use motel_kernel::{BasisPoints, Money};
use motel_rates::commands::{put_group_rate, put_rate_plan};
use motel_rates::{Derivation, RatePlan, RatePlanDetails, RateTerms, Weekdays};
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
    for price in &file.prices {
        let group = groups
            .get(&price.unit_group)
            .with_context(|| format!("no room type {:?}", price.unit_group))?;
        let plan = plans
            .get(&price.plan)
            .with_context(|| format!("no rate plan {:?}", price.plan))?;
        let terms = RateTerms {
            amount: Money::new(price.amount_minor, property.currency),
            valid_from: today,
            valid_until: today + Days::new(file.priced_days),
            min_nights: file.minimum_nights,
            max_nights: file.maximum_nights,
        };
        planted.rates += put_group_rate(tx, plan, group, &terms).await?;
    }
    planted.room_nights =
        open_nights(tx, property.id, today, today + Days::new(file.open_days)).await?;
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
        let nights = Weekdays::of(entry.nights.iter().copied());
        let details = RatePlanDetails {
            code: entry.code.clone(),
            name: entry.name.clone(),
            nights: nights
                .with_context(|| format!("rate plan {:?} prices no night", entry.code))?,
            derivation: derivation(entry, &plans)?,
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
    match (&entry.based_on, entry.multiplier_percent) {
        (None, None) => Ok(None),
        (Some(parent), Some(percent)) => {
            let parent = plans
                .get(parent)
                .with_context(|| format!("no rate plan {parent:?} before {:?}", entry.code))?;
            let multiplier = BasisPoints::new(percent.saturating_mul(100))?;
            Ok(Some(Derivation {
                parent: parent.id,
                multiplier,
            }))
        }
        _ => bail!(
            "rate plan {:?}: based_on and multiplier_percent go together",
            entry.code
        ),
    }
}

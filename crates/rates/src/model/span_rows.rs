use chrono::NaiveDate;
use diesel::prelude::*;
use motel_kernel::{PropertyId, RatePlanId, TenantId, UnitGroupId};

use crate::schema::{base_prices, restrictions};
use crate::{RestrictionKind, RestrictionScope, WeekSpan};

/// A span of base prices as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = base_prices, check_for_backend(diesel::pg::Pg))]
pub(crate) struct BasePriceRow {
    pub(crate) tenant_id: TenantId,
    pub(crate) property_id: PropertyId,
    pub(crate) rate_plan_id: RatePlanId,
    pub(crate) unit_group_id: UnitGroupId,
    pub(crate) valid_from: NaiveDate,
    pub(crate) valid_until: NaiveDate,
    pub(crate) amounts: Vec<Option<i64>>,
}

/// A span of restrictions as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = restrictions, check_for_backend(diesel::pg::Pg))]
pub(crate) struct RestrictionRow {
    pub(crate) tenant_id: TenantId,
    pub(crate) property_id: PropertyId,
    pub(crate) kind: RestrictionKind,
    pub(crate) unit_group_id: Option<UnitGroupId>,
    pub(crate) rate_plan_id: Option<RatePlanId>,
    pub(crate) valid_from: NaiveDate,
    pub(crate) valid_until: NaiveDate,
    pub(crate) amounts: Vec<Option<i32>>,
}

impl BasePriceRow {
    pub(crate) fn span(&self) -> WeekSpan<i64> {
        span(self.valid_from, self.valid_until, &self.amounts)
    }
}

impl RestrictionRow {
    pub(crate) fn span(&self) -> WeekSpan<i32> {
        span(self.valid_from, self.valid_until, &self.amounts)
    }

    pub(crate) fn scope(&self) -> RestrictionScope {
        RestrictionScope {
            unit_group: self.unit_group_id,
            rate_plan: self.rate_plan_id,
        }
    }
}

fn span<T: Copy>(from: NaiveDate, until: NaiveDate, amounts: &[Option<T>]) -> WeekSpan<T> {
    let mut days = [None; 7];
    for (day, amount) in days.iter_mut().zip(amounts) {
        *day = *amount;
    }
    WeekSpan { from, until, days }
}

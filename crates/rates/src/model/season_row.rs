use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error as SqlError;
use motel_kernel::{PropertyId, RatePlanId, SeasonId, TenantId, UnitGroupId};

use super::rate_plan_row::unreadable;
use crate::schema::seasons;
use crate::{Change, NightRange, Season, SeasonDetails, SeasonEffect, Weekdays};

/// A season as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = seasons, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct SeasonRow {
    tenant_id: TenantId,
    id: SeasonId,
    property_id: PropertyId,
    code: String,
    name: String,
    priority: i16,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    weekdays: Weekdays,
    unit_group_id: Option<UnitGroupId>,
    rate_plan_id: Option<RatePlanId>,
    price_minor: Option<i64>,
    change_basis_points: Option<i32>,
    change_amount_minor: Option<i64>,
    version: i32,
}

impl SeasonRow {
    pub(crate) fn new(tenant_id: TenantId, season: &Season) -> Self {
        let details = season.details.clone();
        let (price, change) = match details.effect {
            SeasonEffect::Price(price) => (Some(price), None),
            SeasonEffect::Change(change) => (None, Some(change)),
        };
        Self {
            tenant_id,
            id: season.id,
            property_id: season.property_id,
            code: details.code,
            name: details.name,
            priority: details.priority,
            valid_from: details.nights.from(),
            valid_until: details.nights.until(),
            weekdays: details.nights.weekdays(),
            unit_group_id: details.unit_group,
            rate_plan_id: details.rate_plan,
            price_minor: price,
            change_basis_points: change.map(|change| change.basis_points),
            change_amount_minor: change.map(|change| change.amount_minor),
            version: season.version,
        }
    }
}

impl TryFrom<SeasonRow> for Season {
    type Error = SqlError;

    fn try_from(row: SeasonRow) -> Result<Self, SqlError> {
        let nights = NightRange::new(row.valid_from, row.valid_until, row.weekdays);
        let change = Change {
            basis_points: row.change_basis_points.unwrap_or(0),
            amount_minor: row.change_amount_minor.unwrap_or(0),
        };
        Ok(Self {
            id: row.id,
            property_id: row.property_id,
            details: SeasonDetails {
                code: row.code,
                name: row.name,
                priority: row.priority,
                nights: nights.map_err(unreadable)?,
                unit_group: row.unit_group_id,
                rate_plan: row.rate_plan_id,
                effect: row
                    .price_minor
                    .map_or(SeasonEffect::Change(change), SeasonEffect::Price),
            },
            version: row.version,
        })
    }
}

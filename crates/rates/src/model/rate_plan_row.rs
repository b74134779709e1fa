use diesel::prelude::*;
use diesel::result::Error as SqlError;
use motel_kernel::{PropertyId, RatePlanId, TenantId};
use serde_json::Value;

use crate::schema::rate_plans;
use crate::{Change, Derivation, RatePlan, RatePlanDetails};

/// A rate plan as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rate_plans, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct RatePlanRow {
    tenant_id: TenantId,
    id: RatePlanId,
    property_id: PropertyId,
    code: String,
    name: String,
    description: String,
    active: bool,
    sort: i16,
    derived_from: Option<RatePlanId>,
    derived_basis_points: Option<i32>,
    derived_amount_minor: Option<i64>,
    derived_of_total: Option<bool>,
    weekday_changes: Vec<i32>,
    occupancy: Option<Value>,
    length_discounts: Value,
    inclusions: Vec<String>,
    rounding_minor: i64,
    version: i32,
}

impl RatePlanRow {
    pub(crate) fn new(tenant_id: TenantId, plan: &RatePlan) -> Result<Self, SqlError> {
        let details = plan.details.clone();
        let derivation = details.derivation;
        let occupancy = details.occupancy.map(serde_json::to_value).transpose();
        Ok(Self {
            tenant_id,
            id: plan.id,
            property_id: plan.property_id,
            code: details.code,
            name: details.name,
            description: details.description,
            active: details.active,
            sort: details.sort,
            derived_from: derivation.map(|derivation| derivation.parent),
            derived_basis_points: derivation.map(|derivation| derivation.change.basis_points),
            derived_amount_minor: derivation.map(|derivation| derivation.change.amount_minor),
            derived_of_total: derivation.map(|derivation| derivation.of_total),
            weekday_changes: details.weekday_changes.to_vec(),
            occupancy: occupancy.map_err(unreadable)?,
            length_discounts: serde_json::to_value(details.length_discounts).map_err(unreadable)?,
            inclusions: details.inclusions,
            rounding_minor: details.rounding_minor,
            version: plan.version,
        })
    }

    fn derivation(&self) -> Option<Derivation> {
        Some(Derivation {
            parent: self.derived_from?,
            change: Change {
                basis_points: self.derived_basis_points?,
                amount_minor: self.derived_amount_minor?,
            },
            of_total: self.derived_of_total?,
        })
    }
}

impl TryFrom<RatePlanRow> for RatePlan {
    type Error = SqlError;

    fn try_from(row: RatePlanRow) -> Result<Self, SqlError> {
        let derivation = row.derivation();
        let week = <[i32; 7]>::try_from(row.weekday_changes);
        let occupancy = row.occupancy.map(serde_json::from_value).transpose();
        Ok(Self {
            id: row.id,
            property_id: row.property_id,
            details: RatePlanDetails {
                code: row.code,
                name: row.name,
                description: row.description,
                active: row.active,
                sort: row.sort,
                derivation,
                weekday_changes: week.map_err(|_| unreadable("a week has seven days"))?,
                occupancy: occupancy.map_err(unreadable)?,
                length_discounts: serde_json::from_value(row.length_discounts)
                    .map_err(unreadable)?,
                inclusions: row.inclusions,
                rounding_minor: row.rounding_minor,
            },
            version: row.version,
        })
    }
}

pub(super) fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> SqlError {
    SqlError::DeserializationError(error.into())
}

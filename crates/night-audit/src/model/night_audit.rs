use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use motel_kernel::{Actor, Money, NightAuditId, PropertyId, TenantId};

use crate::schema::audits;
use crate::{NightAuditError, Report, Statistics};

/// A day that was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NightAudit {
    /// The id.
    pub id: NightAuditId,
    /// Of which property.
    pub property: PropertyId,
    /// The day.
    pub business_date: NaiveDate,
    /// When it was closed, by the property's clock.
    pub closed_at: DateTime<Utc>,
    /// On whose word; [`Actor::System`] when it happened by itself.
    pub actor: Actor,
    /// The day in figures.
    pub statistics: Statistics,
    /// What was found and done.
    pub report: Report,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = audits)]
pub(crate) struct NightAuditRow {
    tenant_id: TenantId,
    id: NightAuditId,
    property_id: PropertyId,
    business_date: NaiveDate,
    closed_at: DateTime<Utc>,
    actor: Actor,
    units: i32,
    out_of_order: i32,
    sold: i32,
    room_revenue_minor: i64,
    currency: String,
    report: serde_json::Value,
}

impl NightAuditRow {
    pub(crate) fn new(tenant: TenantId, audit: &NightAudit) -> Result<Self, NightAuditError> {
        let figures = audit.statistics;
        Ok(Self {
            tenant_id: tenant,
            id: audit.id,
            property_id: audit.property,
            business_date: audit.business_date,
            closed_at: audit.closed_at,
            actor: audit.actor,
            units: i32::try_from(figures.units).map_err(NightAuditError::fault)?,
            out_of_order: i32::try_from(figures.out_of_order).map_err(NightAuditError::fault)?,
            sold: i32::try_from(figures.sold).map_err(NightAuditError::fault)?,
            room_revenue_minor: figures.room_revenue.minor(),
            currency: figures.room_revenue.currency().code().to_owned(),
            report: serde_json::to_value(&audit.report)?,
        })
    }
}

impl TryFrom<NightAuditRow> for NightAudit {
    type Error = NightAuditError;

    fn try_from(row: NightAuditRow) -> Result<Self, NightAuditError> {
        let currency = row.currency.parse().map_err(NightAuditError::fault)?;
        let count = |number: i32| u32::try_from(number).map_err(NightAuditError::fault);
        Ok(Self {
            id: row.id,
            property: row.property_id,
            business_date: row.business_date,
            closed_at: row.closed_at,
            actor: row.actor,
            statistics: Statistics {
                units: count(row.units)?,
                out_of_order: count(row.out_of_order)?,
                sold: count(row.sold)?,
                room_revenue: Money::new(row.room_revenue_minor, currency),
            },
            report: serde_json::from_value(row.report)?,
        })
    }
}

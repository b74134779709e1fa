use diesel::prelude::*;
use diesel::result::Error as SqlError;
use motel_kernel::{CancellationPolicyId, PropertyId, TenantId};
use serde_json::Value;

use super::rate_plan_row::unreadable;
use crate::schema::cancellation_policies;
use crate::{CancellationPolicy, CancellationPolicyDetails};

/// A cancellation policy as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = cancellation_policies, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct CancellationPolicyRow {
    tenant_id: TenantId,
    id: CancellationPolicyId,
    property_id: PropertyId,
    code: String,
    name: String,
    rules: Value,
    no_show: Value,
    version: i32,
}

impl CancellationPolicyRow {
    pub(crate) fn new(tenant_id: TenantId, policy: &CancellationPolicy) -> Result<Self, SqlError> {
        let details = &policy.details;
        Ok(Self {
            tenant_id,
            id: policy.id,
            property_id: policy.property_id,
            code: details.code.clone(),
            name: details.name.clone(),
            rules: serde_json::to_value(&details.rules).map_err(unreadable)?,
            no_show: serde_json::to_value(details.no_show).map_err(unreadable)?,
            version: policy.version,
        })
    }
}

impl TryFrom<CancellationPolicyRow> for CancellationPolicy {
    type Error = SqlError;

    fn try_from(row: CancellationPolicyRow) -> Result<Self, SqlError> {
        Ok(Self {
            id: row.id,
            property_id: row.property_id,
            details: CancellationPolicyDetails {
                code: row.code,
                name: row.name,
                rules: serde_json::from_value(row.rules).map_err(unreadable)?,
                no_show: serde_json::from_value(row.no_show).map_err(unreadable)?,
            },
            version: row.version,
        })
    }
}

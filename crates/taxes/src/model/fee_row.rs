use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error as SqlError;
use motel_kernel::{BasisPoints, FeeId, PropertyId, TenantId};
use serde_json::Value;

use super::charge_columns::{charge, columns, unreadable};
use crate::schema::fees;
use crate::{Fee, FeeDetails, FeeOccasion, Per, Validity};

/// A fee as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = fees, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct FeeRow {
    tenant_id: TenantId,
    id: FeeId,
    property_id: PropertyId,
    code: String,
    name: String,
    percent_basis_points: Option<BasisPoints>,
    amount_minor: Option<i64>,
    currency: Option<String>,
    per: Option<Per>,
    occasion: FeeOccasion,
    taxed: bool,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    age_bands: Value,
    version: i32,
}

impl FeeRow {
    pub(crate) fn new(tenant_id: TenantId, fee: &Fee) -> Result<Self, SqlError> {
        let details = fee.details.clone();
        let (percent_basis_points, amount_minor, currency, per) = columns(details.charge);
        Ok(Self {
            tenant_id,
            id: fee.id,
            property_id: fee.property_id,
            code: details.code,
            name: details.name,
            percent_basis_points,
            amount_minor,
            currency,
            per,
            occasion: details.occasion,
            taxed: details.taxed,
            valid_from: details.validity.from,
            valid_until: details.validity.until,
            age_bands: serde_json::to_value(details.age_bands).map_err(unreadable)?,
            version: fee.version,
        })
    }
}

impl TryFrom<FeeRow> for Fee {
    type Error = SqlError;

    fn try_from(row: FeeRow) -> Result<Self, SqlError> {
        let columns = (
            row.percent_basis_points,
            row.amount_minor,
            row.currency,
            row.per,
        );
        Ok(Self {
            id: row.id,
            property_id: row.property_id,
            version: row.version,
            details: FeeDetails {
                code: row.code,
                name: row.name,
                charge: charge(columns)?,
                occasion: row.occasion,
                taxed: row.taxed,
                validity: Validity {
                    from: row.valid_from,
                    until: row.valid_until,
                },
                age_bands: serde_json::from_value(row.age_bands).map_err(unreadable)?,
            },
        })
    }
}
